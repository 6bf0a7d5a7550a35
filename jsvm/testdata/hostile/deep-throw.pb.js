// A deep object, thrown.
//
// answers: 400 Something went wrong
// log: cannot be shown|nested too deeply
routerAdd("GET", "/hostile/deep-throw", (c) => {
  let a = {};
  for (let i = 0; i < 1e5; i++) a = { a };
  throw a;
});
