// An object that grows.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-object", (c) => {
  const o = {};
  for (let i = 0; ; i++) o["key" + i] = { i };
});
