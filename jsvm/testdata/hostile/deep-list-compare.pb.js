// Lists of lists, sorted by their texts.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-list-compare", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  [a, a, a].sort();
});
