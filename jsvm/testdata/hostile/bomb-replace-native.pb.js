// A built-in function as the replacement.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/bomb-replace-native", (c) => {
  "x".repeat(1e6).replace(/x/g, String.prototype.padEnd.bind("y", 5e7));
});
