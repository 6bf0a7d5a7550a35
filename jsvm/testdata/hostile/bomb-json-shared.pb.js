// Shared parts, written as often as they are shared.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/bomb-json-shared", (c) => {
  let a = ["x"];
  for (let i = 0; i < 40; i++) a = [a, a];
  JSON.stringify(a);
});
