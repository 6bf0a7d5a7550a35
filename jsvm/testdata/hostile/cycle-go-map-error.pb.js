// A Go map within itself in an API error.
//
// answers: 400
routerAdd("GET", "/hostile/cycle-go-map-error", (c) => {
  const data = $apis.requestInfo(c).data;
  data.self = data;
  throw new BadRequestError("cycle", data);
});
