// Secrets beyond need.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-random", (c) => {
  $security.randomString(1e12);
});
