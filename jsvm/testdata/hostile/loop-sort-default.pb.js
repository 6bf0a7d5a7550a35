// Sorting by texts, over and over.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-sort-default", (c) => {
  const list = Array.from({ length: 4e5 }, (_, i) => (i * 7919) % 400009);
  for (;;) list.slice().sort();
});
