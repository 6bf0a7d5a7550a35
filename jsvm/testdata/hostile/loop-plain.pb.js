// A loop without an end.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-plain", (c) => {
  for (;;) {}
});
