// Deep data for Go code.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-go-data", (c) => {
  let a = {};
  for (let i = 0; i < 1e5; i++) a = { a };
  $app.store().set("deep", a);
});
