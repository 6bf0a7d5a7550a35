// node:querystring
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escape(text) {
  return encodeURIComponent(text);
}

function parse(text, separator = "&", equals = "=", options = {}) {
  const out = Object.create(null);
  const decode = options.decodeURIComponent || unescape;
  const most = options.maxKeys === undefined ? 1000 : options.maxKeys;
  const pairs = typeof text === "string" && text !== "" ? text.split(separator) : [];
  for (const pair of most > 0 ? pairs.slice(0, most) : pairs) {
    if (pair === "") continue;
    const at = pair.indexOf(equals);
    const key = decode((at < 0 ? pair : pair.slice(0, at)).replaceAll("+", " "));
    const value = at < 0 ? "" : decode(pair.slice(at + equals.length).replaceAll("+", " "));
    if (!(key in out)) out[key] = value;
    else if (Array.isArray(out[key])) out[key].push(value);
    else out[key] = [out[key], value];
  }
  return out;
}

function scalar(value) {
  switch (typeof value) {
    case "string":
    case "bigint":
    case "boolean":
      return String(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "";
  }
  return "";
}

function stringify(values, separator = "&", equals = "=", options = {}) {
  const encode = options.encodeURIComponent || escape;
  const out = [];
  for (const key of Object.keys(values || {})) {
    for (const value of Array.isArray(values[key]) ? values[key] : [values[key]]) {
      out.push(encode(key) + equals + encode(scalar(value)));
    }
  }
  return out.join(separator);
}

module.exports = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
