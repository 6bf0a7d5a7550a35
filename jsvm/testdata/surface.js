// Evaluates to a function that lists what a script sees of every kind of
// object: { name: [member, …] }, a member being "name(arity)" or "name:type".
// It gets the names of the globals while files are loaded, and in handlers.
(function (loading, handling, events, extra) {
  const roots = [Object.prototype, Function.prototype, Array.prototype];
  const surface = {};

  const describe = (name, value) => {
    const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    return type === "function" ? `${name}(${value.length})` : `${name}:${type}`;
  };

  const list = (title, value) => {
    if (value === null || value === undefined) {
      surface[title] = [];
      return;
    }
    const members = new Map();
    for (let at = value; at !== null && !roots.includes(at); at = Object.getPrototypeOf(at)) {
      if (Array.isArray(at)) {
        Object.keys(at).forEach((key) => members.set(key, at[key]));
        continue;
      }
      Object.getOwnPropertyNames(at).forEach((key) => {
        if (!members.has(key)) members.set(key, value[key]);
      });
    }
    surface[title] = [...members].map(([key, member]) => describe(key, member)).sort();
  };

  surface["(loader globals)"] = loading.map((name) => describe(name, globalThis[name])).sort();
  surface["(handler globals)"] = handling.map((name) => describe(name, globalThis[name])).sort();

  for (const name of handling.filter((name) => name.startsWith("$"))) list(name, globalThis[name]);
  for (const name in events) list("event " + name, events[name]);
  for (const name in extra) list(name, extra[name]);

  const { c, collection, auth, admin, file, dir } = extra.setup;
  delete surface.setup;
  const dao = $app.dao();
  list("c", c);
  list("c.echo()", c.echo());
  list("c.pathParams()", c.pathParams());
  list("c.queryParams()", c.queryParams());
  list("c.request()", c.request());
  list("c.request().body", c.request().body);
  list("c.request().header", c.request().header);
  list("c.request().url", c.request().url);
  list("c.response()", c.response());
  list("c.response().header()", c.response().header());
  list("$apis.requestInfo(c)", $apis.requestInfo(c));
  list("$apis.requireRecordAuth()", $apis.requireRecordAuth());

  for (const name of ["cache", "db", "dao", "logger", "newFilesystem", "newMailClient", "onBeforeServe", "onModelBeforeCreate", "settings", "store", "subscriptionsBroker"]) {
    list(`$app.${name}()`, $app[name]());
  }
  list("$app.dao().db()", dao.db());
  list("$app.newFilesystem().attributes()", $app.newFilesystem().attributes(file));
  const settings = $app.settings();
  for (const name of ["adminAuthToken", "backups", "googleAuth", "logs", "meta", "s3", "smtp"]) {
    list("$app.settings()." + name, settings[name]);
  }
  list("$app.settings().meta.verificationTemplate", settings.meta.verificationTemplate);

  list("$dbx.between()", $dbx.between("a", 1, 2));
  list("$dbx.exists()", $dbx.exists($dbx.exp("1")));
  list("$dbx.exp()", $dbx.exp("1"));
  list("$dbx.hashExp()", $dbx.hashExp({ a: 1 }));
  list("$dbx.in()", $dbx.in("a", 1));
  list("$dbx.like()", $dbx.like("a", "b"));
  list("$filesystem.fileFromBytes()", $filesystem.fileFromBytes("x", "x.txt"));
  list("$os.cmd()", $os.cmd("true"));
  list("$os.readDir()[0]", $os.readDir(dir)[0]);
  list("$template.loadString()", $template.loadString("x"));

  list("console", console);
  list("process", process);
  list("admin (found)", admin);
  list("collection (found)", collection);
  list("collection.schema", collection.schema);
  list("schema field", collection.schema.fields()[0]);
  list("schema field options (text)", collection.schema.getFieldByName("text").options);
  list("schema field options (file)", collection.schema.getFieldByName("file").options);
  list("record (found auth)", auth);
  list("record.created", auth.created);
  list("record.created.time()", auth.created.time());
  list("record.get(json)", auth.get("json"));
  list("record.get(select_many)", auth.get("select"));
  
  list("recordQuery", dao.recordQuery("users"));
  list("select query", dao.db().select("id").from("users"));
  list("raw query", dao.db().newQuery("SELECT 1"));

  const fresh = {
    Admin: () => new Admin(),
    AdminUpsertForm: () => new AdminUpsertForm($app, new Admin()),
    ApiError: () => new ApiError(400, "", {}),
    Collection: () => new Collection({ type: "base", schema: [] }),
    CollectionUpsertForm: () => new CollectionUpsertForm($app, new Collection({ type: "base" })),
    Command: () => new Command({ use: "x" }),
    Dao: () => new Dao(dao.db()),
    DynamicModel: () => new DynamicModel({ a: "", b: 0 }),
    Record: () => new Record(),
    RecordEmailChangeConfirmForm: () => new RecordEmailChangeConfirmForm($app, auth.collection()),
    RecordEmailChangeRequestForm: () => new RecordEmailChangeRequestForm($app, auth),
    RecordOAuth2LoginForm: () => new RecordOAuth2LoginForm($app, auth.collection(), null),
    RecordPasswordLoginForm: () => new RecordPasswordLoginForm($app, auth.collection()),
    RecordPasswordResetConfirmForm: () => new RecordPasswordResetConfirmForm($app, auth.collection()),
    RecordPasswordResetRequestForm: () => new RecordPasswordResetRequestForm($app, auth.collection()),
    RecordUpsertForm: () => new RecordUpsertForm($app, auth),
    RecordVerificationConfirmForm: () => new RecordVerificationConfirmForm($app, auth.collection()),
    RecordVerificationRequestForm: () => new RecordVerificationRequestForm($app, auth.collection()),
    Schema: () => new Schema([]),
    SchemaField: () => new SchemaField({ type: "text", options: {} }),
    ValidationError: () => new ValidationError("code", "message"),
  };
  const foreign = ["ArrayBuffer", "DataView", "GoError"]; // not ours
  for (const name of handling.filter((n) => /^[A-Z]/.test(n) && typeof globalThis[n] === "function")) {
    const make = fresh[name] || (extra.ours.includes(name) ? () => new globalThis[name]($app) : null);
    if (!make || foreign.includes(name)) continue;
    let made = null;
    try {
      made = make();
    } catch (err) {
      surface["new " + name] = ["failed: " + err];
      continue;
    }
    list("new " + name, made);
  }
  delete surface.ours;
  list("new Record(collection)", new Record(collection));
  list("new arrayOf(DynamicModel)", arrayOf(new DynamicModel({ a: "" })));
  try {
    dao.findRecordById("users", "missing");
  } catch (err) {
    list("thrown Go error", err);
    list("thrown Go error .value", err.value);
  }
  return surface;
})
