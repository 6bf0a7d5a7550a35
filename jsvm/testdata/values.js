const fail = (fn) => { try { return fn() } catch (e) { return e.name + ": " + e.message } }
const d = new DateTime("2023-05-06 07:08:09.123Z")
const a = new DateTime("2024-02-28 23:00:00Z").time(), b = new DateTime("2024-03-01 01:00:00Z").time()
const cookie = new Cookie({ name: "id", value: "v 1", path: "/", maxAge: 60, httpOnly: true, secure: true, sameSite: 3 })
const mail = new MailerMessage({ from: { address: "a@example.com", name: "A" }, to: [{ address: "b@example.com" }], subject: "s", html: "<p>", headers: { "X-A": "1" } })
const message = new SubscriptionMessage({ name: "news", data: JSON.stringify({ a: 1 }) })
const info = new RequestInfo({ method: "POST", data: { "x+": 1 } })
const command = new Command({ use: "hello", short: "says hello", run: (cmd, args) => { done.push(args.length) } })
const done = []
command.run(command, ["x", "y"])
const r = {
  date: [d.string(), JSON.stringify(d), String(d), d.isZero(), d.time().nanosecond(), d.time().weekday()],
  dates: ["not a date", "2023-05-06 07:08:09+02:00", "2023-05-06", "2023-05-06T07:08:09Z"].map((t) => new DateTime(t).string()),
  now: [new DateTime(), new DateTime(""), new DateTime(5), DateTime()].map((n) => n.time().year() > 2000),
  time: [a.before(b), b.sub(a).hours(), b.sub(a).string(), a.add(2 * 3600 * 1e9).format("2006-01-02 15:04"), a.addDate(0, 0, 2).format("2006-01-02")],
  cookie: [String(cookie), cookie.sameSite === 3, Object.keys({ ...cookie }).includes("name")],
  mail: [mail.from.address, mail.to[0].address, mail.to.length, mail.subject, mail.html, mail.headers["X-A"]],
  message: [message.name, toString(message.data)],
  info: [info.method, info.context, info.hasModifierDataKeys(), new RequestInfo().admin, new RequestInfo().data],
  command: [command.use, command.short, done],
  classes: [d instanceof DateTime, DateTime() instanceof DateTime, cookie instanceof Cookie, new FormData() instanceof FormData],
  wrong: fail(() => new Cookie("text")),
  errors: [
    new ApiError(418, "short", { a: 1 }), new ApiError(), new BadRequestError(), new NotFoundError(), ForbiddenError(), new UnauthorizedError("no entry"),
  ].map((e) => [e.code, e.message, String(e), e.data]),
  caught: (() => { try { $app.dao().findRecordById("none", "x") } catch (e) { return new NotFoundError("", e).data } })(),
  raw: new BadRequestError("x", { k: "v" }).rawData(),
  notError: [new ApiError(400) instanceof Error, new ApiError(400) instanceof ApiError],
  validation: (() => {
    const v = new ValidationError("code_x", "needs {{.min}} at least")
    return [v.code(), v.message(), v.error(), String(v), v.setParams({ min: 3 }).error(), v.setCode("other").code(), v.setMessage("z").message()]
  })(),
  nested: new BadRequestError("Several", {
    name: new ValidationError("too_short", "is short"), items: { 0: { sub: new ValidationError("x", "y.") } }, plain: "text", num: 5, arr: [1], nul: null,
  }).data,
};
r
