// Reactions of promises that start the next one.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-microtask", (c) => {
  const next = () => Promise.resolve().then(next);
  return next();
});
