/// <reference path="../pb_data/types.d.ts" />

// Allows so many requests per client and window. The counters live in $app.store(), which all runtimes share; a
// module is evaluated in each runtime, so it must not keep them itself.
/**
 * @param {string} name
 * @param {number} limit
 * @param {number} windowSeconds
 * @returns {RouteHandler}
 */
module.exports = (name, limit, windowSeconds) => (c) => {
  const now = Date.now()
  const window = Math.floor(now / (windowSeconds * 1000))
  const key = `limit:${name}:${c.realIP()}`
  const [seenWindow, count] = $app.store().get(key) || [0, 0]
  const used = seenWindow === window ? count + 1 : 1
  $app.store().set(key, [window, used])

  const header = c.response().header()
  header.set("X-RateLimit-Limit", String(limit))
  header.set("X-RateLimit-Remaining", String(Math.max(limit - used, 0)))
  if (used > limit) {
    header.set("Retry-After", String(Math.ceil(((window + 1) * windowSeconds * 1000 - now) / 1000)))
    throw new ApiError(429, "Too many requests, try again later.")
  }
}
