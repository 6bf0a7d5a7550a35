// node:url. The classes are the global ones, or those of the runtime's module.
const runtime = require("url");
const URLClass = typeof URL === "function" ? URL : runtime.URL;
const Params = typeof URLSearchParams === "function" ? URLSearchParams : runtime.URLSearchParams;

// parse is the old form: fields are null where the address has nothing.
function parse(address, withQuery) {
  const match = /^(?:([a-z][a-z0-9+.-]*:))?(\/\/)?(?:([^@/?#]*)@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(address) || [];
  const slashes = Boolean(match[2]);
  const host = slashes ? match[4] : "";
  const pathname = (slashes ? "" : (match[3] ? match[3] + "@" : "") + (match[4] || "")) + (match[5] || "");
  const search = match[6] || (withQuery ? "" : null);
  const port = /:(\d+)$/.exec(host);
  const query = search ? search.slice(1) : withQuery ? "" : null;
  const out = {
    protocol: match[1] ? match[1].toLowerCase() : null,
    slashes: slashes || null,
    auth: slashes && match[3] ? decodeURIComponent(match[3]) : null,
    host: host.toLowerCase() || null,
    port: port ? port[1] : null,
    hostname: host.replace(/:\d+$/, "").toLowerCase() || null,
    hash: match[7] || null,
    search,
    query: withQuery ? require("node:querystring").parse(query) : query,
    pathname: pathname || (slashes ? "/" : null),
    path: null,
    href: address,
  };
  out.path = out.pathname || search ? (out.pathname || "") + (search || "") : null;
  return out;
}

function format(value) {
  if (typeof value === "string") return value;
  if (value instanceof URLClass) return value.href;
  const query = value.search || (value.query && typeof value.query === "object" ? "?" + require("node:querystring").stringify(value.query) : "");
  const host = value.host || (value.hostname ? value.hostname + (value.port ? ":" + value.port : "") : "");
  const protocol = value.protocol ? value.protocol.replace(/:?$/, ":") : "";
  const slashes = value.slashes || (host && protocol) ? "//" : "";
  return protocol + slashes + (value.auth ? value.auth + "@" : "") + host + (value.pathname || "") + (query === "?" ? "" : query) + (value.hash || "");
}

module.exports = {
  URL: URLClass,
  URLSearchParams: Params,
  parse,
  format,
  resolve: (from, to) => new URLClass(to, from).href,
  fileURLToPath: (url) => decodeURIComponent(new URLClass(String(url)).pathname),
  pathToFileURL: (path) => new URLClass("file://" + encodeURI(path).replace(/[?#]/g, encodeURIComponent)),
  domainToASCII: runtime.domainToASCII,
  domainToUnicode: runtime.domainToUnicode,
};
