// Code with a long sum.
//
// answers: 200 done|400|503
routerAdd("GET", "/hostile/deep-eval-sum", (c) => {
  eval("1" + "+1".repeat(4e5));
  return c.string(200, "done");
});
