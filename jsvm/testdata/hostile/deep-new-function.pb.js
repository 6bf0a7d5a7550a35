// Functions made of texts with deep brackets.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-new-function", (c) => {
  new Function("return " + "(".repeat(5e5) + "1" + ")".repeat(5e5));
});
