// node:path, always with slashes.
const sep = "/";
const delimiter = ":";

function text(value, name) {
  if (typeof value !== "string") {
    throw new TypeError(`The "${name}" argument must be of type string`);
  }
  return value;
}

function clean(path, absolute) {
  const out = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") out.push(part);
    else if (out.length > 0 && out[out.length - 1] !== "..") out.pop();
    else if (!absolute) out.push("..");
  }
  return out.join("/");
}

function isAbsolute(path) {
  return text(path, "path").startsWith("/");
}

function normalize(path) {
  text(path, "path");
  const absolute = path.startsWith("/");
  let out = clean(path, absolute);
  if (out === "" && !absolute) out = ".";
  if (out !== "" && path.endsWith("/")) out += "/";
  return absolute ? (out === "/" ? "/" : "/" + out) : out;
}

function join(...parts) {
  const path = parts.filter((part) => text(part, "path") !== "").join("/");
  return path === "" ? "." : normalize(path);
}

function resolve(...parts) {
  let path = "";
  for (let i = parts.length - 1; i >= 0 && !path.startsWith("/"); i--) {
    if (text(parts[i], "path") !== "") path = path === "" ? parts[i] : parts[i] + "/" + path;
  }
  if (!path.startsWith("/")) path = $os.getwd().replaceAll("\\", "/") + "/" + path;
  return "/" + clean(path, true);
}

function relative(from, to) {
  const a = resolve(from).split("/").filter(Boolean);
  const b = resolve(to).split("/").filter(Boolean);
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return [...a.slice(same).map(() => ".."), ...b.slice(same)].join("/");
}

function withoutEnd(path) {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

function dirname(path) {
  const p = withoutEnd(text(path, "path"));
  const at = p.lastIndexOf("/");
  if (at < 0) return ".";
  return at === 0 ? "/" : withoutEnd(p.slice(0, at));
}

function basename(path, ending) {
  const p = withoutEnd(text(path, "path"));
  const base = p === "/" ? "" : p.slice(p.lastIndexOf("/") + 1);
  return ending && base !== ending && base.endsWith(ending) ? base.slice(0, -ending.length) : base;
}

function extname(path) {
  const base = basename(path);
  const at = base.lastIndexOf(".");
  return at <= 0 ? "" : base.slice(at);
}

function parse(path) {
  const root = isAbsolute(path) ? "/" : "";
  const base = basename(path);
  const ext = extname(path);
  const dir = base === "" ? root : dirname(path);
  return { root, dir: dir === "." && !path.startsWith(".") ? "" : dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
}

function format(parts) {
  const base = parts.base || (parts.name || "") + (parts.ext || "");
  const dir = parts.dir || parts.root || "";
  return dir === "" ? base : dir === parts.root ? dir + base : dir + "/" + base;
}

const path = { sep, delimiter, isAbsolute, normalize, join, resolve, relative, dirname, basename, extname, parse, format, toNamespacedPath: (p) => p };
path.posix = path;
module.exports = path;
