// A Go map within itself, thrown.
//
// answers: 400
routerAdd("GET", "/hostile/cycle-go-map-throw", (c) => {
  const data = $apis.requestInfo(c).data;
  data.self = data;
  throw data;
});
