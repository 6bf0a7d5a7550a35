// Long texts put together by String.raw.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/bomb-raw", (c) => {
  const s = "x".repeat(1e7);
  String.raw({ raw: Array(1e3).fill(s) });
});
