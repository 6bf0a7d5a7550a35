// A Go callback that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-callback", (c) => {
  $app.dao().runInTransaction(() => { for (;;) {} });
});
