// Lists that double.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/bomb-concat-method", (c) => {
  let a = [1, 2, 3, 4];
  for (;;) a = a.concat(a);
});
