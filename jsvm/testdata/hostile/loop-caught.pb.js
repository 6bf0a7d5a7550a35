// A loop without an end that hides behind catch and finally.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-caught", (c) => {
  for (;;) {
    try { for (;;) {} } catch (e) { continue; } finally { continue; }
  }
});
