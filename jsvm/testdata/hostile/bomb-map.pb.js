// A map that grows.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-map", (c) => {
  const m = new Map();
  for (let i = 0; ; i++) m.set(i, {});
});
