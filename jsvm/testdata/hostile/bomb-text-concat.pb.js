// Long texts put together in one step.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/bomb-text-concat", (c) => {
  const s = "x".repeat(1e7);
  "".concat(...Array(1e3).fill(s));
});
