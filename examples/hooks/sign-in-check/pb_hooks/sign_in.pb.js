/// <reference path="../pb_data/types.d.ts" />

const maxFailures = 3
const lockMinutes = 15

/** @param {models.Record} record */
const keyOf = (record) => "failures:" + record.id

// Before the password is checked: too many wrong ones lock the account for a while.
onRecordBeforeAuthWithPasswordRequest((e) => {
  if (!e.record) return // nobody has that name; the answer must not tell
  const [count, last] = $app.store().get(keyOf(e.record)) || [0, 0]
  const locked = count >= maxFailures && Date.now() - last < lockMinutes * 60 * 1000
  if (locked) throw new ApiError(429, "Too many attempts, try again later.")

  if (!e.record.validatePassword(e.password)) {
    const expired = Date.now() - last >= lockMinutes * 60 * 1000
    $app.store().set(keyOf(e.record), [expired ? 1 : count + 1, Date.now()])
  }
}, "users")

onRecordAfterAuthWithPasswordRequest((e) => {
  $app.store().remove(keyOf(e.record))
}, "users")

// Every way to a token leads through here: passwords, OAuth2, refreshes.
onRecordAuthRequest((e) => {
  if (e.record.getBool("blocked")) throw new ForbiddenError("The account is blocked.")
}, "users")
