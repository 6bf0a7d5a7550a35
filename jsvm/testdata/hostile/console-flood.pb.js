// A flood on the console.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/console-flood", (c) => {
  for (let i = 0; ; i++) console.log("flood", i, "x".repeat(1000));
});
