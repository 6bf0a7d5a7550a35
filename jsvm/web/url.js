// URLs. Parsing is that of the engine's own implementation; parameters and what
// it gets wrong are ours.
(native) => {
  const Inner = native.module.URL;
  const listeners = new WeakMap();
  const decode = (text) => {
    const spaced = text.replace(/\+/g, " ");
    try {
      return decodeURIComponent(spaced);
    } catch {
      return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (run) => native.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => parseInt(hex, 16))));
    }
  };
  const encode = (text) => encodeURIComponent(text.toWellFormed()).replace(/%20/g, "+")
    .replace(/[!'()~]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
  const parse = (query) => query.replace(/^\?/, "").split("&").filter((part) => part !== "").map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
  });
  const pairOf = (pair) => {
    const list = [...pair];
    if (list.length !== 2) throw new TypeError("Each query pair must be an iterable [name, value] tuple");
    return list.map(String);
  };

  class URLSearchParams {
    #list;
    constructor(init = "") {
      if (typeof init !== "object" || init === null) this.#list = parse(String(init));
      else if (typeof init[Symbol.iterator] === "function") this.#list = [...init].map(pairOf);
      else this.#list = Object.entries(init).map(([name, value]) => [name, String(value)]);
    }
    #changed() { listeners.get(this)?.(this.toString()); }
    get size() { return this.#list.length; }
    append(name, value) { this.#list.push([String(name), String(value)]); this.#changed(); }
    delete(name, value) {
      this.#list = this.#list.filter(([n, v]) => n !== String(name) || (value !== undefined && v !== String(value)));
      this.#changed();
    }
    get(name) { return this.#list.find(([n]) => n === String(name))?.[1] ?? null; }
    getAll(name) { return this.#list.filter(([n]) => n === String(name)).map(([, v]) => v); }
    has(name, value) { return this.#list.some(([n, v]) => n === String(name) && (value === undefined || v === String(value))); }
    set(name, value) {
      const first = this.#list.findIndex(([n]) => n === String(name));
      if (first < 0) return this.append(name, value);
      this.#list[first] = [String(name), String(value)];
      this.#list = this.#list.filter(([n], i) => i <= first || n !== String(name));
      this.#changed();
    }
    sort() { this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#changed(); }
    forEach(fn, self) { for (const [name, value] of this.#list) fn.call(self, value, name, this); }
    *entries() { for (const [name, value] of this.#list) yield [name, value]; }
    *keys() { for (const [name] of this.#list) yield name; }
    *values() { for (const [, value] of this.#list) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return this.#list.map(([name, value]) => encode(name) + "=" + encode(value)).join("&"); }
    static _reload(params, query) { params.#list = parse(query); }
  }
  const reload = URLSearchParams._reload;
  delete URLSearchParams._reload;

  const special = ["http:", "https:", "ws:", "wss:", "ftp:"];
  class URL {
    #inner; #params;
    constructor(url, base) {
      try {
        this.#inner = base === undefined ? new Inner(String(url)) : new Inner(String(url), String(base));
      } catch {
        throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: String(url) });
      }
      this.#params = new URLSearchParams(this.#inner.search);
      listeners.set(this.#params, (query) => { this.#inner.search = query; });
    }
    static canParse(url, base) { return URL.parse(url, base) !== null; }
    static parse(url, base) {
      try {
        return new URL(url, base);
      } catch {
        return null;
      }
    }
    get searchParams() { return this.#params; }
    get origin() { return special.includes(this.protocol) ? this.protocol + "//" + this.host : "null"; }
    get href() { return this.#inner.href; }
    set href(url) { this.#inner = new URL(url).#inner; reload(this.#params, this.#inner.search); }
    get search() { return this.#inner.search; }
    set search(query) { this.#inner.search = query; reload(this.#params, this.#inner.search); }
    toString() { return this.href; }
    toJSON() { return this.href; }
    static _part(name) {
      Object.defineProperty(URL.prototype, name, {
        get() { return this.#inner[name]; },
        set(value) { this.#inner[name] = value; },
        configurable: true, enumerable: true,
      });
    }
  }
  ["hash", "host", "hostname", "password", "pathname", "port", "protocol", "username"].forEach(URL._part);
  delete URL._part;
  return { URL, URLSearchParams };
}
