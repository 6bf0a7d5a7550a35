// A deep shape of a model.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-dynamic", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  new DynamicModel({ a });
});
