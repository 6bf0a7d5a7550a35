const addresses = (...names) => new MailerMessage({ to: names.map((name) => ({ address: name })) }).to
const names = (list) => list.map((entry) => entry.name + entry.address)
const changed = (change) => {
  const list = addresses("c@x", "a@x", "b@x")
  list[0].name = "C:"
  const result = change(list)
  return [names(list), result === undefined || typeof result === "number" ? result : result.address]
}
const byAddress = (a, b) => (a.address < b.address ? -1 : 1)
const collections = () => $app.dao().findCollectionsByType("auth")
const mail = new MailerMessage({ from: { name: "N", address: "old@x" } })
const from = mail.from
mail.from = { address: "new@x" }
const admin = new Admin()
admin.lastResetSentAt = new DateTime("2020-01-01")
const before = admin.lastResetSentAt
admin.lastResetSentAt = new DateTime("2021-01-01")
const r = {
  shift: changed((list) => list.shift()),
  pop: changed((list) => list.pop()),
  splice: changed((list) => list.splice(1, 1)[0]),
  unshift: changed((list) => list.unshift({ address: "z@x" })),
  reverse: changed((list) => { list.reverse() }),
  sort: changed((list) => { list.sort(byAddress) }),
  pointers: (() => { const list = collections(); const first = list[0].name; const taken = list.shift(); return [taken.name === first, taken.isAuth(), list.every((c) => c.name !== first)] })(),
  replaced: [from.address, mail.from.address, mail.from.name],
  dates: [before.string(), admin.lastResetSentAt.string()],
  members: Object.keys(admin).filter((name) => typeof admin[name] !== "function"),
  sets: $app.dao().findRecordsByIds("users", new Set(["x"])).length,
  map: $http.send({ url: base + "/echo", headers: new Map([["X-Test", "from a map"]]) }).json,
};
r
