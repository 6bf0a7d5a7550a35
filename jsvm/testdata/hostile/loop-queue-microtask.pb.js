// Microtasks that queue themselves.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-queue-microtask", (c) => {
  const next = () => queueMicrotask(next);
  next();
});
