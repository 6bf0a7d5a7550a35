// node:util
const promisified = Symbol.for("nodejs.util.promisify.custom");

function inherits(child, parent) {
  Object.defineProperty(child, "super_", { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

function promisify(fn) {
  if (fn[promisified]) return fn[promisified];
  return function (...args) {
    return new Promise((resolve, reject) => {
      fn.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
  };
}
promisify.custom = promisified;

function callbackify(fn) {
  return function (...args) {
    const done = args.pop();
    fn.apply(this, args).then((value) => done(null, value), (error) => done(error || new Error("rejected")));
  };
}

function deprecate(fn) {
  return fn;
}

const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

function inspect(value, options = {}) {
  const depth = options.depth === undefined ? 2 : options.depth === null ? Infinity : options.depth;
  return show(value, depth, []);
}
inspect.custom = Symbol.for("nodejs.util.inspect.custom");
inspect.defaultOptions = { depth: 2 };

function show(value, depth, above) {
  switch (typeof value) {
    case "string":
      return "'" + value.replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/\n/g, "\\n") + "'";
    case "bigint":
      return value + "n";
    case "symbol":
      return value.toString();
    case "function":
      return value.name ? `[Function: ${value.name}]` : "[Function (anonymous)]";
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
  }
  if (value === null || typeof value !== "object") return String(value);
  if (above.includes(value)) return "[Circular *1]";
  if (typeof value[inspect.custom] === "function") {
    const shown = value[inspect.custom](depth, {}, inspect);
    return typeof shown === "string" ? shown : show(shown, depth, above);
  }
  if (value instanceof Error) return value.stack || String(value);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  const name = value.constructor && value.constructor.name;
  if (above.length > depth) return Array.isArray(value) ? "[Array]" : `[${name || "Object"}]`;
  const inner = (v) => show(v, depth, [...above, value]);
  const wrap = (open, parts, close) => (parts.length ? `${open} ${parts.join(", ")} ${close}` : open + close);
  if (Array.isArray(value)) return wrap("[", value.map(inner), "]");
  if (value instanceof Map) return `Map(${value.size}) ` + wrap("{", [...value].map(([k, v]) => inner(k) + " => " + inner(v)), "}");
  if (value instanceof Set) return `Set(${value.size}) ` + wrap("{", [...value].map(inner), "}");
  const fields = Object.keys(value).map((key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : show(key, 0, [])) + ": " + inner(value[key]));
  return (name && name !== "Object" ? name + " " : "") + wrap("{", fields, "}");
}

function format(first, ...args) {
  let out = first;
  if (typeof first === "string") {
    out = first.replace(/%[sdifjoOc%]/g, (spec) => {
      if (spec === "%%") return "%";
      if (args.length === 0) return spec;
      const value = args.shift();
      switch (spec) {
        case "%s":
          return typeof value === "string" ? value : typeof value === "object" && value !== null ? inspect(value, { depth: 0 }) : String(value);
        case "%d":
          return String(Number(value));
        case "%i":
          return String(parseInt(value, 10));
        case "%f":
          return String(parseFloat(value));
        case "%j":
          return JSON.stringify(value);
        case "%c":
          return "";
      }
      return inspect(value);
    });
  } else {
    out = inspect(first);
  }
  return [out, ...args.map((value) => (typeof value === "string" ? value : inspect(value)))].join(" ");
}

function isDeepStrictEqual(a, b) {
  return same(a, b, []);
}

function same(a, b, above) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || tag(a) !== tag(b)) return false;
  if (above.some(([x, y]) => x === a && y === b)) return true;
  const inner = [...above, [a, b]];
  if (a instanceof Date || a instanceof Number || a instanceof String || a instanceof Boolean) {
    if (!Object.is(a.valueOf(), b.valueOf())) return false;
  } else if (a instanceof RegExp) {
    if (String(a) !== String(b)) return false;
  } else if (a instanceof Error) {
    if (a.name !== b.name || a.message !== b.message) return false;
  } else if (a instanceof Map) {
    return a.size === b.size && [...a].every(([k, v]) => b.has(k) && same(v, b.get(k), inner));
  } else if (a instanceof Set) {
    return a.size === b.size && [...a].every((v) => b.has(v) || [...b].some((w) => same(v, w, inner)));
  }
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key], inner));
}

const types = {
  isDate: (v) => v instanceof Date,
  isRegExp: (v) => v instanceof RegExp,
  isMap: (v) => v instanceof Map,
  isSet: (v) => v instanceof Set,
  isPromise: (v) => v instanceof Promise,
  isNativeError: (v) => v instanceof Error,
  isArrayBuffer: (v) => v instanceof ArrayBuffer,
  isAnyArrayBuffer: (v) => v instanceof ArrayBuffer,
  isArrayBufferView: (v) => ArrayBuffer.isView(v),
  isTypedArray: (v) => ArrayBuffer.isView(v) && !(v instanceof DataView),
  isUint8Array: (v) => v instanceof Uint8Array,
  isGeneratorFunction: (v) => tag(v) === "GeneratorFunction",
  isAsyncFunction: (v) => tag(v) === "AsyncFunction",
  isBoxedPrimitive: (v) => v instanceof Number || v instanceof String || v instanceof Boolean,
  isProxy: () => false,
  isKeyObject: () => false,
  isCryptoKey: () => false,
};

module.exports = {
  inherits, promisify, callbackify, deprecate, inspect, format, isDeepStrictEqual, types,
  debuglog: () => () => {},
  stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ""),
  TextEncoder: globalThis.TextEncoder,
  TextDecoder: globalThis.TextDecoder,
  isArray: Array.isArray,
  isRegExp: types.isRegExp,
  isDate: types.isDate,
  isError: types.isNativeError,
  isString: (v) => typeof v === "string",
  isFunction: (v) => typeof v === "function",
  isObject: (v) => typeof v === "object" && v !== null,
  isBuffer: (v) => require("node:buffer").Buffer.isBuffer(v),
};
