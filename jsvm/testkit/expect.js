// What test files see besides the globals of handlers. The function gets the
// native members of $test and returns the globals and the collected tests.
(function (native) {
  "use strict"

  const tests = []
  let suite = { name: "", before: [], after: [], outer: null, mode: "" }

  function collect(mode) {
    return function (name, fn, options) {
      if (typeof fn !== "function") throw new TypeError("test(name, fn): the second argument must be a function")
      const own = mode || suite.mode
      tests.push({ name: (suite.name ? suite.name + " › " : "") + name, fn, suite, mode: own, timeout: (options && options.timeout) || 0 })
    }
  }

  function describeAs(mode) {
    return function (name, fn) {
      suite = { name: (suite.name ? suite.name + " › " : "") + name, before: [], after: [], outer: suite, mode: mode || suite.mode }
      try { fn() } finally { suite = suite.outer }
    }
  }

  const test = collect("")
  test.skip = collect("skip")
  test.only = collect("only")
  const describe = describeAs("")
  describe.skip = describeAs("skip")
  describe.only = describeAs("only")

  function beforeEach(fn) { suite.before.push(fn) }
  function afterEach(fn) { suite.after.push(fn) }

  function hooksOf(s, kind) {
    const outer = s.outer ? hooksOf(s.outer, kind) : []
    return kind === "before" ? outer.concat(s.before) : s.after.concat(outer)
  }

  async function run(index) {
    const t = tests[index]
    let failure
    try {
      for (const fn of hooksOf(t.suite, "before")) await fn()
      await t.fn()
    } catch (e) {
      failure = describeError(e)
    }
    for (const fn of hooksOf(t.suite, "after")) {
      try { await fn() } catch (e) { failure = failure || describeError(e) }
    }
    return failure
  }

  function describeError(e) {
    let text, stack = ""
    try {
      text = e instanceof AssertionError ? e.message : e && e.name && "message" in e ? e.name + ": " + e.message : String(e)
      if (e && typeof e.stack === "string") stack = e.stack
      if (e && e.data && typeof e.code === "number") text = e.code + " " + e.message + " " + JSON.stringify(e.data)
    } catch (_) {
      text = "a value that cannot be shown"
    }
    return { text, stack }
  }

  class AssertionError extends Error {
    get name() { return "AssertionError" }
  }

  function show(v) {
    if (typeof v === "string") return JSON.stringify(v)
    if (typeof v === "function") return "[function " + (v.name || "anonymous") + "]"
    if (typeof v === "bigint") return v + "n"
    if (v instanceof RegExp) return String(v)
    if (v instanceof Error) return v.name + ": " + v.message
    if (v === null || typeof v !== "object") return Object.is(v, -0) ? "-0" : String(v)
    try {
      const text = JSON.stringify(v, (_, x) => (x === undefined ? "(undefined)" : typeof x === "bigint" ? x + "n" : x))
      return text && text.length > 2000 ? text.slice(0, 2000) + "…" : text
    } catch (_) {
      return String(v)
    }
  }

  // Objects of the server, such as records, are compared by their JSON.
  function plain(v) {
    if (v === null || typeof v !== "object" || Array.isArray(v) || v instanceof Date || v instanceof RegExp) return v
    const proto = Object.getPrototypeOf(v)
    if (proto === null) return v
    if (typeof v.toJSON === "function") return v.toJSON()
    if (typeof v.marshalJSON === "function" || typeof v.length === "number") {
      const text = JSON.stringify(v)
      return text === undefined ? v : JSON.parse(text)
    }
    return v
  }

  function equal(a, b, strict, seen) {
    if (Object.is(a, b)) return true
    a = plain(a); b = plain(b)
    if (Object.is(a, b)) return true
    if (isMatcher(b)) return b.matches(a)
    if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false
    if (a instanceof Date || b instanceof Date) return a instanceof Date && b instanceof Date && a.getTime() === b.getTime()
    if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b)
    if (Array.isArray(a) !== Array.isArray(b)) return false
    seen = seen || []
    for (const pair of seen) if (pair[0] === a && pair[1] === b) return true
    seen.push([a, b])
    if (a instanceof Map || a instanceof Set) {
      return b instanceof a.constructor && equal([...a], [...b], strict, seen)
    }
    const keysOf = (o) => Object.keys(o).filter((k) => strict || o[k] !== undefined)
    const keys = keysOf(a)
    if (keys.length !== keysOf(b).length) return false
    return keys.every((k) => k in b && equal(a[k], b[k], strict, seen))
  }

  function contains(actual, expected) {
    if (isMatcher(expected)) return expected.matches(actual)
    const a = plain(actual), b = plain(expected)
    if (b === null || typeof b !== "object") return equal(a, b)
    if (a === null || typeof a !== "object") return false
    if (Array.isArray(b)) return Array.isArray(a) && a.length === b.length && b.every((v, i) => contains(a[i], v))
    return Object.keys(b).every((k) => contains(a[k], b[k]))
  }

  const matcherKey = Symbol("matcher")
  function isMatcher(v) { return v !== null && typeof v === "object" && v[matcherKey] === true }
  function matcher(label, matches) { return { [matcherKey]: true, matches, toJSON: () => label } }

  function thrownBy(fn) {
    try { fn() } catch (e) { return { error: e } }
    return null
  }

  function messageMatches(error, expected) {
    if (expected === undefined) return true
    const text = error && error.message !== undefined ? String(error.message) : String(error)
    if (typeof expected === "string") return text.includes(expected)
    if (expected instanceof RegExp) return expected.test(text)
    if (typeof expected === "function") return error instanceof expected
    return contains(error, expected)
  }

  const matchers = {
    toBe: (a, b) => Object.is(a, b),
    toEqual: (a, b) => equal(a, b, false),
    toStrictEqual: (a, b) => equal(a, b, true),
    toMatchObject: contains,
    toBeTruthy: (a) => !!a,
    toBeFalsy: (a) => !a,
    toBeNull: (a) => a === null,
    toBeUndefined: (a) => a === undefined,
    toBeDefined: (a) => a !== undefined,
    toBeNaN: (a) => Number.isNaN(a),
    toBeGreaterThan: (a, b) => a > b,
    toBeGreaterThanOrEqual: (a, b) => a >= b,
    toBeLessThan: (a, b) => a < b,
    toBeLessThanOrEqual: (a, b) => a <= b,
    toBeCloseTo: (a, b, digits = 2) => Math.abs(a - b) < Math.pow(10, -digits) / 2,
    toBeInstanceOf: (a, b) => a instanceof b,
    toContain: (a, b) => (typeof a === "string" ? a.includes(b) : Array.from(a).includes(b)),
    toContainEqual: (a, b) => Array.from(a).some((v) => equal(v, b)),
    toHaveLength: (a, b) => a !== null && a !== undefined && a.length === b,
    toHaveProperty: (a, path, ...value) => {
      let at = a
      for (const key of Array.isArray(path) ? path : String(path).split(".")) {
        if (at === null || at === undefined || !(key in Object(at))) return false
        at = at[key]
      }
      return value.length === 0 || equal(at, value[0])
    },
    toMatch: (a, b) => (typeof b === "string" ? String(a).includes(b) : b.test(String(a))),
  }

  function fail(name, negated, actual, expected) {
    const call = (negated ? "not." : "") + name
    const wanted = expected.length ? "\n    expected: " + expected.map(show).join(", ") : ""
    throw new AssertionError("expect(…)." + call + "(…)" + wanted + "\n    received: " + show(actual))
  }

  function expectations(actual, negated) {
    const out = {}
    for (const name of Object.keys(matchers)) {
      out[name] = (...expected) => {
        if (!!matchers[name](actual, ...expected) === negated) fail(name, negated, actual, expected)
      }
    }
    out.toThrow = (expected) => {
      if (typeof actual !== "function") throw new TypeError("expect(fn).toThrow(): fn must be a function")
      const thrown = thrownBy(actual)
      if ((thrown !== null && messageMatches(thrown.error, expected)) === negated) {
        fail("toThrow", negated, thrown ? thrown.error : "nothing was thrown", expected === undefined ? [] : [expected])
      }
    }
    return out
  }

  function settledExpectations(promise, rejects, negated) {
    const settle = async () => {
      let value
      try { value = await promise } catch (e) {
        if (rejects) return e
        throw new AssertionError("the promise was rejected: " + show(e))
      }
      if (rejects) throw new AssertionError("the promise was not rejected\n    received: " + show(value))
      return value
    }
    const out = {}
    for (const name of Object.keys(matchers)) {
      out[name] = async (...expected) => expectations(await settle(), negated)[name](...expected)
    }
    out.toThrow = async (expected) => {
      const error = await settle()
      if (messageMatches(error, expected) === negated) fail("toThrow", negated, error, [expected])
    }
    return out
  }

  function expect(actual) {
    const out = expectations(actual, false)
    out.not = expectations(actual, true)
    if (actual && typeof actual.then === "function") {
      out.resolves = settledExpectations(actual, false, false)
      out.resolves.not = settledExpectations(actual, false, true)
      out.rejects = settledExpectations(actual, true, false)
      out.rejects.not = settledExpectations(actual, true, true)
    }
    return out
  }
  expect.anything = () => matcher("anything", (v) => v !== null && v !== undefined)
  expect.any = (type) => matcher("any " + type.name, (v) => v instanceof type || (v !== null && v !== undefined && Object(v) instanceof type))
  expect.stringContaining = (text) => matcher("text with " + text, (v) => typeof v === "string" && v.includes(text))
  expect.stringMatching = (pattern) => matcher("text like " + pattern, (v) => typeof v === "string" && new RegExp(pattern).test(v))
  expect.objectContaining = (shape) => matcher(shape, (v) => contains(v, shape))
  expect.arrayContaining = (list) => matcher(list, (v) => Array.from(v || []).length >= 0 && list.every((x) => Array.from(v || []).some((y) => equal(y, x))))
  expect.fail = (message) => { throw new AssertionError(message || "the test failed itself") }

  const parse = (text) => { try { return JSON.parse(text) } catch (_) { return undefined } }

  const $test = {
    asAdmin: () => native.asAdmin(),
    request(method, path, options) {
      const given = options || {}
      let body = given.body, type = ""
      if (body !== undefined && body !== null && typeof body !== "string" && !native.isForm(body)) {
        body = JSON.stringify(body)
        type = "application/json"
      }
      const answer = native.request({ method, path, body, type, headers: given.headers || {}, as: given.as || null })
      const headers = Object.fromEntries(answer.headers)
      return { status: answer.status, headers, text: answer.text, json: parse(answer.text) }
    },
    http(target, answer) { native.answer(target, JSON.stringify(answer === undefined ? {} : answer)) },
    requests: () => JSON.parse(native.requests()).map((r) => Object.assign(r, { json: parse(r.body) })),
    mails: () => JSON.parse(native.mails()),
    runs: () => JSON.parse(native.runs()),
    cron: (id) => native.cron(String(id)),
    async eventually(check, milliseconds = 2000) {
      const end = Date.now() + milliseconds
      for (;;) {
        try { return await check() } catch (e) {
          if (Date.now() >= end) throw e
        }
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
  }

  return { globals: { test, it: test, describe, beforeEach, afterEach, expect, $test }, tests, run }
})
