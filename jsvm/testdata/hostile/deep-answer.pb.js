// A deep answer.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-answer", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  return c.json(200, a);
});
