// Lists that double.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-concat", (c) => {
  let a = [1, 2, 3, 4];
  for (;;) a = [...a, ...a];
});
