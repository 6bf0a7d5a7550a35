const fail = (fn) => { try { return fn() } catch (e) { return e.name } }
const r = {
  members: Object.keys($apis).map((name) => name + ":" + $apis[name].length),
  middlewares: ["requireGuestOnly", "requireRecordAuth", "requireAdminAuth", "requireAdminOrRecordAuth", "requireAdminOrOwnerAuth", "gzip"].map((n) => typeof $apis[n]()),
  more: [typeof $apis.requireAdminAuthOnlyIfAny($app), typeof $apis.activityLogger($app), typeof $apis.bodyLimit(10), typeof $apis.staticDirectoryHandler(files, false)],
  wrong: fail(() => $apis.requestInfo({})),
};
r
