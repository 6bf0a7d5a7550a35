const fail = (fn) => { try { return fn() } catch (e) { return String(e) } }
const key = "0123456789abcdef0123456789abcdef"
const box = $security.encrypt("hello", key)
const token = $security.createJWT({ sub: "abc", n: 5, nested: { k: [1] } }, "s3cret", 3600)
const open = $security.parseUnverifiedJWT(token)
const ok = $security.parseJWT(token, "s3cret")
const r = {
  md5: $security.md5("abc"), sha256: $security.sha256("abc"), sha512: $security.sha512("").length,
  hs256: $security.hs256("payload", "key"), hs512: $security.hs512("payload", "key").length,
  equal: [$security.equal("same", "same"), $security.equal("same", "other")],
  random: [$security.randomString(12).length, $security.pseudorandomString(9).length,
    $security.randomStringWithAlphabet(4, "a"), $security.pseudorandomStringWithAlphabet(3, "b")],
  box: [$security.decrypt(box, key), box !== $security.encrypt("hello", key), typeof box],
  jwt: [token.split(".").length, open.sub, ok.n, ok.nested, Math.round((ok.exp - Date.now() / 1000) / 60)],
  errors: {
    shortKey: fail(() => $security.encrypt("x", "short")),
    otherKey: fail(() => $security.decrypt(box, "f".repeat(32))),
    notBase64: fail(() => $security.decrypt("%%%", key)),
    wrong: fail(() => $security.parseJWT(token, "wrong")),
    garbage: fail(() => $security.parseJWT("garbage", "s3cret")),
    expired: fail(() => $security.parseJWT($security.createJWT({ a: 1 }, "k", -10), "k")),
    openExpired: fail(() => $security.parseUnverifiedJWT($security.createJWT({ a: 1 }, "k", -10))),
    open: fail(() => $security.parseUnverifiedJWT("x.y")),
  },
  calls: [$security.md5("a", "b", "c"), $security.md5(), $security.md5({ a: 1 })],
};
r
