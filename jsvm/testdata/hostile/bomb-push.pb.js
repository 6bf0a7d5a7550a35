// A list that grows.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-push", (c) => {
  const a = [];
  for (;;) a.push({});
});
