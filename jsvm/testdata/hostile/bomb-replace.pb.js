// A replacement longer than what it replaces.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/bomb-replace", (c) => {
  "x".repeat(1e6).replace(/x/g, "y".repeat(1e6));
});
