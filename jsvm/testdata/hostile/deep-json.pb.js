// A deep list as JSON.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-json", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  JSON.stringify(a);
});
