// Deep data in an API error.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-error-data", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  throw new BadRequestError("deep", a);
});
