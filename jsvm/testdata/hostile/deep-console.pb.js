// A deep object on the console.
//
// answers: 200 done|400|503
routerAdd("GET", "/hostile/deep-console", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  try { console.log("%j", a); console.log(a); } finally { c.string(200, "done"); }
});
