// node:assert
const { inspect, isDeepStrictEqual } = require("node:util");

class AssertionError extends Error {
  constructor(options) {
    super(options.message);
    this.name = "AssertionError";
    this.code = "ERR_ASSERTION";
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator;
  }
}

function check(holds, message, operator, actual, expected, fallback) {
  if (holds) return;
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message || fallback || `${inspect(actual)} ${operator} ${inspect(expected)}`, actual, expected, operator });
}

function loose(a, b) {
  if (a == b || (a !== a && b !== b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && loose(a[key], b[key]));
}

function matches(error, expected) {
  if (expected === undefined || typeof expected === "string") return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === "function") {
    return expected.prototype !== undefined && error instanceof expected ? true : !Error.isPrototypeOf(expected) && expected.call({}, error) === true;
  }
  return Object.keys(expected).every((key) =>
    expected[key] instanceof RegExp ? expected[key].test(error[key]) : isDeepStrictEqual(error[key], expected[key]),
  );
}

const assert = (value, message) => check(value, message, "==", value, true, "The expression evaluated to a falsy value");
Object.assign(assert, {
  AssertionError,
  ok: assert,
  equal: (a, b, m) => check(a == b || (a !== a && b !== b), m, "==", a, b),
  notEqual: (a, b, m) => check(a != b, m, "!=", a, b),
  strictEqual: (a, b, m) => check(Object.is(a, b), m, "===", a, b),
  notStrictEqual: (a, b, m) => check(!Object.is(a, b), m, "!==", a, b),
  deepEqual: (a, b, m) => check(loose(a, b), m, "deepEqual", a, b),
  notDeepEqual: (a, b, m) => check(!loose(a, b), m, "notDeepEqual", a, b),
  deepStrictEqual: (a, b, m) => check(isDeepStrictEqual(a, b), m, "deepStrictEqual", a, b),
  notDeepStrictEqual: (a, b, m) => check(!isDeepStrictEqual(a, b), m, "notDeepStrictEqual", a, b),
  match: (text, re, m) => check(re.test(text), m, "match", text, re),
  doesNotMatch: (text, re, m) => check(!re.test(text), m, "doesNotMatch", text, re),
  fail: (m) => check(false, m, "fail", undefined, undefined, "Failed"),
  ifError: (error) => {
    if (error !== null && error !== undefined) throw error;
  },
  throws: (fn, expected, m) => {
    let thrown;
    let threw = false;
    try {
      fn();
    } catch (error) {
      threw = true;
      thrown = error;
    }
    check(threw, typeof expected === "string" ? expected : m, "throws", undefined, expected, "Missing expected exception.");
    if (!matches(thrown, expected)) throw thrown;
  },
  doesNotThrow: (fn) => fn(),
  rejects: async (promise, expected, m) => {
    let thrown;
    try {
      await (typeof promise === "function" ? promise() : promise);
    } catch (error) {
      thrown = error;
      if (matches(error, expected)) return;
      throw thrown;
    }
    check(false, m, "rejects", undefined, expected, "Missing expected rejection.");
  },
});
assert.strict = assert;
module.exports = assert;
