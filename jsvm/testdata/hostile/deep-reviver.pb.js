// A reviver that puts an endless object in.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-reviver", (c) => {
  JSON.parse("[1,2]", function (key, value) {
    if (key === "0") { const o = {}; o.o = o; this[1] = o; }
    return value;
  });
});
