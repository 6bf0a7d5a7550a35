// A list within itself as text.
//
// answers: 200 text:
routerAdd("GET", "/hostile/cycle-list-text", (c) => {
  const a = [];
  a.push(a);
  return c.string(200, `text: ${a}`);
});
