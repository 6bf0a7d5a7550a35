// Closures that keep each other.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-closures", (c) => {
  let f = null;
  for (;;) { const g = f, data = Array(100).fill(0); f = () => [g, data]; }
});
