// Copies of copies.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-structured-clone", (c) => {
  let list = [1, 2, 3];
  for (;;) list = [structuredClone(list), structuredClone(list)];
});
