// A proxy that refuses everything, thrown.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/throw-proxy", (c) => {
  const no = () => { throw new Error("no"); };
  throw new Proxy({}, { get: no, has: no, ownKeys: no, getPrototypeOf: no, getOwnPropertyDescriptor: no });
});
