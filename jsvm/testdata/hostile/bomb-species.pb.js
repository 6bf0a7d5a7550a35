// A class that is reached by its species.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-species", (c) => {
  return c.json(200, new Uint8Array[Symbol.species](2 ** 40).length);
});
