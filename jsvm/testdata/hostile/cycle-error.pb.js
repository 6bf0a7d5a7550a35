// An error that causes itself.
//
// answers: 400 Something went wrong
// log: round
routerAdd("GET", "/hostile/cycle-error", (c) => {
  const e = new Error("round");
  e.cause = e;
  e.errors = [e];
  throw e;
});
