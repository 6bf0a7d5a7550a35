// A line of a gigabyte on the console.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/console-line", (c) => {
  const s = "x".repeat(5e7);
  for (;;) console.log(s, s, s, s);
});
