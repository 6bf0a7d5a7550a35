// A list with one element far away.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/loop-sparse", (c) => {
  const list = [];
  list[4294967290] = 1;
  list.indexOf(2);
});
