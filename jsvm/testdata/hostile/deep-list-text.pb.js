// A list of lists as text.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-list-text", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  return c.string(200, String(a));
});
