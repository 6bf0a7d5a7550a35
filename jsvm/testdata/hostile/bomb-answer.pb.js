// An answer that stands for more than it is.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/bomb-answer", (c) => {
  let a = ["x"];
  for (let i = 0; i < 40; i++) a = [a, a];
  return c.json(200, a);
});
