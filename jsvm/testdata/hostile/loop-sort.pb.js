// A comparator that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-sort", (c) => {
  [3, 2, 1].sort(() => { for (;;) {} });
});
