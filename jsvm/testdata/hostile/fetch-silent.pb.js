// A fetch that nobody answers.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/fetch-silent", async (c) => {
  const url = "http://" + c.request().host + "/silent";
  await fetch(url);
});
