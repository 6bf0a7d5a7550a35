// An object whose primitive value never comes, as an argument of Go code.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-to-primitive", (c) => {
  $app.dao().findRecordById({ [Symbol.toPrimitive]() { for (;;) {} } }, "x");
});
