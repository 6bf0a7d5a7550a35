// A replacer of JSON that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-replacer", (c) => {
  JSON.stringify([1], () => { for (;;) {} });
});
