// A Go map within itself, to everything that takes data.
//
// answers: 200 done
routerAdd("GET", "/hostile/cycle-go-map", (c) => {
  const data = $apis.requestInfo(c).data;
  const attempt = (fn) => { try { fn(); } catch (e) { String(e); } };
  attempt(() => { data.self = data; });
  attempt(() => { data.list = [data]; });
  attempt(() => { data.list = []; data.list[0] = data; });
  attempt(() => { data.a = {}; data.a.b = {}; data.a.b.c = data; });
  attempt(() => c.json(200, data));
  attempt(() => JSON.stringify(data));
  attempt(() => toString(data));
  attempt(() => console.log(data, "%j", data));
  attempt(() => console.log("%j", data));
  attempt(() => $app.logger().error("cycle", "data", data));
  attempt(() => $app.store().set("cycle", data));
  attempt(() => new Record($app.dao().findCollectionByNameOrId("posts"), data).set("meta", data));
  attempt(() => structuredClone(data));
  attempt(() => { throw new BadRequestError("cycle", data); });
  attempt(() => $http.send({ url: "http://127.0.0.1:1", data }));
  attempt(() => $dbx.hashExp(data).build($app.dao().db(), {}));
  attempt(() => $template.loadString("{{.}}").render(data));
  attempt(() => $security.createJWT(data, "secret", 1));
  return c.string(200, "done");
});
