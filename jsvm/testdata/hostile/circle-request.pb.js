// A route that asks itself and waits.
//
// answers: 200
routerAdd("GET", "/hostile/circle-request", (c) => {
  $http.send({ url: "http://" + c.request().host + "/hostile/circle-request", timeout: 30 });
});
