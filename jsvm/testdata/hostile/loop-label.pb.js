// A switch in a loop, with labels.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-label", (c) => {
  outer: for (;;) { switch (1) { case 1: continue outer; } }
});
