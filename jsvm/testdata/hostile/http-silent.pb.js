// A request that nobody answers.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/http-silent", (c) => {
  $http.send({ url: "http://" + c.request().host + "/silent", timeout: 60 });
});
