// Rejections that nobody handles.
//
// answers: 200 done
routerAdd("GET", "/hostile/reject-many", async (c) => {
  for (let i = 0; i < 2e4; i++) Promise.reject(new Error("nobody"));
  return c.string(200, "done");
});
