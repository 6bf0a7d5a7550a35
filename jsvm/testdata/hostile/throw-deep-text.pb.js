// An error whose text is made of itself.
//
// answers: 400|503
routerAdd("GET", "/hostile/throw-deep-text", (c) => {
  throw { toString() { return `${this}`; } };
});
