// Promises that nobody waits for.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-promises", (c) => {
  const all = [];
  for (;;) all.push(new Promise(() => {}).then(() => {}));
});
