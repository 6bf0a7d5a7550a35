// A replacement that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-regexp-replacer", (c) => {
  "abc".replace(/b/, () => { for (;;) {} });
});
