// Many typed arrays that are all kept.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-typed-arrays", (c) => {
  const kept = [];
  for (;;) kept.push(new Uint8Array(1e7).fill(1));
});
