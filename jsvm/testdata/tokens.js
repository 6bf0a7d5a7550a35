const dao = $app.dao()
const collection = new Collection({ name: "people", type: "auth", options: { allowEmailAuth: true } })
dao.saveCollection(collection)
const user = new Record(collection, { username: "ann", email: "ann@example.com" })
user.setPassword("secretpass1")
dao.saveRecord(user)
const admin = new Admin({ email: "root@example.com" })
admin.setPassword("secretpass1")
dao.saveAdmin(admin)
const claims = (token) => {
  const { exp, ...rest } = $security.parseUnverifiedJWT(token)
  return Object.entries(rest).map(([k, v]) => k + "=" + (v === user.id ? "USER" : v === admin.id ? "ADMIN" : v === collection.id ? "COLLECTION" : v)).sort().join(" ")
}
const r = {
  admin: [$tokens.adminAuthToken, $tokens.adminFileToken, $tokens.adminResetPasswordToken].map((make) => claims(make($app, admin))),
  record: [$tokens.recordAuthToken, $tokens.recordFileToken, $tokens.recordVerifyToken, $tokens.recordResetPasswordToken].map((make) => claims(make($app, user))),
  change: claims($tokens.recordChangeEmailToken($app, user, "new@example.com")),
  mails: Object.keys($mails).map((name) => name + ":" + $mails[name].length),
};
r
