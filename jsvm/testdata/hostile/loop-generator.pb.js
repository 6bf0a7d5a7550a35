// A generator without an end.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-generator", (c) => {
  function* numbers() { for (let i = 0; ; i++) yield i; }
  let sum = 0;
  for (const n of numbers()) sum += n;
});
