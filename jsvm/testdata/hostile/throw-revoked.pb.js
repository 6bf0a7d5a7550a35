// A revoked proxy, thrown.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/throw-revoked", (c) => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  throw proxy;
});
