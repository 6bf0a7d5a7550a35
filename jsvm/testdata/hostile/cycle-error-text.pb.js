// An error that is its own message.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/cycle-error-text", (c) => {
  const error = new Error("x");
  error.message = error;
  throw error;
});
