// Numbers that grow with every step.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-big-int", (c) => {
  for (let n = 3n; ; n = n * n % (1n << 20000n)) {}
});
