// Long texts that are all kept.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-repeat-kept", (c) => {
  const kept = [];
  for (let i = 0; ; i++) kept.push("x".repeat(2 ** 24 + i));
});
