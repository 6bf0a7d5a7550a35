// A list that claims to be very long.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/loop-array-like", (c) => {
  Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
});
