/// <reference path="../pb_data/types.d.ts" />

/** @param {string} ip */
const get = (ip) => $test.request("GET", "/quote", { headers: { "X-Forwarded-For": ip } })

test("five requests are answered, the sixth is not", () => {
  for (let left = 4; left >= 0; left--) {
    const answer = get("203.0.113.1")
    expect(answer.status).toBe(200)
    expect(answer.headers["x-ratelimit-remaining"]).toBe(String(left))
  }
  const refused = get("203.0.113.1")
  expect(refused.status).toBe(429)
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0)
  expect(refused.json.message).toContain("Too many requests")
})
