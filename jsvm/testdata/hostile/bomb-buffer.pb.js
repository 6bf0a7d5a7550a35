// A buffer of any size.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-buffer", (c) => {
  new ArrayBuffer(2 ** 36);
});
