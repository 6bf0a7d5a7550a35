// A body that never ends, read in one step.
//
// answers: 503|400
routerAdd("GET", "/hostile/read-silent", (c) => {
  const answer = $http.send({ url: "http://" + c.request().host + "/endless", timeout: 60 });
});
