// A set that grows.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-set", (c) => {
  const s = new Set();
  for (let i = 0; ; i++) s.add(`entry ${i}`);
});
