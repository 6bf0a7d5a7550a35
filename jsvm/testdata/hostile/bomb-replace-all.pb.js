// A replacement that contains the text, at each place.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/bomb-replace-all", (c) => {
  "x".repeat(1e5).replaceAll("x", "$`");
});
