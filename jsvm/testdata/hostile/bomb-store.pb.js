// Data for the store that stands for more than it is.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/bomb-store", (c) => {
  let a = ["x"];
  for (let i = 0; i < 40; i++) a = [a, a];
  $app.store().set("bomb", a);
});
