// Requests to other servers.
(native) => {
  const bytesOf = native.part("text").bytesOf;
  const decode = (bytes) => new (native.part("text").TextDecoder)().decode(bytes);
  const events = native.part("events");
  const parseJSON = JSON.parse;
  const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

  class Headers {
    #map = new Map();
    constructor(init) {
      if (init === undefined || init === null) return;
      if (typeof init !== "object") throw new TypeError("Headers: expected an object or a list of pairs");
      const pairs = typeof init[Symbol.iterator] === "function" ? init : Object.entries(init);
      for (const pair of pairs) {
        const [name, value, ...more] = pair;
        if (value === undefined || more.length > 0) throw new TypeError("Headers: expected pairs of name and value");
        this.append(name, value);
      }
    }
    static #name(name) {
      const text = String(name);
      if (!token.test(text)) throw new TypeError(`Headers: invalid name "${text}"`);
      return text.toLowerCase();
    }
    static #value(value) {
      const text = String(value).trim();
      if (/[\0\r\n]/.test(text)) throw new TypeError("Headers: invalid value");
      return text;
    }
    append(name, value) {
      const key = Headers.#name(name);
      this.#map.set(key, [...(this.#map.get(key) ?? []), Headers.#value(value)]);
    }
    set(name, value) { this.#map.set(Headers.#name(name), [Headers.#value(value)]); }
    get(name) { return this.#map.get(Headers.#name(name))?.join(", ") ?? null; }
    getSetCookie() { return [...(this.#map.get("set-cookie") ?? [])]; }
    has(name) { return this.#map.has(Headers.#name(name)); }
    delete(name) { this.#map.delete(Headers.#name(name)); }
    *entries() {
      for (const key of [...this.#map.keys()].sort()) {
        const values = this.#map.get(key);
        if (key === "set-cookie") for (const value of values) yield [key, value];
        else yield [key, values.join(", ")];
      }
    }
    *keys() { for (const [key] of this.entries()) yield key; }
    *values() { for (const [, value] of this.entries()) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    forEach(fn, self) { for (const [key, value] of this.entries()) fn.call(self, value, key, this); }
  }

  const isStream = (body) => body?.[Symbol.toStringTag] === "ReadableStream";
  const isBlob = (body) => ["Blob", "File"].includes(body?.[Symbol.toStringTag]) && body instanceof native.part("blob").Blob;

  // What a script gives as a body, in a form that the native part takes, and its content type.
  const encodeBody = (body) => {
    if (body === undefined || body === null) return { content: null, type: null };
    if (native.isForm(body)) return native.encodeForm(body);
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { content: bytesOf(body).slice(), type: null };
    if (body instanceof native.part("url").URLSearchParams) {
      return { content: body.toString(), type: "application/x-www-form-urlencoded;charset=UTF-8" };
    }
    if (isBlob(body)) return { content: native.content(body), type: body.type || null };
    if (isStream(body)) throw new TypeError("A ReadableStream cannot be sent: read it first and send its text or bytes");
    return { content: String(body), type: "text/plain;charset=UTF-8" };
  };

  const joined = (list) => {
    const all = new Uint8Array(list.reduce((size, chunk) => size + chunk.length, 0));
    list.reduce((at, chunk) => (all.set(chunk, at), at + chunk.length), 0);
    return all;
  };
  const drained = async (stream) => {
    const chunks = [];
    for (let reader = stream.getReader(), step; !(step = await reader.read()).done;) chunks.push(bytesOf(step.value));
    return joined(chunks);
  };

  // The body of a request or an answer. Its source is null for none, or has the functions read, which resolves to all
  // bytes each time, and perhaps open, which makes a stream of them instead. What was opened is only there once.
  class Body {
    #used = false; #source; #stream = null;
    constructor(source) { this.#source = source; }
    #check() {
      if (this.bodyUsed || this.#stream?.locked) throw new TypeError("The body has already been read");
    }
    get body() {
      if (this.#source === null) return null;
      const { open, read } = this.#source;
      this.#stream ??= open ? open() : native.part("streams").ReadableStream.from({
        [Symbol.asyncIterator]() { return { next: async () => (read ? { value: await read() } : { done: true }) }; },
      });
      return this.#stream;
    }
    get bodyUsed() { return this.#used || (this.#stream !== null && native.part("streams").isDisturbed(this.#stream)); }
    // _fork returns a source of the same bytes for a copy.
    _fork() {
      this.#check();
      if (this.#source === null) return null;
      if (this.#stream !== null) {
        const [own, copy] = this.#stream.tee();
        this.#stream = own;
        return { open: () => copy, read: () => drained(copy) };
      }
      return this.#source = { read: this.#source.read };
    }
    get _has() { return this.#source !== null; }
    async bytes() {
      this.#check();
      this.#used = this._has;
      if (this.#source === null) return new Uint8Array(0);
      return (await (this.#stream !== null ? drained(this.#stream) : this.#source.read())).slice();
    }
    async arrayBuffer() { return (await this.bytes()).buffer; }
    async text() { return decode(await this.bytes()); }
    async json() { return parseJSON(await this.text()); }
    async blob() { return new (native.part("blob").Blob)([await this.bytes()], { type: this.headers.get("content-type") ?? "" }); }
    async formData() { return native.decodeForm(await this.bytes(), this.headers.get("content-type") ?? ""); }
  }

  const sourceOf = (content) => {
    if (content === null) return null;
    const bytes = typeof content === "string" ? new (native.part("text").TextEncoder)().encode(content) : content;
    return { read: async () => bytes };
  };

  const methods = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
  const normalised = (method) => {
    const text = String(method);
    if (!token.test(text)) throw new TypeError(`Invalid method "${text}"`);
    const upper = text.toUpperCase();
    return methods.includes(upper) ? upper : text;
  };

  class Request extends Body {
    constructor(input, init = {}) {
      init ??= {};
      const from = input instanceof Request ? input : null;
      const url = from ? from.url : new (native.part("url").URL)(String(input?.href ?? input)).href;
      const method = normalised(init.method ?? from?.method ?? "GET");
      const headers = new Headers(init.headers ?? from?.headers);
      const given = init.body ?? null;
      if (given !== null && (method === "GET" || method === "HEAD")) throw new TypeError("Request with GET/HEAD method cannot have body");
      const { content, type } = encodeBody(given);
      if (type && (!headers.has("content-type") || native.isForm(given))) headers.set("content-type", type);
      const inherited = from && given === null && from._has;
      super(inherited ? from._fork() : sourceOf(content));
      Object.assign(this, {
        url, method, headers,
        redirect: init.redirect ?? from?.redirect ?? "follow",
        signal: init.signal ?? from?.signal ?? new events.AbortController().signal,
      });
      if (!["follow", "manual", "error"].includes(this.redirect)) throw new TypeError(`Invalid redirect "${this.redirect}"`);
    }
    clone() { return new Request(this); }
  }

  class Response extends Body {
    #meta;
    constructor(body = null, init = {}) {
      init ??= {};
      const status = init.status ?? 200;
      if (!(status >= 200 && status <= 599) && init._meta === undefined) throw new RangeError("Response: status must be between 200 and 599");
      const headers = new Headers(init.headers);
      const { content, type } = isStream(body) ? { content: null, type: null } : encodeBody(body);
      if (type && !headers.has("content-type")) headers.set("content-type", type);
      super(init._source ?? (isStream(body) ? { open: () => body, read: () => drained(body) } : sourceOf(content)));
      this.#meta = { url: "", redirected: false, type: "default", ...init._meta, status, statusText: String(init.statusText ?? ""), headers };
    }
    get status() { return this.#meta.status; }
    get statusText() { return this.#meta.statusText; }
    get ok() { return this.#meta.status >= 200 && this.#meta.status < 300; }
    get headers() { return this.#meta.headers; }
    get url() { return this.#meta.url; }
    get redirected() { return this.#meta.redirected; }
    get type() { return this.#meta.type; }
    clone() { return new Response(null, { ...this.#meta, _meta: this.#meta, _source: this._fork() }); }
    static json(data, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has("content-type")) headers.set("content-type", "application/json");
      return new Response(JSON.stringify(data), { ...init, headers });
    }
    static error() { return new Response(null, { status: 0, _meta: { type: "error" } }); }
    static redirect(url, status = 302) {
      if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError("Response.redirect: not a redirect status");
      return new Response(null, { status, headers: { location: new (native.part("url").URL)(url).href } });
    }
  }

  const aborted = (signal, error) => (signal.aborted ? signal.reason : new TypeError(error));

  // The body of an answer: read as a whole when it is first asked for, once, or in chunks.
  const answered = (readAll, readNext, cancel, signal) => {
    let reading;
    const wait = (start) => new Promise((resolve, reject) => {
      start((bytes) => resolve(bytes && new Uint8Array(bytes)), (error) => reject(aborted(signal, error)));
    });
    return {
      read: () => (reading ??= wait(readAll)),
      open: () => new (native.part("streams").ReadableStream)({
        async pull(controller) {
          const chunk = await wait(readNext);
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
        cancel,
      }, { highWaterMark: 0 }),
    };
  };

  async function fetch(input, init) {
    const request = new Request(input, init);
    const signal = request.signal;
    signal.throwIfAborted();
    const content = request._has ? await request.bytes() : null;
    return new Promise((resolve, reject) => {
      const cancel = native.send(
        request.method, request.url, [...request.headers.entries()], content, request.redirect,
        (status, statusText, url, redirected, headers, readAll, readNext) => resolve(new Response(null, {
          status, statusText, headers,
          _meta: { url, redirected, type: "basic" },
          _source: [204, 205, 304].includes(status) || request.method === "HEAD" ? undefined : answered(readAll, readNext, () => cancel(), signal),
        })),
        (error) => reject(aborted(signal, error)),
      );
      signal.addEventListener("abort", () => { cancel(); reject(signal.reason); });
    });
  }

  return { fetch, Headers, Request, Response };
}
