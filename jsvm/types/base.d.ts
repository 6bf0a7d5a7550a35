// Declarations of everything that scripts see. Generated from the Go sources; DO NOT EDIT.

/** The fields of the records of each collection, by the name of the collection. Filled in from the data of the app. */
interface CollectionFields {}

/** The name of a collection. */
type CollectionName = keyof CollectionFields & string;

/** A name of a collection or any other text; editors complete the known names. */
type AnyName = CollectionName | (string & {});

/** The records of a collection. */
type RecordOf<C> = C extends keyof CollectionFields ? models.Record<CollectionFields[C]> : models.Record;

/** The model behind a tag: the records of a collection, or what a system table holds. */
type ModelOf<C> = C extends keyof CollectionFields
  ? models.Record<CollectionFields[C]>
  : C extends "_collections"
    ? models.Collection
    : C extends "_admins"
      ? models.Admin
      : C extends "_externalAuths"
        ? models.ExternalAuth
        : any;

/** An event that is limited to the collections C. */
type TaggedEvent<E, C extends string> = string extends C
  ? E
  : {
      [K in keyof E]: K extends "record"
        ? RecordOf<C> | Extract<E[K], null>
        : K extends "records"
          ? Array<RecordOf<C>>
          : K extends "model"
            ? ModelOf<C>
            : E[K];
    };

/** An event of something that succeeded: whoever it is about is known. */
type AfterEvent<E> = { [K in keyof E]: K extends "record" | "admin" ? NonNullable<E[K]> : E[K] };

/** Options of a hook, given after its handler and tags. */
interface HookOptions {
  /** Handlers of scripts run in this order, lower ones first. The default is 0. */
  order?: number;
  /** How many milliseconds one run may take. */
  timeout?: number;
  /** What listings and traces call the handler. */
  name?: string;
  /** "background" handlers run beside the chain; their result does not count. */
  mode?: "blocking" | "background";
  /** Whether an error of the handler ends the chain. The default is "block". */
  onError?: "block" | "continue";
}

/** Options of a route, given as the last argument. */
interface RouteOptions {
  /** How many milliseconds one run may take. */
  timeout?: number;
}

/** Handles one request. Nothing written is an answer 200 without a body; what it throws becomes an error answer. */
type RouteHandler = (c: echo.Context) => unknown;

/** Wraps a handler: call next to go on. */
type RouteMiddleware = (next: (c: echo.Context) => unknown) => RouteHandler;

/** Wraps the submission of a form: call next to go on. */
type FormInterceptor<T> = (next: (data: T) => unknown) => (data: T) => unknown;

/** The console: log, info and debug print to standard output, warn and error to standard error. */
interface Console {
  debug(...data: any[]): void;
  error(...data: any[]): void;
  info(...data: any[]): void;
  log(...data: any[]): void;
  warn(...data: any[]): void;
}

/** Names what is sent by $http.send as a multipart form. */
interface FormDataEntries {
  append(key: string, value: any, fileName?: string): void;
  delete(key: string): void;
  entries(): Array<[string, any]>;
  get(key: string): any;
  getAll(key: string): Array<any>;
  has(key: string): boolean;
  keys(): Array<string>;
  set(key: string, value: any, fileName?: string): void;
  values(): Array<any>;
}

/** The argument of $http.send. */
interface HttpRequest {
  url: string;
  /** The default is "GET". */
  method?: string;
  body?: string | FormDataEntries | Array<number>;
  headers?: { [name: string]: string };
  /** Seconds; the default is 120. */
  timeout?: number;
  /** A value that is sent as JSON; the older way to give a body. */
  data?: any;
}

/** The result of $http.send. */
interface HttpResponse {
  statusCode: number;
  headers: { [name: string]: Array<string> };
  cookies: { [name: string]: http.Cookie };
  raw: string;
  /** The body as JSON, null when it is none. */
  json: any;
}

/** An address of a mail. */
interface MailAddress {
  address: string;
  name?: string;
}

/** What Go code throws. */
interface GoError extends Error {
  /** The Go error. */
  value: any;
}

/** The description of a field for new Collection and new SchemaField. */
interface FieldData {
  id?: string;
  name?: string;
  type?: "text" | "number" | "bool" | "email" | "url" | "editor" | "date" | "select" | "json" | "file" | "relation" | (string & {});
  system?: boolean;
  required?: boolean;
  presentable?: boolean;
  unique?: boolean;
  options?: { [name: string]: any };
}

/** The description of a collection for new Collection. */
interface CollectionData {
  id?: string;
  created?: string;
  updated?: string;
  name?: string;
  type?: "base" | "auth" | "view" | (string & {});
  system?: boolean;
  schema?: Array<FieldData>;
  indexes?: Array<string>;
  listRule?: string | null;
  viewRule?: string | null;
  createRule?: string | null;
  updateRule?: string | null;
  deleteRule?: string | null;
  options?: { [name: string]: any };
}

declare namespace context {
  /** Ends with the request or call that it belongs to. */
  interface Context {
    err(): Error | null;
    value(key: any): any;
  }
}

declare namespace hook {
  /** The handlers of an event. */
  interface Hook<E> {
    /** Appends a handler and returns its id. */
    add(handler: (e: E) => unknown): string;
    /** Puts a handler in front of all others and returns its id. */
    preAdd(handler: (e: E) => unknown): string;
    /** Drops the handler with the id. */
    remove(id: string): void;
    /** Drops every handler, built-in ones too. */
    removeAll(): void;
    /** Runs the handlers and then the final functions. */
    trigger(e: E, ...final: Array<(e: E) => unknown>): void;
    /** Tells whether a handler would run for an event with the tags. Only hooks that take tags have it. */
    canTriggerOn?(tags: Array<string>): boolean;
  }
}

declare namespace store {
  /** Memory that all runtimes share. It lives as long as the process. */
  interface Store {
    get(key: string): any;
    getAll(): { [key: string]: any };
    has(key: string): boolean;
    length(): number;
    remove(key: string): void;
    removeAll(): void;
    reset(data: { [key: string]: any }): void;
    set(key: string, value: any): void;
    setIfLessThanLimit(key: string, value: any, maxAllowedElements: number): boolean;
  }
}

declare namespace time {
  /** A number of nanoseconds with methods; it prints like "5m0s". */
  interface Duration extends Number {
    abs(): time.Duration;
    hours(): number;
    microseconds(): number;
    milliseconds(): number;
    minutes(): number;
    nanoseconds(): number;
    round(m: number | time.Duration): time.Duration;
    seconds(): number;
    string(): string;
    truncate(m: number | time.Duration): time.Duration;
  }
}

declare namespace types {
  /** A list that is stored as JSON. */
  interface JsonArray<T> extends Array<T> {
    marshalJSON(): Array<number>;
    scan(value: any): void;
    unmarshalJSON(data: string | Array<number>): void;
    value(): any;
  }
}

/** The running app. */
declare const $app: core.App;

/** The absolute path of the hooks directory. */
declare const __hooks: string;

/** Adds a route. A later one of the same method and path replaces it, built-in ones too. Only while files are loaded. */
declare function routerAdd(method: string, path: string, handler: RouteHandler, ...middlewares: Array<RouteMiddleware | RouteOptions>): void;

/** Adds middlewares that run for all routes, after routing. Only while files are loaded. */
declare function routerUse(...middlewares: Array<RouteMiddleware>): void;

/** Adds middlewares that run for all requests, before routing. Only while files are loaded. */
declare function routerPre(...middlewares: Array<RouteMiddleware>): void;

/** Runs a function at the times of an expression such as "*\/5 * * * *" or "@daily", in UTC. The same id replaces. Only while files are loaded. */
declare function cronAdd(id: string, expression: string, handler: () => unknown): void;

/** Removes a job; unknown ids are ignored. Only while files are loaded. */
declare function cronRemove(id: string): void;

/** Declares what a migration does and how it is undone. The database is the transaction of the run. Only in migration files. */
declare function migrate(up: (db: dbx.Builder) => unknown, down?: (db: dbx.Builder) => unknown): void;

/** Returns an empty list for query results of one kind. */
declare function arrayOf<T>(model: T): Array<T>;

/** Reads a reader to its end, or up to the given number of bytes. The default is 32 MB. */
declare function readerToString(reader: any, maxBytes?: number): string;

/** Turns readers, bytes and other values into text; objects become JSON. */
declare function toString(value: any, maxBytes?: number): string;

/** Waits without doing anything else. */
declare function sleep(milliseconds: number): void;

/** Loads a module: a path relative to the file, an absolute one, or a package. */
declare function require(name: string): any;

/** Prints to the console of the process. */
declare const console: Console;

/** The environment of the process. */
declare const process: { env: { [name: string]: string } };

// ---- What the web platform has, too. Projects that check scripts leave the library "dom" out. ----

type TimerID = number;

/** Calls a function once, after some milliseconds. */
declare function setTimeout(handler: (...args: any[]) => unknown, milliseconds?: number, ...args: any[]): TimerID;
/** Calls a function again and again, every so many milliseconds. */
declare function setInterval(handler: (...args: any[]) => unknown, milliseconds?: number, ...args: any[]): TimerID;
/** Calls a function as soon as the running code is done. */
declare function setImmediate(handler: (...args: any[]) => unknown, ...args: any[]): TimerID;
declare function clearTimeout(id?: TimerID | null): void;
declare function clearInterval(id?: TimerID | null): void;
declare function clearImmediate(id?: TimerID | null): void;
/** Calls a function before the next timer or answer. */
declare function queueMicrotask(callback: () => unknown): void;
/** Returns a deep copy. */
declare function structuredClone<T>(value: T): T;
/** Decodes base64 into a text of bytes. */
declare function atob(text: string): string;
/** Encodes a text of bytes as base64. */
declare function btoa(text: string): string;

interface WebEvent {
  readonly type: string;
  readonly target: any;
  readonly currentTarget: any;
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}
declare const Event: { new (type: string, init?: { bubbles?: boolean; cancelable?: boolean }): WebEvent };
declare const CustomEvent: { new (type: string, init?: { detail?: any }): WebEvent & { readonly detail: any } };

interface EventTarget {
  addEventListener(type: string, listener: (event: any) => unknown, options?: any): void;
  removeEventListener(type: string, listener: (event: any) => unknown, options?: any): void;
  dispatchEvent(event: WebEvent): boolean;
}
declare const EventTarget: { new (): EventTarget };

interface DOMException extends Error {
  readonly code: number;
}
declare const DOMException: { new (message?: string, name?: string): DOMException };

interface AbortSignal extends EventTarget {
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((event: WebEvent) => unknown) | null;
  throwIfAborted(): void;
}
declare const AbortSignal: {
  abort(reason?: any): AbortSignal;
  timeout(milliseconds: number): AbortSignal;
  any(signals: Iterable<AbortSignal>): AbortSignal;
};

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare const AbortController: { new (): AbortController };

type HeadersInit = Headers | Array<[string, string]> | { [name: string]: string };

interface Headers extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string): void;
  entries(): IterableIterator<[string, string]>;
  forEach(callback: (value: string, name: string, headers: Headers) => unknown): void;
  get(name: string): string | null;
  has(name: string): boolean;
  keys(): IterableIterator<string>;
  set(name: string, value: string): void;
  values(): IterableIterator<string>;
}
declare const Headers: { new (init?: HeadersInit): Headers };

/** Bytes with a type. In Go code a file of $filesystem stands for it. */
interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  slice(start?: number, end?: number, type?: string): Blob;
  stream(): ReadableStream<Uint8Array>;
  text(): Promise<string>;
}
type BlobPart = string | ArrayBuffer | ArrayBufferView | Blob;
declare const Blob: { new (parts?: Iterable<BlobPart>, options?: { type?: string; endings?: "transparent" | "native" }): Blob };

interface File extends Blob {
  readonly name: string;
  readonly lastModified: number;
}
declare const File: { new (parts: Iterable<BlobPart>, name: string, options?: { type?: string; lastModified?: number }): File };

interface ReadableStreamController<T> {
  readonly desiredSize: number | null;
  enqueue(chunk: T): void;
  close(): void;
  error(reason?: any): void;
}

interface ReadableStreamDefaultReader<T> {
  readonly closed: Promise<void>;
  read(): Promise<{ value: T; done: false } | { value: undefined; done: true }>;
  cancel(reason?: any): Promise<void>;
  releaseLock(): void;
}

/** What can be read in parts. `for await` reads it, too. */
interface ReadableStream<T = any> {
  readonly locked: boolean;
  getReader(): ReadableStreamDefaultReader<T>;
  cancel(reason?: any): Promise<void>;
  tee(): [ReadableStream<T>, ReadableStream<T>];
  values(options?: { preventCancel?: boolean }): AsyncIterableIterator<T>;
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
}
declare const ReadableStream: {
  new <T = any>(source?: {
    start?(controller: ReadableStreamController<T>): unknown;
    pull?(controller: ReadableStreamController<T>): unknown;
    cancel?(reason?: any): unknown;
  }, strategy?: { highWaterMark?: number }): ReadableStream<T>;
  from<T>(items: Iterable<T | Promise<T>> | AsyncIterable<T>): ReadableStream<T>;
};

interface Body {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  blob(): Promise<Blob>;
  formData(): Promise<FormDataEntries>;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
  json(): Promise<any>;
}

interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: string | ArrayBuffer | ArrayBufferView | Blob | URLSearchParams | FormDataEntries | Array<number> | null;
  redirect?: "follow" | "error" | "manual";
  signal?: AbortSignal | null;
}

interface Request extends Body {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  clone(): Request;
}
declare const Request: { new (input: string | URL | Request, init?: RequestInit): Request };

interface Response extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  readonly redirected: boolean;
  readonly url: string;
  readonly headers: Headers;
  clone(): Response;
}
declare const Response: { new (body?: any, init?: { status?: number; statusText?: string; headers?: HeadersInit }): Response };

/** Makes a request without keeping other requests of the same handler waiting. */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

interface TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array;
}
declare const TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  readonly encoding: string;
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
declare const TextDecoder: { new (encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };

interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toJSON(): string;
  toString(): string;
}
declare const URL: { new (url: string | URL, base?: string | URL): URL };

interface URLSearchParams extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string): void;
  entries(): IterableIterator<[string, string]>;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => unknown): void;
  get(name: string): string | null;
  getAll(name: string): Array<string>;
  has(name: string): boolean;
  keys(): IterableIterator<string>;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  values(): IterableIterator<string>;
}
declare const URLSearchParams: { new (init?: string | Array<[string, string]> | { [name: string]: string } | URLSearchParams): URLSearchParams };

/** A key of crypto.subtle. What it consists of can only be exported. */
interface CryptoKey {
  readonly type: "secret" | "public" | "private";
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string; [member: string]: any };
  readonly usages: ReadonlyArray<KeyUsage>;
}
declare const CryptoKey: { prototype: CryptoKey };

type KeyUsage = "sign" | "verify" | "encrypt" | "decrypt" | "deriveBits" | "deriveKey";
type KeyAlgorithm = string | { name: string; [member: string]: any };
type BinaryData = ArrayBuffer | ArrayBufferView;

interface SubtleCrypto {
  digest(algorithm: KeyAlgorithm, data: BinaryData): Promise<ArrayBuffer>;
  generateKey(algorithm: "HMAC" | "AES-GCM" | { name: "HMAC" | "AES-GCM"; [member: string]: any }, extractable: boolean, usages: Array<KeyUsage>): Promise<CryptoKey>;
  generateKey(algorithm: KeyAlgorithm, extractable: boolean, usages: Array<KeyUsage>): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }>;
  importKey(format: "jwk", key: { [member: string]: any }, algorithm: KeyAlgorithm, extractable: boolean, usages: Array<KeyUsage>): Promise<CryptoKey>;
  importKey(format: "raw" | "spki" | "pkcs8", key: BinaryData, algorithm: KeyAlgorithm, extractable: boolean, usages: Array<KeyUsage>): Promise<CryptoKey>;
  exportKey(format: "jwk", key: CryptoKey): Promise<{ [member: string]: any }>;
  exportKey(format: "raw" | "spki" | "pkcs8", key: CryptoKey): Promise<ArrayBuffer>;
  sign(algorithm: KeyAlgorithm, key: CryptoKey, data: BinaryData): Promise<ArrayBuffer>;
  verify(algorithm: KeyAlgorithm, key: CryptoKey, signature: BinaryData, data: BinaryData): Promise<boolean>;
  encrypt(algorithm: KeyAlgorithm, key: CryptoKey, data: BinaryData): Promise<ArrayBuffer>;
  decrypt(algorithm: KeyAlgorithm, key: CryptoKey, data: BinaryData): Promise<ArrayBuffer>;
  deriveBits(algorithm: KeyAlgorithm, key: CryptoKey, bits: number): Promise<ArrayBuffer>;
  deriveKey(algorithm: KeyAlgorithm, key: CryptoKey, target: KeyAlgorithm, extractable: boolean, usages: Array<KeyUsage>): Promise<CryptoKey>;
}

/** Random values, digests, signatures and encryption. */
declare const crypto: {
  randomUUID(): string;
  getRandomValues<T extends ArrayBufferView>(view: T): T;
  readonly subtle: SubtleCrypto;
};

/** A clock that only moves forward. */
declare const performance: { now(): number; readonly timeOrigin: number };

interface Buffer extends Uint8Array {
  toString(encoding?: string): string;
}
declare const Buffer: {
  from(data: string | ArrayBuffer | ArrayLike<number>, encoding?: string): Buffer;
  alloc(size: number): Buffer;
  concat(list: Array<Uint8Array>): Buffer;
  [member: string]: any;
};

// ---- What only exists in test files, *.test.pb.js and *.test.pb.ts. ----

/** What expect() says of a value; each throws when it does not hold. */
interface Expectation<R> {
  toBe(expected: any): R;
  toBeCloseTo(expected: number, digits?: number): R;
  toBeDefined(): R;
  toBeFalsy(): R;
  toBeGreaterThan(expected: any): R;
  toBeGreaterThanOrEqual(expected: any): R;
  toBeInstanceOf(expected: any): R;
  toBeLessThan(expected: any): R;
  toBeLessThanOrEqual(expected: any): R;
  toBeNaN(): R;
  toBeNull(): R;
  toBeTruthy(): R;
  toBeUndefined(): R;
  toContain(expected: any): R;
  toContainEqual(expected: any): R;
  /** Objects of the server, such as records, are compared by their JSON. */
  toEqual(expected: any): R;
  toHaveLength(expected: number): R;
  toHaveProperty(path: string | Array<string | number>, value?: any): R;
  toMatch(expected: string | RegExp): R;
  /** Members that are not named may be anything. */
  toMatchObject(expected: any): R;
  toStrictEqual(expected: any): R;
  /** Expects a function that throws, with a message, class or members. */
  toThrow(expected?: any): R;
}

interface Expectations extends Expectation<void> {
  not: Expectation<void>;
  /** For promises: what they are resolved with. */
  resolves: Expectation<Promise<void>> & { not: Expectation<Promise<void>> };
  /** For promises: what they are rejected with. */
  rejects: Expectation<Promise<void>> & { not: Expectation<Promise<void>> };
}

declare const expect: {
  (actual: any): Expectations;
  any(type: any): any;
  anything(): any;
  arrayContaining(list: Array<any>): any;
  fail(message?: string): never;
  objectContaining(shape: any): any;
  stringContaining(text: string): any;
  stringMatching(pattern: string | RegExp): any;
};

interface TestFunction {
  (name: string, fn: () => unknown, options?: { timeout?: number }): void;
  only(name: string, fn: () => unknown, options?: { timeout?: number }): void;
  skip(name: string, fn: () => unknown, options?: { timeout?: number }): void;
}

/** A test; it may be async. */
declare const test: TestFunction;
/** The same as test. */
declare const it: TestFunction;
/** A group of tests. */
declare const describe: { (name: string, fn: () => void): void; only(name: string, fn: () => void): void; skip(name: string, fn: () => void): void };
declare function beforeEach(fn: () => unknown): void;
declare function afterEach(fn: () => unknown): void;

/** The app under test and the world around it. */
declare const $test: {
  /** An admin, for the option "as" of a request. */
  asAdmin(): models.Admin;
  /** Sends a request to the app. Bodies that are no text become JSON. */
  request(
    method: string,
    path: string,
    options?: { body?: any; headers?: { [name: string]: string }; as?: models.Record<any> | models.Admin | string | null },
  ): { status: number; headers: { [name: string]: string }; text: string; json: any };
  /** Says what requests of scripts to a URL are answered. */
  http(target: string, answer?: { status?: number; headers?: { [name: string]: string }; body?: string; json?: any; error?: string }): void;
  /** The requests that scripts made. */
  requests(): Array<{ method: string; url: string; headers: { [name: string]: string }; body: string; json: any }>;
  /** The mails that were sent. */
  mails(): Array<{
    from: string;
    to: Array<string>;
    cc: Array<string>;
    bcc: Array<string>;
    subject: string;
    html: string;
    text: string;
    headers: { [name: string]: string };
    attachments: { [name: string]: string };
  }>;
  /** The handlers that ran. */
  runs(): Array<any>;
  /** Runs a cron job now. */
  cron(id: string): void;
  /** Tries again until the check no longer throws. */
  eventually<T>(check: () => T, milliseconds?: number): Promise<Awaited<T>>;
};

/** Runs first in every command, before the data directory, databases and settings are opened. */
declare function onBeforeBootstrap(handler: (e: core.BootstrapEvent) => unknown, options?: HookOptions): void;

/** Runs when the databases are open and the settings are loaded, before pending migrations are applied by serve. */
declare function onAfterBootstrap(handler: (e: core.BootstrapEvent) => unknown, options?: HookOptions): void;

/** Runs when a request failed and nothing was written yet. Changing the error changes the answer; stopping skips the default answer. */
declare function onBeforeApiError(handler: (e: core.ApiErrorEvent) => unknown, options?: HookOptions): void;

/** Runs after the error answer was written. Errors are only logged. */
declare function onAfterApiError(handler: (e: core.ApiErrorEvent) => unknown, options?: HookOptions): void;

/** Runs when the app is about to end or to be restarted. The process ends whatever the handlers return. */
declare function onTerminate(handler: (e: core.TerminateEvent) => unknown, options?: HookOptions): void;

/** Runs right before a model is inserted, with the dao of the write, which may be a transaction. Stopping skips the statement silently. */
declare function onModelBeforeCreate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tags: C[]): void;
/** Runs right before a model is inserted, with the dao of the write, which may be a transaction. Stopping skips the statement silently. */
declare function onModelBeforeCreate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after a model was inserted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback. */
declare function onModelAfterCreate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after a model was inserted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback. */
declare function onModelAfterCreate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs right before a model is updated, with the dao of the write, which may be a transaction. Stopping skips the statement silently. */
declare function onModelBeforeUpdate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tags: C[]): void;
/** Runs right before a model is updated, with the dao of the write, which may be a transaction. Stopping skips the statement silently. */
declare function onModelBeforeUpdate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after a model was updated: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback. */
declare function onModelAfterUpdate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after a model was updated: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback. */
declare function onModelAfterUpdate<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs right before a model is deleted, with the dao of the write, which may be a transaction. Stopping skips the statement silently. */
declare function onModelBeforeDelete<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tags: C[]): void;
/** Runs right before a model is deleted, with the dao of the write, which may be a transaction. Stopping skips the statement silently. */
declare function onModelBeforeDelete<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after a model was deleted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback. */
declare function onModelAfterDelete<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after a model was deleted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback. */
declare function onModelAfterDelete<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.ModelEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before the password reset mail of an admin is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeAdminResetPasswordSend(handler: (e: core.MailerAdminEvent) => unknown, options?: HookOptions): void;

/** Runs after the password reset mail of an admin was handed to the mail server. */
declare function onMailerAfterAdminResetPasswordSend(handler: (e: core.MailerAdminEvent) => unknown, options?: HookOptions): void;

/** Runs before the password reset mail of an auth record is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeRecordResetPasswordSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before the password reset mail of an auth record is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeRecordResetPasswordSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the password reset mail of an auth record was handed to the mail server. */
declare function onMailerAfterRecordResetPasswordSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the password reset mail of an auth record was handed to the mail server. */
declare function onMailerAfterRecordResetPasswordSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before the verification mail of an auth record is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeRecordVerificationSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before the verification mail of an auth record is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeRecordVerificationSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the verification mail of an auth record was handed to the mail server. */
declare function onMailerAfterRecordVerificationSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the verification mail of an auth record was handed to the mail server. */
declare function onMailerAfterRecordVerificationSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before the email change mail of an auth record is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeRecordChangeEmailSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before the email change mail of an auth record is sent. Stopping or failing sends nothing. */
declare function onMailerBeforeRecordChangeEmailSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the email change mail of an auth record was handed to the mail server. */
declare function onMailerAfterRecordChangeEmailSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the email change mail of an auth record was handed to the mail server. */
declare function onMailerAfterRecordChangeEmailSend<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.MailerRecordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the query of a list request, before enrichment and the answer. */
declare function onRecordsListRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordsListEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the query of a list request, before enrichment and the answer. */
declare function onRecordsListRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordsListEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after a record was found, before enrichment and the answer. */
declare function onRecordViewRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordViewEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after a record was found, before enrichment and the answer. */
declare function onRecordViewRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordViewEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs when the create rule passed and the body is loaded and validated, before anything is stored. */
declare function onRecordBeforeCreateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordCreateEvent, C>) => unknown, ...tags: C[]): void;
/** Runs when the create rule passed and the body is loaded and validated, before anything is stored. */
declare function onRecordBeforeCreateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordCreateEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the record was stored, before the answer. */
declare function onRecordAfterCreateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordCreateEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the record was stored, before the answer. */
declare function onRecordAfterCreateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordCreateEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs when the rule passed and the body is loaded and validated, before anything is stored. */
declare function onRecordBeforeUpdateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUpdateEvent, C>) => unknown, ...tags: C[]): void;
/** Runs when the rule passed and the body is loaded and validated, before anything is stored. */
declare function onRecordBeforeUpdateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUpdateEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the record was stored, before the answer. */
declare function onRecordAfterUpdateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUpdateEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the record was stored, before the answer. */
declare function onRecordAfterUpdateRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUpdateEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs when the record was found and the rule passed, before anything is deleted. */
declare function onRecordBeforeDeleteRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordDeleteEvent, C>) => unknown, ...tags: C[]): void;
/** Runs when the record was found and the rule passed, before anything is deleted. */
declare function onRecordBeforeDeleteRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordDeleteEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the record was deleted, before the answer. */
declare function onRecordAfterDeleteRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordDeleteEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the record was deleted, before the answer. */
declare function onRecordAfterDeleteRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordDeleteEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs when a token was made for an auth record, before the auth answer. */
declare function onRecordAuthRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthEvent, C>) => unknown, ...tags: C[]): void;
/** Runs when a token was made for an auth record, before the auth answer. */
declare function onRecordAuthRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the identity was looked up, before the password is checked. The record is nil when nothing matches and may be assigned. */
declare function onRecordBeforeAuthWithPasswordRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthWithPasswordEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the identity was looked up, before the password is checked. The record is nil when nothing matches and may be assigned. */
declare function onRecordBeforeAuthWithPasswordRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthWithPasswordEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the password was accepted, before the auth answer. */
declare function onRecordAfterAuthWithPasswordRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<AfterEvent<core.RecordAuthWithPasswordEvent>, C>) => unknown, ...tags: C[]): void;
/** Runs after the password was accepted, before the auth answer. */
declare function onRecordAfterAuthWithPasswordRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<AfterEvent<core.RecordAuthWithPasswordEvent>, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the provider told who the user is, before anything is stored. The record is nil for a new account and may be assigned. */
declare function onRecordBeforeAuthWithOAuth2Request<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthWithOAuth2Event, C>) => unknown, ...tags: C[]): void;
/** Runs after the provider told who the user is, before anything is stored. The record is nil for a new account and may be assigned. */
declare function onRecordBeforeAuthWithOAuth2Request<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthWithOAuth2Event, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the record was stored and linked to the provider. */
declare function onRecordAfterAuthWithOAuth2Request<C extends AnyName = AnyName>(handler: (e: TaggedEvent<AfterEvent<core.RecordAuthWithOAuth2Event>, C>) => unknown, ...tags: C[]): void;
/** Runs after the record was stored and linked to the provider. */
declare function onRecordAfterAuthWithOAuth2Request<C extends AnyName = AnyName>(handler: (e: TaggedEvent<AfterEvent<core.RecordAuthWithOAuth2Event>, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs for an authenticated refresh request, before the new token is made. */
declare function onRecordBeforeAuthRefreshRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthRefreshEvent, C>) => unknown, ...tags: C[]): void;
/** Runs for an authenticated refresh request, before the new token is made. */
declare function onRecordBeforeAuthRefreshRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthRefreshEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs directly after the before handlers of a refresh. */
declare function onRecordAfterAuthRefreshRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthRefreshEvent, C>) => unknown, ...tags: C[]): void;
/** Runs directly after the before handlers of a refresh. */
declare function onRecordAfterAuthRefreshRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordAuthRefreshEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the linked providers of a record were read, before the answer. */
declare function onRecordListExternalAuthsRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordListExternalAuthsEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the linked providers of a record were read, before the answer. */
declare function onRecordListExternalAuthsRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordListExternalAuthsEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before a provider link is deleted. */
declare function onRecordBeforeUnlinkExternalAuthRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUnlinkExternalAuthEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before a provider link is deleted. */
declare function onRecordBeforeUnlinkExternalAuthRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUnlinkExternalAuthEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after a provider link was deleted. */
declare function onRecordAfterUnlinkExternalAuthRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUnlinkExternalAuthEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after a provider link was deleted. */
declare function onRecordAfterUnlinkExternalAuthRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordUnlinkExternalAuthEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before the reset mail job is started. */
declare function onRecordBeforeRequestPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestPasswordResetEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before the reset mail job is started. */
declare function onRecordBeforeRequestPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestPasswordResetEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the reset mail job was started. */
declare function onRecordAfterRequestPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestPasswordResetEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the reset mail job was started. */
declare function onRecordAfterRequestPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestPasswordResetEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs with the new password set in memory, before it is stored. */
declare function onRecordBeforeConfirmPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmPasswordResetEvent, C>) => unknown, ...tags: C[]): void;
/** Runs with the new password set in memory, before it is stored. */
declare function onRecordBeforeConfirmPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmPasswordResetEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the new password was stored. */
declare function onRecordAfterConfirmPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmPasswordResetEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the new password was stored. */
declare function onRecordAfterConfirmPasswordResetRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmPasswordResetEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before the verification mail job is started. */
declare function onRecordBeforeRequestVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestVerificationEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before the verification mail job is started. */
declare function onRecordBeforeRequestVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestVerificationEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the verification mail job was started. */
declare function onRecordAfterRequestVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestVerificationEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the verification mail job was started. */
declare function onRecordAfterRequestVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestVerificationEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs with the record verified in memory, before it is stored. */
declare function onRecordBeforeConfirmVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmVerificationEvent, C>) => unknown, ...tags: C[]): void;
/** Runs with the record verified in memory, before it is stored. */
declare function onRecordBeforeConfirmVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmVerificationEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the verification was stored. */
declare function onRecordAfterConfirmVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmVerificationEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the verification was stored. */
declare function onRecordAfterConfirmVerificationRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmVerificationEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before the email change mail is sent. */
declare function onRecordBeforeRequestEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestEmailChangeEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before the email change mail is sent. */
declare function onRecordBeforeRequestEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestEmailChangeEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the email change mail was sent. */
declare function onRecordAfterRequestEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestEmailChangeEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the email change mail was sent. */
declare function onRecordAfterRequestEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordRequestEmailChangeEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs with the new address set in memory, before it is stored. */
declare function onRecordBeforeConfirmEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmEmailChangeEvent, C>) => unknown, ...tags: C[]): void;
/** Runs with the new address set in memory, before it is stored. */
declare function onRecordBeforeConfirmEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmEmailChangeEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the new address was stored. */
declare function onRecordAfterConfirmEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmEmailChangeEvent, C>) => unknown, ...tags: C[]): void;
/** Runs after the new address was stored. */
declare function onRecordAfterConfirmEmailChangeRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.RecordConfirmEmailChangeEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs when a realtime client is registered, before anything is sent to it. */
declare function onRealtimeConnectRequest(handler: (e: core.RealtimeConnectEvent) => unknown, options?: HookOptions): void;

/** Runs when a realtime connection is over. Errors are only logged. */
declare function onRealtimeDisconnectRequest(handler: (e: core.RealtimeDisconnectEvent) => unknown, options?: HookOptions): void;

/** Runs for every message and client before it is written. Stopping drops the message, an error closes the connection. */
declare function onRealtimeBeforeMessageSend(handler: (e: core.RealtimeMessageEvent) => unknown, options?: HookOptions): void;

/** Runs after a message was written to a client. */
declare function onRealtimeAfterMessageSend(handler: (e: core.RealtimeMessageEvent) => unknown, options?: HookOptions): void;

/** Runs before the subscriptions of a client are replaced. */
declare function onRealtimeBeforeSubscribeRequest(handler: (e: core.RealtimeSubscribeEvent) => unknown, options?: HookOptions): void;

/** Runs after the subscriptions of a client were replaced. */
declare function onRealtimeAfterSubscribeRequest(handler: (e: core.RealtimeSubscribeEvent) => unknown, options?: HookOptions): void;

/** Runs when a file may be served, before it is. */
declare function onFileDownloadRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.FileDownloadEvent, C>) => unknown, ...tags: C[]): void;
/** Runs when a file may be served, before it is. */
declare function onFileDownloadRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.FileDownloadEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs before a file token is answered; a model and a token may be assigned. */
declare function onFileBeforeTokenRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.FileTokenEvent, C>) => unknown, ...tags: C[]): void;
/** Runs before a file token is answered; a model and a token may be assigned. */
declare function onFileBeforeTokenRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.FileTokenEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs when a file token is present, before the answer. */
declare function onFileAfterTokenRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.FileTokenEvent, C>) => unknown, ...tags: C[]): void;
/** Runs when a file token is present, before the answer. */
declare function onFileAfterTokenRequest<C extends AnyName = AnyName>(handler: (e: TaggedEvent<core.FileTokenEvent, C>) => unknown, ...tagsAndOptions: [...tags: C[], options: HookOptions]): void;

/** Runs after the query of a collections list request, before the answer. */
declare function onCollectionsListRequest(handler: (e: core.CollectionsListEvent) => unknown, options?: HookOptions): void;

/** Runs after a collection was found, before the answer. */
declare function onCollectionViewRequest(handler: (e: core.CollectionViewEvent) => unknown, options?: HookOptions): void;

/** Runs before a collection is stored. */
declare function onCollectionBeforeCreateRequest(handler: (e: core.CollectionCreateEvent) => unknown, options?: HookOptions): void;

/** Runs after a collection was stored and its table was created. */
declare function onCollectionAfterCreateRequest(handler: (e: core.CollectionCreateEvent) => unknown, options?: HookOptions): void;

/** Runs before a collection is stored. */
declare function onCollectionBeforeUpdateRequest(handler: (e: core.CollectionUpdateEvent) => unknown, options?: HookOptions): void;

/** Runs after a collection was stored and its table was synced. */
declare function onCollectionAfterUpdateRequest(handler: (e: core.CollectionUpdateEvent) => unknown, options?: HookOptions): void;

/** Runs before a collection is deleted. */
declare function onCollectionBeforeDeleteRequest(handler: (e: core.CollectionDeleteEvent) => unknown, options?: HookOptions): void;

/** Runs after a collection was deleted. */
declare function onCollectionAfterDeleteRequest(handler: (e: core.CollectionDeleteEvent) => unknown, options?: HookOptions): void;

/** Runs before collections are imported. */
declare function onCollectionsBeforeImportRequest(handler: (e: core.CollectionsImportEvent) => unknown, options?: HookOptions): void;

/** Runs after collections were imported and committed. */
declare function onCollectionsAfterImportRequest(handler: (e: core.CollectionsImportEvent) => unknown, options?: HookOptions): void;

/** Runs with a redacted copy of the settings, before the answer. */
declare function onSettingsListRequest(handler: (e: core.SettingsListEvent) => unknown, options?: HookOptions): void;

/** Runs before changed settings are stored. */
declare function onSettingsBeforeUpdateRequest(handler: (e: core.SettingsUpdateEvent) => unknown, options?: HookOptions): void;

/** Runs after changed settings were stored and became active. */
declare function onSettingsAfterUpdateRequest(handler: (e: core.SettingsUpdateEvent) => unknown, options?: HookOptions): void;

/** Runs after the query of an admins list request, before the answer. */
declare function onAdminsListRequest(handler: (e: core.AdminsListEvent) => unknown, options?: HookOptions): void;

/** Runs after an admin was found, before the answer. */
declare function onAdminViewRequest(handler: (e: core.AdminViewEvent) => unknown, options?: HookOptions): void;

/** Runs before an admin is stored. */
declare function onAdminBeforeCreateRequest(handler: (e: core.AdminCreateEvent) => unknown, options?: HookOptions): void;

/** Runs after an admin was stored. */
declare function onAdminAfterCreateRequest(handler: (e: core.AdminCreateEvent) => unknown, options?: HookOptions): void;

/** Runs before an admin is stored. */
declare function onAdminBeforeUpdateRequest(handler: (e: core.AdminUpdateEvent) => unknown, options?: HookOptions): void;

/** Runs after an admin was stored. */
declare function onAdminAfterUpdateRequest(handler: (e: core.AdminUpdateEvent) => unknown, options?: HookOptions): void;

/** Runs before an admin is deleted. */
declare function onAdminBeforeDeleteRequest(handler: (e: core.AdminDeleteEvent) => unknown, options?: HookOptions): void;

/** Runs after an admin was deleted. */
declare function onAdminAfterDeleteRequest(handler: (e: core.AdminDeleteEvent) => unknown, options?: HookOptions): void;

/** Runs when a token was made for an admin, before the auth answer. */
declare function onAdminAuthRequest(handler: (e: core.AdminAuthEvent) => unknown, options?: HookOptions): void;

/** Runs after the admin was looked up, before the password is checked. The admin is nil when nothing matches and may be assigned. */
declare function onAdminBeforeAuthWithPasswordRequest(handler: (e: core.AdminAuthWithPasswordEvent) => unknown, options?: HookOptions): void;

/** Runs after the password was accepted, before the auth answer. */
declare function onAdminAfterAuthWithPasswordRequest(handler: (e: AfterEvent<core.AdminAuthWithPasswordEvent>) => unknown, options?: HookOptions): void;

/** Runs for an authenticated refresh request, before the new token is made. */
declare function onAdminBeforeAuthRefreshRequest(handler: (e: core.AdminAuthRefreshEvent) => unknown, options?: HookOptions): void;

/** Runs directly after the before handlers of a refresh. */
declare function onAdminAfterAuthRefreshRequest(handler: (e: core.AdminAuthRefreshEvent) => unknown, options?: HookOptions): void;

/** Runs before the reset mail job of an admin is started. */
declare function onAdminBeforeRequestPasswordResetRequest(handler: (e: core.AdminRequestPasswordResetEvent) => unknown, options?: HookOptions): void;

/** Runs after the reset mail job of an admin was started. */
declare function onAdminAfterRequestPasswordResetRequest(handler: (e: core.AdminRequestPasswordResetEvent) => unknown, options?: HookOptions): void;

/** Runs with the new password set in memory, before it is stored. */
declare function onAdminBeforeConfirmPasswordResetRequest(handler: (e: core.AdminConfirmPasswordResetEvent) => unknown, options?: HookOptions): void;

/** Runs after the new password was stored. */
declare function onAdminAfterConfirmPasswordResetRequest(handler: (e: core.AdminConfirmPasswordResetEvent) => unknown, options?: HookOptions): void;

/** An administrator. */
declare const Admin: {
  new (data?: { [member: string]: any }): models.Admin;
  (data?: { [member: string]: any }): models.Admin;
};

/** A collection. */
declare const Collection: {
  new (data?: CollectionData): models.Collection;
  (data?: CollectionData): models.Collection;
};

/** Data access on a connection or transaction, without hooks. */
declare const Dao: {
  new (concurrentDB: dbx.Builder, nonconcurrentDB?: dbx.Builder): daos.Dao;
  (concurrentDB: dbx.Builder, nonconcurrentDB?: dbx.Builder): daos.Dao;
};

/** A target for queries with the members of a shape. */
declare const DynamicModel: {
  new <T extends object>(shape: T): T;
  <T extends object>(shape: T): T;
};

/** A record of a collection. */
declare const Record: {
  new <C extends AnyName = AnyName>(collection?: models.Collection, data?: { [field: string]: any }): RecordOf<C>;
  <C extends AnyName = AnyName>(collection?: models.Collection, data?: { [field: string]: any }): RecordOf<C>;
};

/** The fields of a collection. */
declare const Schema: {
  new (fields?: Array<FieldData>): schema.Schema;
  (fields?: Array<FieldData>): schema.Schema;
};

/** One field of a collection. */
declare const SchemaField: {
  new (data?: FieldData): schema.SchemaField;
  (data?: FieldData): schema.SchemaField;
};

/** A command of the command line. */
declare const Command: {
  new (data?: Partial<cobra.Command>): cobra.Command;
  (data?: Partial<cobra.Command>): cobra.Command;
};

/** A cookie of a request or an answer. */
declare const Cookie: {
  new (data?: Partial<http.Cookie>): http.Cookie;
  (data?: Partial<http.Cookie>): http.Cookie;
};

/** A point in time, by default now. */
declare const DateTime: {
  new (text?: any): types.DateTime;
  (text?: any): types.DateTime;
};

/** Named values for a multipart request. */
declare const FormData: {
  new (): FormDataEntries;
  (): FormDataEntries;
};

/** A mail. */
declare const MailerMessage: {
  new (data?: Partial<mailer.Message>): mailer.Message;
  (data?: Partial<mailer.Message>): mailer.Message;
};

/** What rules and expand know of a request. */
declare const RequestInfo: {
  new (data?: Partial<models.RequestInfo>): models.RequestInfo;
  (data?: Partial<models.RequestInfo>): models.RequestInfo;
};

/** A realtime message. */
declare const SubscriptionMessage: {
  new (data?: { name?: string; data?: string | Array<number> }): realtime.Message;
  (data?: { name?: string; data?: string | Array<number> }): realtime.Message;
};

/** An error answer with any status. */
declare const ApiError: {
  new (status?: number, message?: string, data?: any): web.ApiError;
  (status?: number, message?: string, data?: any): web.ApiError;
};

/** A 400 answer. */
declare const BadRequestError: {
  new (message?: string, data?: any): web.ApiError;
  (message?: string, data?: any): web.ApiError;
};

/** A 403 answer. */
declare const ForbiddenError: {
  new (message?: string, data?: any): web.ApiError;
  (message?: string, data?: any): web.ApiError;
};

/** A 404 answer. */
declare const NotFoundError: {
  new (message?: string, data?: any): web.ApiError;
  (message?: string, data?: any): web.ApiError;
};

/** A 401 answer. */
declare const UnauthorizedError: {
  new (message?: string, data?: any): web.ApiError;
  (message?: string, data?: any): web.ApiError;
};

/** Why the value of one field is refused. */
declare const ValidationError: {
  new (code?: string, message?: string): validation.Error;
  (code?: string, message?: string): validation.Error;
};

/** Signs an admin in. */
declare const AdminLoginForm: {
  new (app: core.App): forms.AdminLogin;
  (app: core.App): forms.AdminLogin;
};

/** Sets the new password of an admin. */
declare const AdminPasswordResetConfirmForm: {
  new (app: core.App): forms.AdminPasswordResetConfirm;
  (app: core.App): forms.AdminPasswordResetConfirm;
};

/** Mails an admin a reset link. */
declare const AdminPasswordResetRequestForm: {
  new (app: core.App): forms.AdminPasswordResetRequest;
  (app: core.App): forms.AdminPasswordResetRequest;
};

/** Creates or changes an admin. */
declare const AdminUpsertForm: {
  new (app: core.App, admin: models.Admin): forms.AdminUpsert;
  (app: core.App, admin: models.Admin): forms.AdminUpsert;
};

/** Makes a client secret for Apple. */
declare const AppleClientSecretCreateForm: {
  new (app: core.App): forms.AppleClientSecretCreate;
  (app: core.App): forms.AppleClientSecretCreate;
};

/** Creates or changes a collection. */
declare const CollectionUpsertForm: {
  new (app: core.App, collection: models.Collection): forms.CollectionUpsert;
  (app: core.App, collection: models.Collection): forms.CollectionUpsert;
};

/** Replaces or extends the collections. */
declare const CollectionsImportForm: {
  new (app: core.App): forms.CollectionsImport;
  (app: core.App): forms.CollectionsImport;
};

/** Changes the address of an account. */
declare const RecordEmailChangeConfirmForm: {
  new (app: core.App, collection: models.Collection): forms.RecordEmailChangeConfirm;
  (app: core.App, collection: models.Collection): forms.RecordEmailChangeConfirm;
};

/** Mails a link to a new address. */
declare const RecordEmailChangeRequestForm: {
  new (app: core.App, record: models.Record): forms.RecordEmailChangeRequest;
  (app: core.App, record: models.Record): forms.RecordEmailChangeRequest;
};

/** Signs an account in through a provider. */
declare const RecordOAuth2LoginForm: {
  new (app: core.App, collection: models.Collection, authRecord?: models.Record | null): forms.RecordOAuth2Login;
  (app: core.App, collection: models.Collection, authRecord?: models.Record | null): forms.RecordOAuth2Login;
};

/** Signs an account in with its password. */
declare const RecordPasswordLoginForm: {
  new (app: core.App, collection: models.Collection): forms.RecordPasswordLogin;
  (app: core.App, collection: models.Collection): forms.RecordPasswordLogin;
};

/** Sets the new password of an account. */
declare const RecordPasswordResetConfirmForm: {
  new (app: core.App, collection: models.Collection): forms.RecordPasswordResetConfirm;
  (app: core.App, collection: models.Collection): forms.RecordPasswordResetConfirm;
};

/** Mails an account a reset link. */
declare const RecordPasswordResetRequestForm: {
  new (app: core.App, collection: models.Collection): forms.RecordPasswordResetRequest;
  (app: core.App, collection: models.Collection): forms.RecordPasswordResetRequest;
};

/** Replaces the subscriptions of a realtime client. */
declare const RealtimeSubscribeForm: {
  new (): forms.RealtimeSubscribe;
  (): forms.RealtimeSubscribe;
};

/** Creates or changes a record. */
declare const RecordUpsertForm: {
  new (app: core.App, record: models.Record): forms.RecordUpsert;
  (app: core.App, record: models.Record): forms.RecordUpsert;
};

/** Confirms the address of an account. */
declare const RecordVerificationConfirmForm: {
  new (app: core.App, collection: models.Collection): forms.RecordVerificationConfirm;
  (app: core.App, collection: models.Collection): forms.RecordVerificationConfirm;
};

/** Mails an account a verification link. */
declare const RecordVerificationRequestForm: {
  new (app: core.App, collection: models.Collection): forms.RecordVerificationRequest;
  (app: core.App, collection: models.Collection): forms.RecordVerificationRequest;
};

/** Changes the settings. */
declare const SettingsUpsertForm: {
  new (app: core.App): forms.SettingsUpsert;
  (app: core.App): forms.SettingsUpsert;
};

/** Sends a mail with one of the templates. */
declare const TestEmailSendForm: {
  new (app: core.App): forms.TestEmailSend;
  (app: core.App): forms.TestEmailSend;
};

/** Tries a configured file storage. */
declare const TestS3FilesystemForm: {
  new (app: core.App): forms.TestS3Filesystem;
  (app: core.App): forms.TestS3Filesystem;
};

/** The class of what Go code throws. */
declare const GoError: { new (message?: string): GoError; readonly prototype: GoError };

/** Middlewares, request data and answers of the API for own routes. */
declare const $apis: {
  /**
   * ActivityLogger logs the successful requests of its routes. Failed ones are
   * logged by the error handler, whatever their route.
   */
  activityLogger(app: core.App): RouteMiddleware;
  bodyLimit(bytes: number): RouteMiddleware;
  /** EnrichRecord prepares a record for the answer to a request; see [EnrichRecords]. */
  enrichRecord(c: echo.Context, dao: daos.Dao, record: models.Record, ...defaultExpands: Array<string>): void;
  /**
   * EnrichRecords prepares records of one collection for the answer to a request:
   * it shows emails to those who may see them, and expands the relations of the
   * `expand` parameter and the given ones as far as the view rules allow. Paths
   * that cannot be expanded are left out; that is no error.
   */
  enrichRecords(c: echo.Context, dao: daos.Dao, records: Array<models.Record>, ...defaultExpands: Array<string>): void;
  gzip(): RouteMiddleware;
  /**
   * RecordAuthResponse signs a record in: it makes a token, fires the auth event
   * and answers with token, record and, unless nil, meta. The finalizers run right
   * before the answer is written. The email of the record is always part of the
   * answer, and its relations are expanded as the record itself sees them.
   */
  recordAuthResponse(app: core.App, c: echo.Context, record: models.Record, meta?: any, ...finalizers: Array<(token: string) => unknown>): void;
  /**
   * RequestInfo returns what rules and hooks may know about the request: method,
   * query, headers, body and identity. The body stays readable.
   *
   * The data is read once per request and shared by all callers; the identity is
   * the current one at each call. A body that cannot be parsed counts as empty.
   */
  requestInfo(c: echo.Context): models.RequestInfo;
  /** RequireAdminAuth refuses requests without a valid admin token. */
  requireAdminAuth(): RouteMiddleware;
  /** RequireAdminAuthOnlyIfAny is RequireAdminAuth as soon as there is an admin. */
  requireAdminAuthOnlyIfAny(app: core.App): RouteMiddleware;
  /**
   * requireAdminOrOwnerAuth reads the owner from the path parameter "id" unless
   * another is named.
   */
  requireAdminOrOwnerAuth(ownerIdParam?: string): RouteMiddleware;
  /**
   * RequireAdminOrRecordAuth refuses requests without a valid token. With names a
   * record must belong to one of these collections.
   */
  requireAdminOrRecordAuth(...collectionNames: Array<string>): RouteMiddleware;
  /** RequireGuestOnly refuses requests with a valid token. */
  requireGuestOnly(): RouteMiddleware;
  /**
   * RequireRecordAuth refuses requests without a valid record token. With names
   * the record must belong to one of these collections.
   */
  requireRecordAuth(...collectionNames: Array<string>): RouteMiddleware;
  staticDirectoryHandler(dir: string, indexFallback: boolean): RouteHandler;
};

/** Expressions for the conditions of database queries. */
declare const $dbx: {
  /** And generates an AND expression which concatenates the given expressions with "AND". */
  and(...exps: Array<dbx.Expression>): dbx.Expression;
  /** Between generates a BETWEEN expression. */
  between(col: string, from: any, to: any): dbx.Expression;
  /** Exists generates an EXISTS expression by prefixing "EXISTS" to the given expression. */
  exists(exp: dbx.Expression): dbx.Expression;
  /** NewExp generates an expression with the specified SQL fragment and the optional binding parameters. */
  exp(text: string, ...params: Array<{ [name: string]: any }>): dbx.Expression;
  /**
   * hashExp makes the columns equal their values. dbx reads only []any as a list
   * of alternatives, while Go functions hand scripts typed slices, too.
   */
  hashExp(pairs: { [column: string]: any }): dbx.Expression;
  /** In generates an IN expression for the specified column and the list of allowed values. */
  in(col: string, ...values: Array<any>): dbx.Expression;
  /** Like generates a LIKE expression for the specified column and the possible strings that the column should be like. */
  like(col: string, ...values: Array<string>): dbx.LikeExp;
  /** Not generates a NOT expression which prefixes "NOT" to the specified expression. */
  not(e: dbx.Expression): dbx.Expression;
  /** NotBetween generates a NOT BETWEEN expression. */
  notBetween(col: string, from: any, to: any): dbx.Expression;
  /** NotExists generates an EXISTS expression by prefixing "NOT EXISTS" to the given expression. */
  notExists(exp: dbx.Expression): dbx.Expression;
  /** NotIn generates an NOT IN expression for the specified column and the list of disallowed values. */
  notIn(col: string, ...values: Array<any>): dbx.Expression;
  /** NotLike generates a NOT LIKE expression. */
  notLike(col: string, ...values: Array<string>): dbx.LikeExp;
  /** Or generates an OR expression which concatenates the given expressions with "OR". */
  or(...exps: Array<dbx.Expression>): dbx.Expression;
  /** OrLike generates an OR LIKE expression. */
  orLike(col: string, ...values: Array<string>): dbx.LikeExp;
  /** OrNotLike generates an OR NOT LIKE expression. */
  orNotLike(col: string, ...values: Array<string>): dbx.LikeExp;
};

/** Paths in the form of the operating system. */
declare const $filepath: {
  /** Base returns the last element of path. */
  base(path: string): string;
  /** Clean returns the shortest path name equivalent to path by purely lexical processing. */
  clean(path: string): string;
  /** Dir returns all but the last element of path, typically the path's directory. */
  dir(path: string): string;
  /** Ext returns the file name extension used by path. */
  ext(path: string): string;
  /** FromSlash returns the result of replacing each slash ('/') character in path with a separator character. */
  fromSlash(path: string): string;
  /** Glob returns the names of all files matching pattern or nil if there is no matching file. */
  glob(pattern: string): Array<string>;
  /** IsAbs reports whether the path is absolute. */
  isAbs(path: string): boolean;
  /** Join joins any number of path elements into a single path, separating them with an OS specific [Separator]. */
  join(...elem: Array<string>): string;
  /** Match reports whether name matches the shell file name pattern. */
  match(pattern: string, name: string): boolean;
  /** Rel returns a relative path that is lexically equivalent to targPath when joined to basePath with an intervening separator. */
  rel(basePath: string, targPath: string): string;
  /** Split splits path immediately following the final [Separator], separating it into a directory and file name component. */
  split(path: string): [string, string];
  /** SplitList splits a list of paths joined by the OS-specific [ListSeparator], usually found in PATH or GOPATH environment variables. */
  splitList(path: string): Array<string>;
  /** ToSlash returns the result of replacing each separator character in path with a slash ('/') character. */
  toSlash(path: string): string;
  /** Walk walks the file tree rooted at root, calling fn for each file or directory in the tree, including root. */
  walk(root: string, fn: any): void;
  /** WalkDir walks the file tree rooted at root, calling fn for each file or directory in the tree, including root. */
  walkDir(root: string, fn: (arg0: string, dirEntry: fs.DirEntry, arg2: Error) => unknown): void;
};

/** Files made from paths, bytes, uploads and addresses, ready for file fields. */
declare const $filesystem: {
  /**
   * NewFileFromBytes describes content as a file called name. It is stored under
   * a name derived from it: snake case, a random suffix, the same extension.
   * Empty content is refused.
   */
  fileFromBytes(content: string | Array<number>, name: string): filesystem.File;
  /** NewFileFromMultipart describes an uploaded form file. */
  fileFromMultipart(fh: multipart.FileHeader): filesystem.File;
  /**
   * NewFileFromPath describes the local file at filePath. A missing file is
   * reported at once.
   */
  fileFromPath(filePath: string): filesystem.File;
  fileFromUrl(url: string, seconds?: number): filesystem.File;
};

/** Requests to other servers. */
declare const $http: {
  /**
   * send makes one request and reads the whole answer. Statuses are never errors;
   * it ends with the running call.
   */
  send(request: HttpRequest): HttpResponse;
};

/** The mails of the sign-in flows; each returns when the mail server took it. */
declare const $mails: {
  /**
   * SendAdminPasswordReset sends the admin a link to set a new password with. It
   * fires the admin mailer events and returns once the mail is handed over.
   */
  sendAdminPasswordReset(app: core.App, admin: models.Admin): void;
  /**
   * SendRecordChangeEmail sends newEmail a link that makes it the address of the
   * record. It fires the mailer events and returns once the mail is handed over.
   */
  sendRecordChangeEmail(app: core.App, record: models.Record, newEmail: string): void;
  /**
   * SendRecordPasswordReset sends the record a link to set a new password with.
   * It fires the mailer events and returns once the mail is handed over.
   */
  sendRecordPasswordReset(app: core.App, record: models.Record): void;
  /**
   * SendRecordVerification sends the record a link to confirm its address with.
   * It fires the mailer events and returns once the mail is handed over.
   */
  sendRecordVerification(app: core.App, record: models.Record): void;
};

/** Files, environment and commands of the operating system. */
declare const $os: {
  args: Array<string>;
  /** command prepares a command, which gets the environment that scripts see. */
  cmd(name: string, ...args: Array<string>): exec.Cmd;
  /** DirFS returns a file system (an fs.FS) for the tree of files rooted at the directory dir. */
  dirFS(dir: string): fs.FS;
  /** command prepares a command, which gets the environment that scripts see. */
  exec(name: string, ...args: Array<string>): exec.Cmd;
  /** Exit causes the current program to exit with the given status code. */
  exit(code: number): void;
  /** Getenv retrieves the value of the environment variable named by the key. */
  getenv(key: string): string;
  /** Getwd returns an absolute path name corresponding to the current directory. */
  getwd(): string;
  /** Mkdir creates a new directory with the specified name and permission bits (before umask). */
  mkdir(name: string, perm: number): void;
  /** MkdirAll creates a directory named path, along with any necessary parents, and returns nil, or else returns an error. */
  mkdirAll(path: string, perm: number): void;
  /** ReadDir reads the named directory, returning all its directory entries sorted by filename. */
  readDir(name: string): Array<fs.DirEntry>;
  /** ReadFile reads the named file and returns the contents. */
  readFile(name: string): Array<number>;
  /** Remove removes the named file or directory. */
  remove(name: string): void;
  /** RemoveAll removes path and any children it contains. */
  removeAll(path: string): void;
  /** Rename renames (moves) oldpath to newpath. */
  rename(oldpath: string, newpath: string): void;
  /** TempDir returns the default directory to use for temporary files. */
  tempDir(): string;
  /** Truncate changes the size of the named file. */
  truncate(name: string, size: number): void;
  /** WriteFile writes data to the named file, creating it if necessary. */
  writeFile(name: string, data: string | Array<number>, perm: number): void;
};

/** Hashes, signed tokens, random texts and symmetric encryption. */
declare const $security: {
  createJWT(claims: { [name: string]: any }, key: string, seconds: number): string;
  /**
   * Decrypt opens a text made by Encrypt. It fails for another key, a changed
   * text and anything that is not base64.
   */
  decrypt(cipherText: string, key: string): string;
  /**
   * Encrypt seals data with AES-256-GCM under a 32 byte key and returns
   * base64(nonce || sealed). Two calls never return the same text. The error is
   * about the key.
   */
  encrypt(data: string | Array<number>, key: string): string;
  /** Equal compares two texts in a time that depends only on their lengths. */
  equal(a: string, b: string): boolean;
  /** HS256 returns the lower case hexadecimal HMAC-SHA-256 of text. */
  hs256(text: string, secret: string): string;
  /** HS512 returns the lower case hexadecimal HMAC-SHA-512 of text. */
  hs512(text: string, secret: string): string;
  /**
   * MD5 returns the lower case hexadecimal MD5 of text. It is a checksum, not a
   * protection.
   */
  md5(text: string): string;
  /**
   * ParseJWT returns the claims of a token signed with HS256 and the key. It
   * fails when the signature, the method or a time claim is not right.
   */
  parseJWT(token: string, key: string): { [name: string]: any };
  /**
   * ParseUnverifiedJWT returns the claims of a token without checking who signed
   * it. Its time claims are checked, and an expired token comes back with its
   * claims and ErrTokenExpired.
   */
  parseUnverifiedJWT(token: string): { [name: string]: any };
  /**
   * PseudorandomString returns length random letters and digits that are fast to
   * make and must not guard a secret.
   */
  pseudorandomString(length: number): string;
  /** PseudorandomStringWithAlphabet is PseudorandomString over another alphabet. */
  pseudorandomStringWithAlphabet(length: number, alphabet: string): string;
  /** RandomString returns length cryptographically random letters and digits. */
  randomString(length: number): string;
  /**
   * RandomStringWithAlphabet returns length cryptographically random bytes of
   * alphabet, each equally likely. A length below 1 or an empty alphabet gives an
   * empty text.
   */
  randomStringWithAlphabet(length: number, alphabet: string): string;
  /** SHA256 returns the lower case hexadecimal SHA-256 of text. */
  sha256(text: string): string;
  /** SHA512 returns the lower case hexadecimal SHA-512 of text. */
  sha512(text: string): string;
};

/** Go HTML templates from files, file systems and texts. */
declare const $template: {
  addFuncs(functions: { [name: string]: Function }): typeof $template;
  /**
   * LoadFS loads the files of fsys that match the patterns. The first match is
   * the page that is rendered. A failure is reported by Render.
   */
  loadFS(fsys: fs.FS, ...globPatterns: Array<string>): template.Renderer;
  /**
   * LoadFiles loads the named files. The first one is the page that is rendered,
   * it may use what the others define. A failure is reported by Render.
   */
  loadFiles(...files: Array<string>): template.Renderer;
  /** LoadString loads a template from its text. A failure is reported by Render. */
  loadString(text: string): template.Renderer;
};

/** Signed tokens of admins and auth records. */
declare const $tokens: {
  /** NewAdminAuthToken returns a token that signs requests in as the admin. */
  adminAuthToken(app: core.App, admin: models.Admin): string;
  /** NewAdminFileToken returns a short-lived token for protected files. */
  adminFileToken(app: core.App, admin: models.Admin): string;
  /** NewAdminResetPasswordToken returns a token to set a new admin password with. */
  adminResetPasswordToken(app: core.App, admin: models.Admin): string;
  /** NewRecordAuthToken returns a token that signs requests in as the record. */
  recordAuthToken(app: core.App, record: models.Record): string;
  /** NewRecordChangeEmailToken returns a token that changes the address to newEmail. */
  recordChangeEmailToken(app: core.App, record: models.Record, newEmail: string): string;
  /** NewRecordFileToken returns a short-lived token for protected files. */
  recordFileToken(app: core.App, record: models.Record): string;
  /** NewRecordResetPasswordToken returns a token to set a new password with. */
  recordResetPasswordToken(app: core.App, record: models.Record): string;
  /** NewRecordVerifyToken returns a token that confirms the record's address. */
  recordVerifyToken(app: core.App, record: models.Record): string;
};

declare namespace auth {
  /** AuthUser is what a provider tells about a signed-in user. */
  interface AuthUser {
    id: string;
    name: string;
    username: string;
    email: string;
    avatarUrl: string;
    accessToken: string;
    refreshToken: string;
    expiry: types.DateTime;
    rawUser: { [key: string]: any };
  }
  /**
   * Provider is one configured OAuth2 provider. Scripts and hooks see all of its
   * settings, which is why the interface is wide; implementations embed one base.
   */
  interface Provider {
    authUrl(): string;
    /** BuildAuthUrl returns where to send the user. */
    buildAuthUrl(state: string, ...opts: Array<oauth2.AuthCodeOption>): string;
    /** Client returns an HTTP client that sends the token. */
    client(token: oauth2.Token): http.Client;
    clientId(): string;
    clientSecret(): string;
    context(): context.Context;
    displayName(): string;
    /** FetchAuthUser returns the normalised user. */
    fetchAuthUser(token: oauth2.Token): auth.AuthUser;
    /** FetchRawUserData returns the provider's own description of the user. */
    fetchRawUserData(token: oauth2.Token): Array<number>;
    /** FetchToken exchanges an authorization code. */
    fetchToken(code: string, ...opts: Array<oauth2.AuthCodeOption>): oauth2.Token;
    pkce(): boolean;
    redirectUrl(): string;
    scopes(): Array<string>;
    setAuthUrl(url: string): void;
    setClientId(id: string): void;
    setClientSecret(secret: string): void;
    setContext(ctx: context.Context): void;
    setDisplayName(name: string): void;
    setPKCE(enable: boolean): void;
    setRedirectUrl(url: string): void;
    setScopes(scopes: Array<string>): void;
    setTokenUrl(url: string): void;
    setUserApiUrl(url: string): void;
    tokenUrl(): string;
    userApiUrl(): string;
  }
}

declare namespace cobra {
  /** Command is just that, a command for your application. */
  interface Command {
    /** Use is the one-line usage message. */
    use: string;
    /** Aliases is an array of aliases that can be used instead of the first word in Use. */
    aliases: Array<string>;
    /** SuggestFor is an array of command names for which this command will be suggested - similar to aliases but only suggests. */
    suggestFor: Array<string>;
    /** Short is the short description shown in the 'help' output. */
    short: string;
    /** The group id under which this subcommand is grouped in the 'help' output of its parent. */
    groupID: string;
    /** Long is the long message shown in the 'help <this-command>' output. */
    long: string;
    /** Example is examples of how to use the command. */
    example: string;
    /** ValidArgs is list of all valid non-flag arguments that are accepted in shell completions */
    validArgs: Array<string>;
    /** ValidArgsFunction is an optional function that provides valid non-flag arguments for shell completion. */
    validArgsFunction: (command: cobra.Command, arg1: Array<string>, arg2: string) => [Array<string>, number];
    /** Expected arguments */
    args: (command: cobra.Command, arg1: Array<string>) => void;
    /** ArgAliases is List of aliases for ValidArgs. */
    argAliases: Array<string>;
    /** BashCompletionFunction is custom bash functions used by the legacy bash autocompletion generator. */
    bashCompletionFunction: string;
    /** Deprecated defines, if this command is deprecated and should print this string when used. */
    deprecated: string;
    /** Annotations are key/value pairs that can be used by applications to identify or group commands or set special options. */
    annotations: { [key: string]: string };
    /** Version defines the version for this command. */
    version: string;
    /** The *Run functions are executed in the following order: * PersistentPreRun() * PreRun() * Run() * PostRun() * PersistentPostRun() All functions get the same args, the arguments after the command name. */
    persistentPreRun: (command: cobra.Command, arg1: Array<string>) => void;
    /** PersistentPreRunE: PersistentPreRun but returns an error. */
    persistentPreRunE: (command: cobra.Command, arg1: Array<string>) => void;
    /** PreRun: children of this command will not inherit. */
    preRun: (command: cobra.Command, arg1: Array<string>) => void;
    /** PreRunE: PreRun but returns an error. */
    preRunE: (command: cobra.Command, arg1: Array<string>) => void;
    /** Run: Typically the actual work function. */
    run: (command: cobra.Command, arg1: Array<string>) => void;
    /** RunE: Run but returns an error. */
    runE: (command: cobra.Command, arg1: Array<string>) => void;
    /** PostRun: run after the Run command. */
    postRun: (command: cobra.Command, arg1: Array<string>) => void;
    /** PostRunE: PostRun but returns an error. */
    postRunE: (command: cobra.Command, arg1: Array<string>) => void;
    /** PersistentPostRun: children of this command will inherit and execute after PostRun. */
    persistentPostRun: (command: cobra.Command, arg1: Array<string>) => void;
    /** PersistentPostRunE: PersistentPostRun but returns an error. */
    persistentPostRunE: (command: cobra.Command, arg1: Array<string>) => void;
    /** FParseErrWhitelist flag parse errors to be ignored */
    fParseErrWhitelist: cobra.FParseErrWhitelist;
    /** CompletionOptions is a set of options to control the handling of shell completion */
    completionOptions: cobra.CompletionOptions;
    /** TraverseChildren parses flags on all parents before executing child command. */
    traverseChildren: boolean;
    /** Hidden defines, if this command is hidden and should NOT show up in the list of available commands. */
    hidden: boolean;
    /** SilenceErrors is an option to quiet errors down stream. */
    silenceErrors: boolean;
    /** SilenceUsage is an option to silence usage when an error occurs. */
    silenceUsage: boolean;
    /** DisableFlagParsing disables the flag parsing. */
    disableFlagParsing: boolean;
    /** DisableAutoGenTag defines, if gen tag ("Auto generated by spf13/cobra...") will be printed by generating docs for this command. */
    disableAutoGenTag: boolean;
    /** DisableFlagsInUseLine will disable the addition of [flags] to the usage line of a command when printing help or generating docs */
    disableFlagsInUseLine: boolean;
    /** DisableSuggestions disables the suggestions based on Levenshtein distance that go along with 'unknown command' messages. */
    disableSuggestions: boolean;
    /** SuggestionsMinimumDistance defines minimum levenshtein distance to display suggestions. */
    suggestionsMinimumDistance: number;
    /** AddCommand adds one or more commands to this parent command. */
    addCommand(...cmds: Array<cobra.Command>): void;
    /** AddGroup adds one or more command groups to this parent command. */
    addGroup(...groups: Array<cobra.Group>): void;
    /** AllChildCommandsHaveGroup returns if all subcommands are assigned to a group */
    allChildCommandsHaveGroup(): boolean;
    /** ArgsLenAtDash will return the length of c.Flags().Args at the moment when a -- was found during args parsing. */
    argsLenAtDash(): number;
    /** CalledAs returns the command name or alias that was used to invoke this command or an empty string if the command has not been called. */
    calledAs(): string;
    /** CommandPath returns the full path to this command. */
    commandPath(): string;
    /** CommandPathPadding return padding for the command path. */
    commandPathPadding(): number;
    /** Commands returns a sorted slice of child commands. */
    commands(): Array<cobra.Command>;
    /** ContainsGroup return if groupID exists in the list of command groups. */
    containsGroup(groupID: string): boolean;
    /** Context returns underlying command context. */
    context(): context.Context;
    /** DebugFlags used to determine which flags have been assigned to which commands and which persist. */
    debugFlags(): void;
    /** DisplayName returns the name to display in help text. */
    displayName(): string;
    /** ErrOrStderr returns output to stderr */
    errOrStderr(): io.Writer;
    /** ErrPrefix return error message prefix for the command */
    errPrefix(): string;
    /** Execute uses the args (os.Args[1:] by default) and run through the command tree finding appropriate matches for commands and then corresponding flags. */
    execute(): void;
    /** ExecuteC executes the command. */
    executeC(): cobra.Command;
    /** ExecuteContext is the same as Execute(), but sets the ctx on the command. */
    executeContext(ctx: context.Context): void;
    /** ExecuteContextC is the same as ExecuteC(), but sets the ctx on the command. */
    executeContextC(ctx: context.Context): cobra.Command;
    /** Find the target command given the args and command tree Meant to be run on the highest node. */
    find(args: Array<string>): [cobra.Command, Array<string>];
    /** Flag climbs up the command tree looking for matching flag. */
    flag(name: string): any;
    /** FlagErrorFunc returns either the function set by SetFlagErrorFunc for this command or a parent, or it returns a function which returns the original error. */
    flagErrorFunc(): (command: cobra.Command, arg1: any) => void;
    /** Flags returns the complete FlagSet that applies to this command (local and persistent declared here and by all parents). */
    flags(): any;
    /** GenBashCompletion generates bash completion file and writes to the passed writer. */
    genBashCompletion(w: io.Writer): void;
    /** GenBashCompletionFile generates bash completion file. */
    genBashCompletionFile(filename: string): void;
    /** GenBashCompletionFileV2 generates Bash completion version 2. */
    genBashCompletionFileV2(filename: string, includeDesc: boolean): void;
    /** GenBashCompletionV2 generates Bash completion file version 2 and writes it to the passed writer. */
    genBashCompletionV2(w: io.Writer, includeDesc: boolean): void;
    /** GenFishCompletion generates fish completion file and writes to the passed writer. */
    genFishCompletion(w: io.Writer, includeDesc: boolean): void;
    /** GenFishCompletionFile generates fish completion file. */
    genFishCompletionFile(filename: string, includeDesc: boolean): void;
    /** GenPowerShellCompletion generates powershell completion file without descriptions and writes it to the passed writer. */
    genPowerShellCompletion(w: io.Writer): void;
    /** GenPowerShellCompletionFile generates powershell completion file without descriptions. */
    genPowerShellCompletionFile(filename: string): void;
    /** GenPowerShellCompletionFileWithDesc generates powershell completion file with descriptions. */
    genPowerShellCompletionFileWithDesc(filename: string): void;
    /** GenPowerShellCompletionWithDesc generates powershell completion file with descriptions and writes it to the passed writer. */
    genPowerShellCompletionWithDesc(w: io.Writer): void;
    /** GenZshCompletion generates zsh completion file including descriptions and writes it to the passed writer. */
    genZshCompletion(w: io.Writer): void;
    /** GenZshCompletionFile generates zsh completion file including descriptions. */
    genZshCompletionFile(filename: string): void;
    /** GenZshCompletionFileNoDesc generates zsh completion file without descriptions. */
    genZshCompletionFileNoDesc(filename: string): void;
    /** GenZshCompletionNoDesc generates zsh completion file without descriptions and writes it to the passed writer. */
    genZshCompletionNoDesc(w: io.Writer): void;
    /** GetFlagCompletionFunc returns the completion function for the given flag of the command, if available. */
    getFlagCompletionFunc(flagName: string): [(command: cobra.Command, arg1: Array<string>, arg2: string) => [Array<string>, number], boolean];
    /** GlobalNormalizationFunc returns the global normalization function or nil if it doesn't exist. */
    globalNormalizationFunc(): (flagSet: any, arg1: string) => any;
    /** Groups returns a slice of child command groups. */
    groups(): Array<cobra.Group>;
    /** HasAlias determines if a given string is an alias of the command. */
    hasAlias(s: string): boolean;
    /** HasAvailableFlags checks if the command contains any flags (local plus persistent from the entire structure) which are not hidden or deprecated. */
    hasAvailableFlags(): boolean;
    /** HasAvailableInheritedFlags checks if the command has flags inherited from its parent command which are not hidden or deprecated. */
    hasAvailableInheritedFlags(): boolean;
    /** HasAvailableLocalFlags checks if the command has flags specifically declared locally which are not hidden or deprecated. */
    hasAvailableLocalFlags(): boolean;
    /** HasAvailablePersistentFlags checks if the command contains persistent flags which are not hidden or deprecated. */
    hasAvailablePersistentFlags(): boolean;
    /** HasAvailableSubCommands determines if a command has available sub commands that need to be shown in the usage/help default template under 'available commands'. */
    hasAvailableSubCommands(): boolean;
    /** HasExample determines if the command has example. */
    hasExample(): boolean;
    /** HasFlags checks if the command contains any flags (local plus persistent from the entire structure). */
    hasFlags(): boolean;
    /** HasHelpSubCommands determines if a command has any available 'help' sub commands that need to be shown in the usage/help default template under 'additional help topics'. */
    hasHelpSubCommands(): boolean;
    /** HasInheritedFlags checks if the command has flags inherited from its parent command. */
    hasInheritedFlags(): boolean;
    /** HasLocalFlags checks if the command has flags specifically declared locally. */
    hasLocalFlags(): boolean;
    /** HasParent determines if the command is a child command. */
    hasParent(): boolean;
    /** HasPersistentFlags checks if the command contains persistent flags. */
    hasPersistentFlags(): boolean;
    /** HasSubCommands determines if the command has children commands. */
    hasSubCommands(): boolean;
    /** Help puts out the help for the command. */
    help(): void;
    /** HelpFunc returns either the function set by SetHelpFunc for this command or a parent, or it returns a function with default help behavior. */
    helpFunc(): (command: cobra.Command, arg1: Array<string>) => void;
    /** HelpTemplate return help template for the command. */
    helpTemplate(): string;
    /** InOrStdin returns input to stdin */
    inOrStdin(): io.Reader;
    /** InheritedFlags returns all flags which were inherited from parent commands. */
    inheritedFlags(): any;
    /** InitDefaultCompletionCmd adds a default 'completion' command to c. */
    initDefaultCompletionCmd(...args: Array<string>): void;
    /** InitDefaultHelpCmd adds default help command to c. */
    initDefaultHelpCmd(): void;
    /** InitDefaultHelpFlag adds default help flag to c. */
    initDefaultHelpFlag(): void;
    /** InitDefaultVersionFlag adds default version flag to c. */
    initDefaultVersionFlag(): void;
    /** IsAdditionalHelpTopicCommand determines if a command is an additional help topic command; additional help topic command is determined by the fact that it is NOT runnable/hidden/deprecated, and has no sub commands that are runnable/hidden/deprecated. */
    isAdditionalHelpTopicCommand(): boolean;
    /** IsAvailableCommand determines if a command is available as a non-help command (this includes all non deprecated/hidden commands). */
    isAvailableCommand(): boolean;
    /** LocalFlags returns the local FlagSet specifically set in the current command. */
    localFlags(): any;
    /** LocalNonPersistentFlags are flags specific to this command which will NOT persist to subcommands. */
    localNonPersistentFlags(): any;
    /** MarkFlagCustom adds the BashCompCustom annotation to the named flag, if it exists. */
    markFlagCustom(name: string, f: string): void;
    /** MarkFlagDirname instructs the various shell completion implementations to limit completions for the named flag to directory names. */
    markFlagDirname(name: string): void;
    /** MarkFlagFilename instructs the various shell completion implementations to limit completions for the named flag to the specified file extensions. */
    markFlagFilename(name: string, ...extensions: Array<string>): void;
    /** MarkFlagRequired instructs the various shell completion implementations to prioritize the named flag when performing completion, and causes your command to report an error if invoked without the flag. */
    markFlagRequired(name: string): void;
    /** MarkFlagsMutuallyExclusive marks the given flags with annotations so that Cobra errors if the command is invoked with more than one flag from the given set of flags. */
    markFlagsMutuallyExclusive(...flagNames: Array<string>): void;
    /** MarkFlagsOneRequired marks the given flags with annotations so that Cobra errors if the command is invoked without at least one flag from the given set of flags. */
    markFlagsOneRequired(...flagNames: Array<string>): void;
    /** MarkFlagsRequiredTogether marks the given flags with annotations so that Cobra errors if the command is invoked with a subset (but not all) of the given flags. */
    markFlagsRequiredTogether(...flagNames: Array<string>): void;
    /** MarkPersistentFlagDirname instructs the various shell completion implementations to limit completions for the named persistent flag to directory names. */
    markPersistentFlagDirname(name: string): void;
    /** MarkPersistentFlagFilename instructs the various shell completion implementations to limit completions for the named persistent flag to the specified file extensions. */
    markPersistentFlagFilename(name: string, ...extensions: Array<string>): void;
    /** MarkPersistentFlagRequired instructs the various shell completion implementations to prioritize the named persistent flag when performing completion, and causes your command to report an error if invoked without the flag. */
    markPersistentFlagRequired(name: string): void;
    /** MarkZshCompPositionalArgumentFile only worked for zsh and its behavior was not consistent with Bash completion. */
    markZshCompPositionalArgumentFile(argPosition: number, ...patterns: Array<string>): void;
    /** MarkZshCompPositionalArgumentWords only worked for zsh. */
    markZshCompPositionalArgumentWords(argPosition: number, ...words: Array<string>): void;
    /** Name returns the command's name: the first word in the use line. */
    name(): string;
    /** NameAndAliases returns a list of the command name and all aliases */
    nameAndAliases(): string;
    /** NamePadding returns padding for the name. */
    namePadding(): number;
    /** NonInheritedFlags returns all flags which were not inherited from parent commands. */
    nonInheritedFlags(): any;
    /** OutOrStderr returns output to stderr */
    outOrStderr(): io.Writer;
    /** OutOrStdout returns output to stdout. */
    outOrStdout(): io.Writer;
    /** Parent returns a commands parent command. */
    parent(): cobra.Command;
    /** ParseFlags parses persistent flag tree and local flags. */
    parseFlags(args: Array<string>): void;
    /** PersistentFlags returns the persistent FlagSet specifically set in the current command. */
    persistentFlags(): any;
    /** Print is a convenience method to Print to the defined output, fallback to Stderr if not set. */
    print(...i: Array<any>): void;
    /** PrintErr is a convenience method to Print to the defined Err output, fallback to Stderr if not set. */
    printErr(...i: Array<any>): void;
    /** PrintErrf is a convenience method to Printf to the defined Err output, fallback to Stderr if not set. */
    printErrf(format: string, ...i: Array<any>): void;
    /** PrintErrln is a convenience method to Println to the defined Err output, fallback to Stderr if not set. */
    printErrln(...i: Array<any>): void;
    /** Printf is a convenience method to Printf to the defined output, fallback to Stderr if not set. */
    printf(format: string, ...i: Array<any>): void;
    /** Println is a convenience method to Println to the defined output, fallback to Stderr if not set. */
    println(...i: Array<any>): void;
    /** RegisterFlagCompletionFunc should be called to register a function to provide completion for a flag. */
    registerFlagCompletionFunc(flagName: string, f: (command: cobra.Command, arg1: Array<string>, arg2: string) => [Array<string>, number]): void;
    /** RemoveCommand removes one or more commands from a parent command. */
    removeCommand(...cmds: Array<cobra.Command>): void;
    /** ResetCommands delete parent, subcommand and help command from c. */
    resetCommands(): void;
    /** ResetFlags deletes all flags from command. */
    resetFlags(): void;
    /** Root finds root command. */
    root(): cobra.Command;
    /** Runnable determines if the command is itself runnable. */
    runnable(): boolean;
    /** SetArgs sets arguments for the command. */
    setArgs(a: Array<string>): void;
    /** SetCompletionCommandGroupID sets the group id of the completion command. */
    setCompletionCommandGroupID(groupID: string): void;
    /** SetContext sets context for the command. */
    setContext(ctx: context.Context): void;
    /** SetErr sets the destination for error messages. */
    setErr(newErr: io.Writer): void;
    /** SetErrPrefix sets error message prefix to be used. */
    setErrPrefix(s: string): void;
    /** SetFlagErrorFunc sets a function to generate an error when flag parsing fails. */
    setFlagErrorFunc(f: (command: cobra.Command, arg1: Error) => unknown): void;
    /** SetGlobalNormalizationFunc sets a normalization function to all flag sets and also to child commands. */
    setGlobalNormalizationFunc(n: (flagSet: any, arg1: string) => any): void;
    /** SetHelpCommand sets help command. */
    setHelpCommand(cmd: cobra.Command): void;
    /** SetHelpCommandGroupID sets the group id of the help command. */
    setHelpCommandGroupID(groupID: string): void;
    /** SetHelpFunc sets help function. */
    setHelpFunc(f: (command: cobra.Command, arg1: Array<string>) => unknown): void;
    /** SetHelpTemplate sets help template to be used. */
    setHelpTemplate(s: string): void;
    /** SetIn sets the source for input data If newIn is nil, os.Stdin is used. */
    setIn(newIn: io.Reader): void;
    /** SetOut sets the destination for usage messages. */
    setOut(newOut: io.Writer): void;
    /** SetOutput sets the destination for usage and error messages. */
    setOutput(output: io.Writer): void;
    /** SetUsageFunc sets usage function. */
    setUsageFunc(f: (command: cobra.Command) => unknown): void;
    /** SetUsageTemplate sets usage template. */
    setUsageTemplate(s: string): void;
    /** SetVersionTemplate sets version template to be used. */
    setVersionTemplate(s: string): void;
    /** SuggestionsFor provides suggestions for the typedName. */
    suggestionsFor(typedName: string): Array<string>;
    /** Traverse the command tree to find the command, and parse args for each parent. */
    traverse(args: Array<string>): [cobra.Command, Array<string>];
    /** Usage puts out the usage for the command. */
    usage(): void;
    /** UsageFunc returns either the function set by SetUsageFunc for this command or a parent, or it returns a default usage function. */
    usageFunc(): (command: cobra.Command) => void;
    /** UsagePadding return padding for the usage. */
    usagePadding(): number;
    /** UsageString returns usage string. */
    usageString(): string;
    /** UsageTemplate returns usage template for the command. */
    usageTemplate(): string;
    /** UseLine puts out the full usage for a given command (including parents). */
    useLine(): string;
    validateArgs(args: Array<string>): void;
    /** ValidateFlagGroups validates the mutuallyExclusive/oneRequired/requiredAsGroup logic and returns the first error encountered. */
    validateFlagGroups(): void;
    /** ValidateRequiredFlags validates all required flags are present and returns an error otherwise */
    validateRequiredFlags(): void;
    /** VersionTemplate return version template for the command. */
    versionTemplate(): string;
    /** VisitParents visits all parents of the command and invokes fn on each parent. */
    visitParents(fn: (command: cobra.Command) => unknown): void;
  }
  /** CompletionOptions are the options to control shell completion */
  interface CompletionOptions {
    /** DisableDefaultCmd prevents Cobra from creating a default 'completion' command */
    disableDefaultCmd: boolean;
    /** DisableNoDescFlag prevents Cobra from creating the '--no-descriptions' flag for shells that support completion descriptions */
    disableNoDescFlag: boolean;
    /** DisableDescriptions turns off all completion descriptions for shells that support them */
    disableDescriptions: boolean;
    /** HiddenDefaultCmd makes the default 'completion' command hidden */
    hiddenDefaultCmd: boolean;
    /** DefaultShellCompDirective sets the ShellCompDirective that is returned if no special directive can be determined */
    defaultShellCompDirective: number | null;
    setDefaultShellCompDirective(directive: number): void;
  }
  /** FParseErrWhitelist configures Flag parse errors to be ignored */
  interface FParseErrWhitelist {
    unknownFlags: boolean;
  }
  /** Group Structure to manage groups for commands */
  interface Group {
    id: string;
    title: string;
  }
}

declare namespace core {
  /** AdminAuthEvent is the payload of OnAdminAuthRequest. */
  interface AdminAuthEvent {
    httpContext: echo.Context;
    admin: models.Admin;
    token: string;
  }
  /** AdminAuthRefreshEvent is the payload of the admin token refresh events. */
  interface AdminAuthRefreshEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminAuthWithPasswordEvent is the payload of the admin password sign-in events. */
  interface AdminAuthWithPasswordEvent {
    httpContext: echo.Context;
    admin: models.Admin | null;
    /** Identity and Password are what was submitted; changing them has no effect. */
    identity: string;
    password: string;
  }
  /** AdminConfirmPasswordResetEvent is the payload of the admin password reset confirmation events. */
  interface AdminConfirmPasswordResetEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminCreateEvent is the payload of the admin create request events. */
  interface AdminCreateEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminDeleteEvent is the payload of the admin delete request events. */
  interface AdminDeleteEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminRequestPasswordResetEvent is the payload of the admin password reset request events. */
  interface AdminRequestPasswordResetEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminUpdateEvent is the payload of the admin update request events. */
  interface AdminUpdateEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminViewEvent is the payload of OnAdminViewRequest. */
  interface AdminViewEvent {
    httpContext: echo.Context;
    admin: models.Admin;
  }
  /** AdminsListEvent is the payload of OnAdminsListRequest. */
  interface AdminsListEvent {
    httpContext: echo.Context;
    admins: Array<models.Admin>;
    result: search.Result;
  }
  /** ApiErrorEvent is the payload of the API error events. */
  interface ApiErrorEvent {
    httpContext: echo.Context;
    /** Error is what will be answered; its members may be changed. */
    error: web.ApiError;
  }
  /**
   * App is one application on one data folder. Create it with [New].
   *
   * Hooks may be registered at any time. The data accessors return nil before
   * [App.Bootstrap] and after [App.ResetBootstrapState]; in between all methods
   * are safe for concurrent use. The exported methods are also what scripts see
   * as $app.
   */
  interface App {
    /**
     * RootCmd is the command line of the program. Commands may be added to it
     * until it is executed.
     */
    rootCmd: cobra.Command;
    /**
     * Bootstrap opens the data folder, creating it if it is missing, and loads the
     * settings. It fires OnBeforeBootstrap before and OnAfterBootstrap after that;
     * an error of either fails it. An app that is open is closed first.
     *
     * A folder that cannot be used gives an error of one clear sentence, see
     * [ErrDataDir]. No migration is run, see [App.Migrate].
     */
    bootstrap(): void;
    /** Cache is the same as [App.Store], under its older name. */
    cache(): store.Store;
    /**
     * CreateBackup stores a backup of the data folder under name, while everything
     * goes on. It holds what was acknowledged before the call. Files in S3 storage
     * are not part of it. The error is ErrBackupActive while another one runs.
     */
    createBackup(ctx: context.Context, name: string): void;
    /** DB returns a query builder on the application data. */
    db(): dbx.DB;
    /** Dao returns the access to the application data. */
    dao(): daos.Dao;
    /** DataDir returns the absolute path of the data folder. */
    dataDir(): string;
    /**
     * EncryptionEnv returns the name of the environment variable with the settings
     * encryption key, or "".
     */
    encryptionEnv(): string;
    /** IsBootstrapped tells whether the data folder is open. */
    isBootstrapped(): boolean;
    /** IsDev tells whether the app prints what it does on the console. */
    isDev(): boolean;
    /**
     * Logger returns the logger of the app. Entries are stored in batches in the
     * background; logging never waits.
     */
    logger(): slog.Logger;
    /** LogsDB returns a query builder on the stored log entries. */
    logsDB(): dbx.DB;
    /** LogsDao returns the access to the stored log entries. */
    logsDao(): daos.Dao;
    /** NewBackupsFilesystem returns the storage of backups. The caller closes it. */
    newBackupsFilesystem(): filesystem.System;
    /** NewFilesystem returns the storage of uploaded files. The caller closes it. */
    newFilesystem(): filesystem.System;
    /**
     * NewMailClient returns what mails are sent with now: the SMTP server of the
     * settings, or the sendmail program of the machine; the mailer of the
     * configuration instead, if there is one.
     */
    newMailClient(): mailer.Mailer;
    /**
     * OnAdminAfterAuthRefreshRequest returns the hook of an event.
     *
     * Runs directly after the before handlers of a refresh.
     */
    onAdminAfterAuthRefreshRequest(): hook.Hook<core.AdminAuthRefreshEvent>;
    /**
     * OnAdminAfterAuthWithPasswordRequest returns the hook of an event.
     *
     * Runs after the password was accepted, before the auth answer.
     */
    onAdminAfterAuthWithPasswordRequest(): hook.Hook<core.AdminAuthWithPasswordEvent>;
    /**
     * OnAdminAfterConfirmPasswordResetRequest returns the hook of an event.
     *
     * Runs after the new password was stored.
     */
    onAdminAfterConfirmPasswordResetRequest(): hook.Hook<core.AdminConfirmPasswordResetEvent>;
    /**
     * OnAdminAfterCreateRequest returns the hook of an event.
     *
     * Runs after an admin was stored.
     */
    onAdminAfterCreateRequest(): hook.Hook<core.AdminCreateEvent>;
    /**
     * OnAdminAfterDeleteRequest returns the hook of an event.
     *
     * Runs after an admin was deleted.
     */
    onAdminAfterDeleteRequest(): hook.Hook<core.AdminDeleteEvent>;
    /**
     * OnAdminAfterRequestPasswordResetRequest returns the hook of an event.
     *
     * Runs after the reset mail job of an admin was started.
     */
    onAdminAfterRequestPasswordResetRequest(): hook.Hook<core.AdminRequestPasswordResetEvent>;
    /**
     * OnAdminAfterUpdateRequest returns the hook of an event.
     *
     * Runs after an admin was stored.
     */
    onAdminAfterUpdateRequest(): hook.Hook<core.AdminUpdateEvent>;
    /**
     * OnAdminAuthRequest returns the hook of an event.
     *
     * Runs when a token was made for an admin, before the auth answer.
     */
    onAdminAuthRequest(): hook.Hook<core.AdminAuthEvent>;
    /**
     * OnAdminBeforeAuthRefreshRequest returns the hook of an event.
     *
     * Runs for an authenticated refresh request, before the new token is made.
     */
    onAdminBeforeAuthRefreshRequest(): hook.Hook<core.AdminAuthRefreshEvent>;
    /**
     * OnAdminBeforeAuthWithPasswordRequest returns the hook of an event.
     *
     * Runs after the admin was looked up, before the password is checked. The admin is nil when nothing matches and may be assigned.
     */
    onAdminBeforeAuthWithPasswordRequest(): hook.Hook<core.AdminAuthWithPasswordEvent>;
    /**
     * OnAdminBeforeConfirmPasswordResetRequest returns the hook of an event.
     *
     * Runs with the new password set in memory, before it is stored.
     */
    onAdminBeforeConfirmPasswordResetRequest(): hook.Hook<core.AdminConfirmPasswordResetEvent>;
    /**
     * OnAdminBeforeCreateRequest returns the hook of an event.
     *
     * Runs before an admin is stored.
     */
    onAdminBeforeCreateRequest(): hook.Hook<core.AdminCreateEvent>;
    /**
     * OnAdminBeforeDeleteRequest returns the hook of an event.
     *
     * Runs before an admin is deleted.
     */
    onAdminBeforeDeleteRequest(): hook.Hook<core.AdminDeleteEvent>;
    /**
     * OnAdminBeforeRequestPasswordResetRequest returns the hook of an event.
     *
     * Runs before the reset mail job of an admin is started.
     */
    onAdminBeforeRequestPasswordResetRequest(): hook.Hook<core.AdminRequestPasswordResetEvent>;
    /**
     * OnAdminBeforeUpdateRequest returns the hook of an event.
     *
     * Runs before an admin is stored.
     */
    onAdminBeforeUpdateRequest(): hook.Hook<core.AdminUpdateEvent>;
    /**
     * OnAdminViewRequest returns the hook of an event.
     *
     * Runs after an admin was found, before the answer.
     */
    onAdminViewRequest(): hook.Hook<core.AdminViewEvent>;
    /**
     * OnAdminsListRequest returns the hook of an event.
     *
     * Runs after the query of an admins list request, before the answer.
     */
    onAdminsListRequest(): hook.Hook<core.AdminsListEvent>;
    /**
     * OnAfterApiError returns the hook of an event.
     *
     * Runs after the error answer was written. Errors are only logged.
     */
    onAfterApiError(): hook.Hook<core.ApiErrorEvent>;
    /**
     * OnAfterBootstrap returns the hook of an event.
     *
     * Runs when the databases are open and the settings are loaded, before pending migrations are applied by serve.
     */
    onAfterBootstrap(): hook.Hook<core.BootstrapEvent>;
    /**
     * OnBeforeApiError returns the hook of an event.
     *
     * Runs when a request failed and nothing was written yet. Changing the error changes the answer; stopping skips the default answer.
     */
    onBeforeApiError(): hook.Hook<core.ApiErrorEvent>;
    /**
     * OnBeforeBootstrap returns the hook of an event.
     *
     * Runs first in every command, before the data directory, databases and settings are opened.
     */
    onBeforeBootstrap(): hook.Hook<core.BootstrapEvent>;
    /**
     * OnBeforeServe returns the hook of an event.
     *
     * Runs when the API routes exist, before the server listens. An error ends the process.
     */
    onBeforeServe(): hook.Hook<core.ServeEvent>;
    /**
     * OnCollectionAfterCreateRequest returns the hook of an event.
     *
     * Runs after a collection was stored and its table was created.
     */
    onCollectionAfterCreateRequest(): hook.Hook<core.CollectionCreateEvent>;
    /**
     * OnCollectionAfterDeleteRequest returns the hook of an event.
     *
     * Runs after a collection was deleted.
     */
    onCollectionAfterDeleteRequest(): hook.Hook<core.CollectionDeleteEvent>;
    /**
     * OnCollectionAfterUpdateRequest returns the hook of an event.
     *
     * Runs after a collection was stored and its table was synced.
     */
    onCollectionAfterUpdateRequest(): hook.Hook<core.CollectionUpdateEvent>;
    /**
     * OnCollectionBeforeCreateRequest returns the hook of an event.
     *
     * Runs before a collection is stored.
     */
    onCollectionBeforeCreateRequest(): hook.Hook<core.CollectionCreateEvent>;
    /**
     * OnCollectionBeforeDeleteRequest returns the hook of an event.
     *
     * Runs before a collection is deleted.
     */
    onCollectionBeforeDeleteRequest(): hook.Hook<core.CollectionDeleteEvent>;
    /**
     * OnCollectionBeforeUpdateRequest returns the hook of an event.
     *
     * Runs before a collection is stored.
     */
    onCollectionBeforeUpdateRequest(): hook.Hook<core.CollectionUpdateEvent>;
    /**
     * OnCollectionViewRequest returns the hook of an event.
     *
     * Runs after a collection was found, before the answer.
     */
    onCollectionViewRequest(): hook.Hook<core.CollectionViewEvent>;
    /**
     * OnCollectionsAfterImportRequest returns the hook of an event.
     *
     * Runs after collections were imported and committed.
     */
    onCollectionsAfterImportRequest(): hook.Hook<core.CollectionsImportEvent>;
    /**
     * OnCollectionsBeforeImportRequest returns the hook of an event.
     *
     * Runs before collections are imported.
     */
    onCollectionsBeforeImportRequest(): hook.Hook<core.CollectionsImportEvent>;
    /**
     * OnCollectionsListRequest returns the hook of an event.
     *
     * Runs after the query of a collections list request, before the answer.
     */
    onCollectionsListRequest(): hook.Hook<core.CollectionsListEvent>;
    /**
     * OnFileAfterTokenRequest returns the hook of an event.
     *
     * Runs when a file token is present, before the answer.
     */
    onFileAfterTokenRequest(...tags: Array<string>): hook.Hook<core.FileTokenEvent>;
    /**
     * OnFileBeforeTokenRequest returns the hook of an event.
     *
     * Runs before a file token is answered; a model and a token may be assigned.
     */
    onFileBeforeTokenRequest(...tags: Array<string>): hook.Hook<core.FileTokenEvent>;
    /**
     * OnFileDownloadRequest returns the hook of an event.
     *
     * Runs when a file may be served, before it is.
     */
    onFileDownloadRequest(...tags: Array<string>): hook.Hook<core.FileDownloadEvent>;
    /**
     * OnMailerAfterAdminResetPasswordSend returns the hook of an event.
     *
     * Runs after the password reset mail of an admin was handed to the mail server.
     */
    onMailerAfterAdminResetPasswordSend(): hook.Hook<core.MailerAdminEvent>;
    /**
     * OnMailerAfterRecordChangeEmailSend returns the hook of an event.
     *
     * Runs after the email change mail of an auth record was handed to the mail server.
     */
    onMailerAfterRecordChangeEmailSend(...tags: Array<string>): hook.Hook<core.MailerRecordEvent>;
    /**
     * OnMailerAfterRecordResetPasswordSend returns the hook of an event.
     *
     * Runs after the password reset mail of an auth record was handed to the mail server.
     */
    onMailerAfterRecordResetPasswordSend(...tags: Array<string>): hook.Hook<core.MailerRecordEvent>;
    /**
     * OnMailerAfterRecordVerificationSend returns the hook of an event.
     *
     * Runs after the verification mail of an auth record was handed to the mail server.
     */
    onMailerAfterRecordVerificationSend(...tags: Array<string>): hook.Hook<core.MailerRecordEvent>;
    /**
     * OnMailerBeforeAdminResetPasswordSend returns the hook of an event.
     *
     * Runs before the password reset mail of an admin is sent. Stopping or failing sends nothing.
     */
    onMailerBeforeAdminResetPasswordSend(): hook.Hook<core.MailerAdminEvent>;
    /**
     * OnMailerBeforeRecordChangeEmailSend returns the hook of an event.
     *
     * Runs before the email change mail of an auth record is sent. Stopping or failing sends nothing.
     */
    onMailerBeforeRecordChangeEmailSend(...tags: Array<string>): hook.Hook<core.MailerRecordEvent>;
    /**
     * OnMailerBeforeRecordResetPasswordSend returns the hook of an event.
     *
     * Runs before the password reset mail of an auth record is sent. Stopping or failing sends nothing.
     */
    onMailerBeforeRecordResetPasswordSend(...tags: Array<string>): hook.Hook<core.MailerRecordEvent>;
    /**
     * OnMailerBeforeRecordVerificationSend returns the hook of an event.
     *
     * Runs before the verification mail of an auth record is sent. Stopping or failing sends nothing.
     */
    onMailerBeforeRecordVerificationSend(...tags: Array<string>): hook.Hook<core.MailerRecordEvent>;
    /**
     * OnModelAfterCreate returns the hook of an event.
     *
     * Runs after a model was inserted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback.
     */
    onModelAfterCreate(...tags: Array<string>): hook.Hook<core.ModelEvent>;
    /**
     * OnModelAfterDelete returns the hook of an event.
     *
     * Runs after a model was deleted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback.
     */
    onModelAfterDelete(...tags: Array<string>): hook.Hook<core.ModelEvent>;
    /**
     * OnModelAfterUpdate returns the hook of an event.
     *
     * Runs after a model was updated: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback.
     */
    onModelAfterUpdate(...tags: Array<string>): hook.Hook<core.ModelEvent>;
    /**
     * OnModelBeforeCreate returns the hook of an event.
     *
     * Runs right before a model is inserted, with the dao of the write, which may be a transaction. Stopping skips the statement silently.
     */
    onModelBeforeCreate(...tags: Array<string>): hook.Hook<core.ModelEvent>;
    /**
     * OnModelBeforeDelete returns the hook of an event.
     *
     * Runs right before a model is deleted, with the dao of the write, which may be a transaction. Stopping skips the statement silently.
     */
    onModelBeforeDelete(...tags: Array<string>): hook.Hook<core.ModelEvent>;
    /**
     * OnModelBeforeUpdate returns the hook of an event.
     *
     * Runs right before a model is updated, with the dao of the write, which may be a transaction. Stopping skips the statement silently.
     */
    onModelBeforeUpdate(...tags: Array<string>): hook.Hook<core.ModelEvent>;
    /**
     * OnRealtimeAfterMessageSend returns the hook of an event.
     *
     * Runs after a message was written to a client.
     */
    onRealtimeAfterMessageSend(): hook.Hook<core.RealtimeMessageEvent>;
    /**
     * OnRealtimeAfterSubscribeRequest returns the hook of an event.
     *
     * Runs after the subscriptions of a client were replaced.
     */
    onRealtimeAfterSubscribeRequest(): hook.Hook<core.RealtimeSubscribeEvent>;
    /**
     * OnRealtimeBeforeMessageSend returns the hook of an event.
     *
     * Runs for every message and client before it is written. Stopping drops the message, an error closes the connection.
     */
    onRealtimeBeforeMessageSend(): hook.Hook<core.RealtimeMessageEvent>;
    /**
     * OnRealtimeBeforeSubscribeRequest returns the hook of an event.
     *
     * Runs before the subscriptions of a client are replaced.
     */
    onRealtimeBeforeSubscribeRequest(): hook.Hook<core.RealtimeSubscribeEvent>;
    /**
     * OnRealtimeConnectRequest returns the hook of an event.
     *
     * Runs when a realtime client is registered, before anything is sent to it.
     */
    onRealtimeConnectRequest(): hook.Hook<core.RealtimeConnectEvent>;
    /**
     * OnRealtimeDisconnectRequest returns the hook of an event.
     *
     * Runs when a realtime connection is over. Errors are only logged.
     */
    onRealtimeDisconnectRequest(): hook.Hook<core.RealtimeDisconnectEvent>;
    /**
     * OnRecordAfterAuthRefreshRequest returns the hook of an event.
     *
     * Runs directly after the before handlers of a refresh.
     */
    onRecordAfterAuthRefreshRequest(...tags: Array<string>): hook.Hook<core.RecordAuthRefreshEvent>;
    /**
     * OnRecordAfterAuthWithOAuth2Request returns the hook of an event.
     *
     * Runs after the record was stored and linked to the provider.
     */
    onRecordAfterAuthWithOAuth2Request(...tags: Array<string>): hook.Hook<core.RecordAuthWithOAuth2Event>;
    /**
     * OnRecordAfterAuthWithPasswordRequest returns the hook of an event.
     *
     * Runs after the password was accepted, before the auth answer.
     */
    onRecordAfterAuthWithPasswordRequest(...tags: Array<string>): hook.Hook<core.RecordAuthWithPasswordEvent>;
    /**
     * OnRecordAfterConfirmEmailChangeRequest returns the hook of an event.
     *
     * Runs after the new address was stored.
     */
    onRecordAfterConfirmEmailChangeRequest(...tags: Array<string>): hook.Hook<core.RecordConfirmEmailChangeEvent>;
    /**
     * OnRecordAfterConfirmPasswordResetRequest returns the hook of an event.
     *
     * Runs after the new password was stored.
     */
    onRecordAfterConfirmPasswordResetRequest(...tags: Array<string>): hook.Hook<core.RecordConfirmPasswordResetEvent>;
    /**
     * OnRecordAfterConfirmVerificationRequest returns the hook of an event.
     *
     * Runs after the verification was stored.
     */
    onRecordAfterConfirmVerificationRequest(...tags: Array<string>): hook.Hook<core.RecordConfirmVerificationEvent>;
    /**
     * OnRecordAfterCreateRequest returns the hook of an event.
     *
     * Runs after the record was stored, before the answer.
     */
    onRecordAfterCreateRequest(...tags: Array<string>): hook.Hook<core.RecordCreateEvent>;
    /**
     * OnRecordAfterDeleteRequest returns the hook of an event.
     *
     * Runs after the record was deleted, before the answer.
     */
    onRecordAfterDeleteRequest(...tags: Array<string>): hook.Hook<core.RecordDeleteEvent>;
    /**
     * OnRecordAfterRequestEmailChangeRequest returns the hook of an event.
     *
     * Runs after the email change mail was sent.
     */
    onRecordAfterRequestEmailChangeRequest(...tags: Array<string>): hook.Hook<core.RecordRequestEmailChangeEvent>;
    /**
     * OnRecordAfterRequestPasswordResetRequest returns the hook of an event.
     *
     * Runs after the reset mail job was started.
     */
    onRecordAfterRequestPasswordResetRequest(...tags: Array<string>): hook.Hook<core.RecordRequestPasswordResetEvent>;
    /**
     * OnRecordAfterRequestVerificationRequest returns the hook of an event.
     *
     * Runs after the verification mail job was started.
     */
    onRecordAfterRequestVerificationRequest(...tags: Array<string>): hook.Hook<core.RecordRequestVerificationEvent>;
    /**
     * OnRecordAfterUnlinkExternalAuthRequest returns the hook of an event.
     *
     * Runs after a provider link was deleted.
     */
    onRecordAfterUnlinkExternalAuthRequest(...tags: Array<string>): hook.Hook<core.RecordUnlinkExternalAuthEvent>;
    /**
     * OnRecordAfterUpdateRequest returns the hook of an event.
     *
     * Runs after the record was stored, before the answer.
     */
    onRecordAfterUpdateRequest(...tags: Array<string>): hook.Hook<core.RecordUpdateEvent>;
    /**
     * OnRecordAuthRequest returns the hook of an event.
     *
     * Runs when a token was made for an auth record, before the auth answer.
     */
    onRecordAuthRequest(...tags: Array<string>): hook.Hook<core.RecordAuthEvent>;
    /**
     * OnRecordBeforeAuthRefreshRequest returns the hook of an event.
     *
     * Runs for an authenticated refresh request, before the new token is made.
     */
    onRecordBeforeAuthRefreshRequest(...tags: Array<string>): hook.Hook<core.RecordAuthRefreshEvent>;
    /**
     * OnRecordBeforeAuthWithOAuth2Request returns the hook of an event.
     *
     * Runs after the provider told who the user is, before anything is stored. The record is nil for a new account and may be assigned.
     */
    onRecordBeforeAuthWithOAuth2Request(...tags: Array<string>): hook.Hook<core.RecordAuthWithOAuth2Event>;
    /**
     * OnRecordBeforeAuthWithPasswordRequest returns the hook of an event.
     *
     * Runs after the identity was looked up, before the password is checked. The record is nil when nothing matches and may be assigned.
     */
    onRecordBeforeAuthWithPasswordRequest(...tags: Array<string>): hook.Hook<core.RecordAuthWithPasswordEvent>;
    /**
     * OnRecordBeforeConfirmEmailChangeRequest returns the hook of an event.
     *
     * Runs with the new address set in memory, before it is stored.
     */
    onRecordBeforeConfirmEmailChangeRequest(...tags: Array<string>): hook.Hook<core.RecordConfirmEmailChangeEvent>;
    /**
     * OnRecordBeforeConfirmPasswordResetRequest returns the hook of an event.
     *
     * Runs with the new password set in memory, before it is stored.
     */
    onRecordBeforeConfirmPasswordResetRequest(...tags: Array<string>): hook.Hook<core.RecordConfirmPasswordResetEvent>;
    /**
     * OnRecordBeforeConfirmVerificationRequest returns the hook of an event.
     *
     * Runs with the record verified in memory, before it is stored.
     */
    onRecordBeforeConfirmVerificationRequest(...tags: Array<string>): hook.Hook<core.RecordConfirmVerificationEvent>;
    /**
     * OnRecordBeforeCreateRequest returns the hook of an event.
     *
     * Runs when the create rule passed and the body is loaded and validated, before anything is stored.
     */
    onRecordBeforeCreateRequest(...tags: Array<string>): hook.Hook<core.RecordCreateEvent>;
    /**
     * OnRecordBeforeDeleteRequest returns the hook of an event.
     *
     * Runs when the record was found and the rule passed, before anything is deleted.
     */
    onRecordBeforeDeleteRequest(...tags: Array<string>): hook.Hook<core.RecordDeleteEvent>;
    /**
     * OnRecordBeforeRequestEmailChangeRequest returns the hook of an event.
     *
     * Runs before the email change mail is sent.
     */
    onRecordBeforeRequestEmailChangeRequest(...tags: Array<string>): hook.Hook<core.RecordRequestEmailChangeEvent>;
    /**
     * OnRecordBeforeRequestPasswordResetRequest returns the hook of an event.
     *
     * Runs before the reset mail job is started.
     */
    onRecordBeforeRequestPasswordResetRequest(...tags: Array<string>): hook.Hook<core.RecordRequestPasswordResetEvent>;
    /**
     * OnRecordBeforeRequestVerificationRequest returns the hook of an event.
     *
     * Runs before the verification mail job is started.
     */
    onRecordBeforeRequestVerificationRequest(...tags: Array<string>): hook.Hook<core.RecordRequestVerificationEvent>;
    /**
     * OnRecordBeforeUnlinkExternalAuthRequest returns the hook of an event.
     *
     * Runs before a provider link is deleted.
     */
    onRecordBeforeUnlinkExternalAuthRequest(...tags: Array<string>): hook.Hook<core.RecordUnlinkExternalAuthEvent>;
    /**
     * OnRecordBeforeUpdateRequest returns the hook of an event.
     *
     * Runs when the rule passed and the body is loaded and validated, before anything is stored.
     */
    onRecordBeforeUpdateRequest(...tags: Array<string>): hook.Hook<core.RecordUpdateEvent>;
    /**
     * OnRecordListExternalAuthsRequest returns the hook of an event.
     *
     * Runs after the linked providers of a record were read, before the answer.
     */
    onRecordListExternalAuthsRequest(...tags: Array<string>): hook.Hook<core.RecordListExternalAuthsEvent>;
    /**
     * OnRecordViewRequest returns the hook of an event.
     *
     * Runs after a record was found, before enrichment and the answer.
     */
    onRecordViewRequest(...tags: Array<string>): hook.Hook<core.RecordViewEvent>;
    /**
     * OnRecordsListRequest returns the hook of an event.
     *
     * Runs after the query of a list request, before enrichment and the answer.
     */
    onRecordsListRequest(...tags: Array<string>): hook.Hook<core.RecordsListEvent>;
    /**
     * OnSettingsAfterUpdateRequest returns the hook of an event.
     *
     * Runs after changed settings were stored and became active.
     */
    onSettingsAfterUpdateRequest(): hook.Hook<core.SettingsUpdateEvent>;
    /**
     * OnSettingsBeforeUpdateRequest returns the hook of an event.
     *
     * Runs before changed settings are stored.
     */
    onSettingsBeforeUpdateRequest(): hook.Hook<core.SettingsUpdateEvent>;
    /**
     * OnSettingsListRequest returns the hook of an event.
     *
     * Runs with a redacted copy of the settings, before the answer.
     */
    onSettingsListRequest(): hook.Hook<core.SettingsListEvent>;
    /**
     * OnTerminate returns the hook of an event.
     *
     * Runs when the app is about to end or to be restarted. The process ends whatever the handlers return.
     */
    onTerminate(): hook.Hook<core.TerminateEvent>;
    /**
     * RefreshSettings makes the live settings those that are stored. Missing ones
     * are stored with their defaults. With an encryption key, settings stored in
     * plain text are encrypted at once; a wrong or missing key is an error and
     * leaves the live settings as they are.
     */
    refreshSettings(): void;
    /**
     * ResetBootstrapState closes what Bootstrap opened, after the background jobs
     * ended and what was logged is stored. It may be followed by another Bootstrap.
     */
    resetBootstrapState(): void;
    /**
     * Restart terminates the app and replaces the process by a new run of the same
     * program with the same arguments. In Go it returns only on failure; scripts go
     * on, and the restart waits until their request has ended.
     */
    restart(): void;
    /**
     * RestoreBackup replaces the content of the data folder, backups aside, by that
     * of the stored backup name. It returns when the backup is unpacked and found
     * to be usable; until then nothing changes, and an error means that nothing
     * will. After that the app terminates, the contents are exchanged and the
     * process starts anew, with the old content should the exchange fail.
     *
     * The error is ErrBackupActive while another backup is made or restored.
     */
    restoreBackup(ctx: context.Context, name: string): void;
    /**
     * Settings returns the live settings: changing a member acts at once, and is
     * kept once the dao saved the settings.
     */
    settings(): settings.Settings;
    /** Store returns the memory that hooks and requests of this process share. */
    store(): store.Store;
    /** SubscriptionsBroker returns the registry of connected realtime clients. */
    subscriptionsBroker(): realtime.Broker;
    app: core.App;
  }
  /**
   * BaseCollectionEvent is embedded in events about something of one collection
   * and yields its id and name as tags.
   */
  interface BaseCollectionEvent {
    collection: models.Collection;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /**
   * BaseModelEvent is embedded in events about one model and yields its tags:
   * collection id and name of a record, the table name of any other model.
   */
  interface BaseModelEvent {
    model: any;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** BootstrapEvent is the payload of the bootstrap events. */
  interface BootstrapEvent {
    app: core.App;
  }
  /** CollectionCreateEvent is the payload of the collection create request events. */
  interface CollectionCreateEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** CollectionDeleteEvent is the payload of the collection delete request events. */
  interface CollectionDeleteEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** CollectionUpdateEvent is the payload of the collection update request events. */
  interface CollectionUpdateEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** CollectionViewEvent is the payload of OnCollectionViewRequest. */
  interface CollectionViewEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** CollectionsImportEvent is the payload of the collections import events. */
  interface CollectionsImportEvent {
    httpContext: echo.Context;
    collections: Array<models.Collection>;
  }
  /** CollectionsListEvent is the payload of OnCollectionsListRequest. */
  interface CollectionsListEvent {
    httpContext: echo.Context;
    collections: Array<models.Collection>;
    result: search.Result;
  }
  /** FileDownloadEvent is the payload of OnFileDownloadRequest. */
  interface FileDownloadEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    fileField: schema.SchemaField;
    /** ServedPath is the storage key of what is served, ServedName its public name. */
    servedPath: string;
    servedName: string;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** FileTokenEvent is the payload of the file token events. */
  interface FileTokenEvent {
    baseModelEvent: core.BaseModelEvent;
    model: any;
    httpContext: echo.Context;
    /** Token is empty for guests. */
    token: string;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** MailerAdminEvent is the payload of the admin mail events. */
  interface MailerAdminEvent {
    /** MailClient sends the message and may be replaced. */
    mailClient: mailer.Mailer;
    message: mailer.Message;
    admin: models.Admin;
    /** Meta holds "token". */
    meta: { [key: string]: any };
  }
  /** MailerRecordEvent is the payload of the record mail events. */
  interface MailerRecordEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    /** MailClient sends the message and may be replaced. */
    mailClient: mailer.Mailer;
    message: mailer.Message;
    record: models.Record;
    /** Meta holds "token" and, for email changes, "newEmail". */
    meta: { [key: string]: any };
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** ModelEvent is the payload of the model events. */
  interface ModelEvent {
    baseModelEvent: core.BaseModelEvent;
    model: any;
    /**
     * Dao is the one of the write. In before events it may be a transaction,
     * and further writes must use it; in after events it is the plain one.
     */
    dao: daos.Dao;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RealtimeConnectEvent is the payload of OnRealtimeConnectRequest. */
  interface RealtimeConnectEvent {
    httpContext: echo.Context;
    client: realtime.Client;
    /** IdleTimeout closes the connection when nothing was sent for that long. */
    idleTimeout: time.Duration;
  }
  /** RealtimeDisconnectEvent is the payload of OnRealtimeDisconnectRequest. */
  interface RealtimeDisconnectEvent {
    httpContext: echo.Context;
    client: realtime.Client;
  }
  /** RealtimeMessageEvent is the payload of the realtime message events. */
  interface RealtimeMessageEvent {
    httpContext: echo.Context;
    client: realtime.Client;
    message: realtime.Message;
  }
  /** RealtimeSubscribeEvent is the payload of the realtime subscribe events. */
  interface RealtimeSubscribeEvent {
    httpContext: echo.Context;
    client: realtime.Client;
    subscriptions: Array<string>;
  }
  /** RecordAuthEvent is the payload of OnRecordAuthRequest. */
  interface RecordAuthEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    token: string;
    /** Meta is answered as it is when not nil. */
    meta: any;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordAuthRefreshEvent is the payload of the record token refresh events. */
  interface RecordAuthRefreshEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordAuthWithOAuth2Event is the payload of the record OAuth2 sign-in events. */
  interface RecordAuthWithOAuth2Event {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    providerName: string;
    providerClient: auth.Provider;
    record: models.Record | null;
    oAuth2User: auth.AuthUser;
    isNewRecord: boolean;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordAuthWithPasswordEvent is the payload of the record password sign-in events. */
  interface RecordAuthWithPasswordEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record | null;
    /** Identity and Password are what was submitted; changing them has no effect. */
    identity: string;
    password: string;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordConfirmEmailChangeEvent is the payload of the record email change confirmation events. */
  interface RecordConfirmEmailChangeEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordConfirmPasswordResetEvent is the payload of the record password reset confirmation events. */
  interface RecordConfirmPasswordResetEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordConfirmVerificationEvent is the payload of the record verification confirmation events. */
  interface RecordConfirmVerificationEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordCreateEvent is the payload of the record create request events. */
  interface RecordCreateEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** UploadedFiles holds the new files by field name. */
    uploadedFiles: { [key: string]: Array<filesystem.File> };
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordDeleteEvent is the payload of the record delete request events. */
  interface RecordDeleteEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordListExternalAuthsEvent is the payload of OnRecordListExternalAuthsRequest. */
  interface RecordListExternalAuthsEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    externalAuths: Array<models.ExternalAuth>;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordRequestEmailChangeEvent is the payload of the record email change request events. */
  interface RecordRequestEmailChangeEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordRequestPasswordResetEvent is the payload of the record password reset request events. */
  interface RecordRequestPasswordResetEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordRequestVerificationEvent is the payload of the record verification request events. */
  interface RecordRequestVerificationEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordUnlinkExternalAuthEvent is the payload of the provider unlink events. */
  interface RecordUnlinkExternalAuthEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    externalAuth: models.ExternalAuth;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordUpdateEvent is the payload of the record update request events. */
  interface RecordUpdateEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** UploadedFiles holds the new files by field name. */
    uploadedFiles: { [key: string]: Array<filesystem.File> };
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordViewEvent is the payload of OnRecordViewRequest. */
  interface RecordViewEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    record: models.Record;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** RecordsListEvent is the payload of OnRecordsListRequest. */
  interface RecordsListEvent {
    baseCollectionEvent: core.BaseCollectionEvent;
    collection: models.Collection;
    httpContext: echo.Context;
    records: Array<models.Record>;
    result: search.Result;
    /** Tags implements hook.Tagger. */
    tags(): Array<string>;
  }
  /** ServeEvent is the payload of OnBeforeServe. */
  interface ServeEvent {
    app: core.App;
    /** Router already holds the routes of the API. */
    router: echo.Echo;
    server: http.Server;
    /** CertManager is nil unless certificates are requested automatically. */
    certManager: any;
  }
  /** SettingsListEvent is the payload of OnSettingsListRequest. */
  interface SettingsListEvent {
    httpContext: echo.Context;
    /** RedactedSettings is a copy; changing it changes the answer. */
    redactedSettings: settings.Settings;
  }
  /** SettingsUpdateEvent is the payload of the settings update events. */
  interface SettingsUpdateEvent {
    httpContext: echo.Context;
    /** OldSettings is the live object. */
    oldSettings: settings.Settings;
    newSettings: settings.Settings;
  }
  /** TerminateEvent is the payload of OnTerminate. */
  interface TerminateEvent {
    app: core.App;
    /** IsRestart tells whether the app starts again right after. */
    isRestart: boolean;
  }
}

declare namespace daos {
  /**
   * Dao reads and writes models. It is safe for concurrent use as long as its fields are
   * not changed; Clone makes a copy whose fields may be.
   *
   * The before callbacks get the dao that writes, which inside of a transaction is that of
   * the transaction. The after callbacks get the plain dao: at once for a write outside of
   * a transaction; inside of one they wait for its commit, run in the order of the writes
   * (all of them, even when one fails) and are dropped with a rollback.
   */
  interface Dao {
    beforeCreateFunc: (dao: daos.Dao, model: models.Model, arg2: () => unknown) => void;
    afterCreateFunc: (dao: daos.Dao, model: models.Model) => void;
    beforeUpdateFunc: (dao: daos.Dao, model: models.Model, arg2: () => unknown) => void;
    afterUpdateFunc: (dao: daos.Dao, model: models.Model) => void;
    beforeDeleteFunc: (dao: daos.Dao, model: models.Model, arg2: () => unknown) => void;
    afterDeleteFunc: (dao: daos.Dao, model: models.Model) => void;
    /** MaxLockRetries has no effect: writers of one process queue up instead of retrying. */
    maxLockRetries: number;
    /**
     * ModelQueryTimeout bounds each query made by this dao's query methods when it is
     * positive. The database has a bound of its own.
     */
    modelQueryTimeout: time.Duration;
    /** AdminQuery returns a query for admins. */
    adminQuery(): dbx.SelectQuery;
    /**
     * CanAccessRecord reports whether a request passes a rule for the stored record. Admins pass
     * every rule; nil lets nobody else pass and "" everybody. A rule that does not resolve is an
     * error.
     */
    canAccessRecord(record: models.Record, info: models.RequestInfo, rule: string | null): boolean;
    /** Clone returns a copy with the same callbacks in the same place. */
    clone(): daos.Dao;
    /** CollectionQuery returns a query for collections. */
    collectionQuery(): dbx.SelectQuery;
    /** ConcurrentDB returns the same as DB, which tells reads and writes apart by itself. */
    concurrentDB(): dbx.Builder;
    /**
     * CreateViewSchema returns the fields that a view of the query has. It fails for a query that
     * is not a single SELECT of named columns with an id among them; nothing is stored.
     */
    createViewSchema(selectQuery: string): schema.Schema;
    /** DB returns the builder for queries of your own in the same place. */
    db(): dbx.DB;
    /**
     * Delete removes the model's row and runs the callbacks. What depends on the row is the
     * business of the model's own method (DeleteRecord, DeleteCollection, …).
     */
    delete(m: models.Model): void;
    /** DeleteAdmin removes an admin. It fails for the only one there is. */
    deleteAdmin(admin: models.Admin): void;
    /**
     * DeleteCollection removes the collection with its table or view, in one transaction. The links
     * of its accounts to OAuth2 providers go with it; its files are the caller's business.
     *
     * It fails for a system collection, and with ErrDependency for one that relation fields or
     * views of other collections use.
     */
    deleteCollection(collection: models.Collection): void;
    /** DeleteExternalAuth removes a link. */
    deleteExternalAuth(link: models.ExternalAuth): void;
    /** DeleteOldLogs removes the entries made at or before the time. */
    deleteOldLogs(createdBefore: time.Time | Date): void;
    /** DeleteParam removes a named value. */
    deleteParam(param: models.Param): void;
    /**
     * DeleteRecord removes a record and every mention of it, in one transaction: links of an
     * account to OAuth2 providers go first, then the record, then the other records that refer to
     * it are updated or, where the relation cascades and nothing else remains in it, deleted.
     *
     * It fails, and changes nothing, when a required relation would become empty.
     */
    deleteRecord(record: models.Record): void;
    /** DeleteTable drops a table with its rows if it exists. */
    deleteTable(tableName: string): void;
    /** DeleteView drops a view if it exists. */
    deleteView(name: string): void;
    /** ExpandRecord is ExpandRecords for one record. */
    expandRecord(record: models.Record, expands: Array<string>, fetch: ((collection: models.Collection, ids: Array<string>) => Array<models.Record>) | null): { [expand: string]: Error };
    /**
     * ExpandRecords loads the related records that dotted paths of relation fields
     * (field.field, collection_via_field) lead to and adds them to the records, which have to be of
     * one collection. Each relation is loaded once for all records. It returns the paths that could
     * not be followed; the others are expanded regardless. Without a fetch function everything
     * related is loaded.
     */
    expandRecords(records: Array<models.Record>, expands: Array<string>, fetch: ((collection: models.Collection, ids: Array<string>) => Array<models.Record>) | null): { [expand: string]: Error };
    /** ExternalAuthQuery returns a query for the links of accounts to OAuth2 providers. */
    externalAuthQuery(): dbx.SelectQuery;
    /** FindAdminByEmail returns the admin with exactly this email, or sql.ErrNoRows. */
    findAdminByEmail(email: string): models.Admin;
    /** FindAdminById returns the admin with the id, or sql.ErrNoRows. */
    findAdminById(id: string): models.Admin;
    /**
     * FindAdminByToken returns the admin a token was made for, once its signature and expiry are
     * verified with the admin's token key and baseTokenKey.
     */
    findAdminByToken(token: string, baseTokenKey: string): models.Admin;
    /**
     * FindAllExternalAuthsByRecord returns the links of an account, oldest first and those of the
     * same time by provider.
     */
    findAllExternalAuthsByRecord(authRecord: models.Record): Array<models.ExternalAuth>;
    /** FindAuthRecordByEmail returns the account with exactly this email, or sql.ErrNoRows. */
    findAuthRecordByEmail<C extends AnyName>(collection: C | models.Collection, email: string): RecordOf<C>;
    /**
     * FindAuthRecordByToken returns the record a token was made for, once its signature and expiry
     * are verified with the record's token key and baseTokenKey.
     */
    findAuthRecordByToken(token: string, baseTokenKey: string): models.Record;
    /**
     * FindAuthRecordByUsername returns the account with the username in any letter case, or
     * sql.ErrNoRows.
     */
    findAuthRecordByUsername<C extends AnyName>(collection: C | models.Collection, username: string): RecordOf<C>;
    /** FindById loads the row with the id into m. It returns sql.ErrNoRows if there is none. */
    findById(m: models.Model, id: string): void;
    /**
     * FindCollectionByNameOrId returns the collection with the id or, in any letter case, the
     * name. The caller owns it. The error is sql.ErrNoRows if there is none.
     */
    findCollectionByNameOrId(nameOrId: AnyName): models.Collection;
    /**
     * FindCollectionReferences returns the relation fields of other collections, and its own,
     * that point to the collection.
     */
    findCollectionReferences(collection: models.Collection, ...excludeIds: Array<string>): any;
    /** FindCollectionsByType returns all collections of a type, oldest first. */
    findCollectionsByType(collectionType: string): Array<models.Collection>;
    /**
     * FindExternalAuthByRecordAndProvider returns the link of an account to a provider, or
     * sql.ErrNoRows.
     */
    findExternalAuthByRecordAndProvider(authRecord: models.Record, provider: string): models.ExternalAuth;
    /**
     * FindFirstExternalAuthByExpr returns the first link for which the expression holds, or
     * sql.ErrNoRows.
     */
    findFirstExternalAuthByExpr(expr: dbx.Expression): models.ExternalAuth;
    /** FindFirstRecordByData returns a record whose column has the value, or sql.ErrNoRows. */
    findFirstRecordByData<C extends AnyName>(collection: C | models.Collection, field: string, value: any): RecordOf<C>;
    /** FindFirstRecordByFilter returns the first record that a filter selects, or sql.ErrNoRows. */
    findFirstRecordByFilter<C extends AnyName>(collection: C | models.Collection, filter: string, ...params: Array<{ [name: string]: any }>): RecordOf<C>;
    /** FindLogById returns the log entry with the id, or sql.ErrNoRows. */
    findLogById(id: string): models.Log;
    /** FindParamByKey returns the named value, or sql.ErrNoRows. */
    findParamByKey(key: string): models.Param;
    /**
     * FindRecordById returns the record with the id. Filters, if any, narrow the query down. The
     * error is sql.ErrNoRows if there is no such record or collection.
     */
    findRecordById<C extends AnyName>(collection: C | models.Collection, id: string, ...filters: Array<(q: dbx.SelectQuery) => unknown>): RecordOf<C>;
    /**
     * FindRecordByViewFile returns the stored record that owns a file which a view shows in one of
     * its file fields. It returns sql.ErrNoRows when no record has the file.
     */
    findRecordByViewFile(view: AnyName | models.Collection, fileField: string, filename: string): models.Record;
    /** FindRecordsByExpr returns the records for which all expressions hold. */
    findRecordsByExpr<C extends AnyName>(collection: C | models.Collection, ...expressions: Array<dbx.Expression>): Array<RecordOf<C>>;
    /**
     * FindRecordsByFilter returns the records that a filter selects, in the order of a sort list
     * that may be empty. A limit that is not positive means all. Placeholders ({:name}) in the
     * filter take their values from params.
     */
    findRecordsByFilter<C extends AnyName>(collection: C | models.Collection, filter: string, sort?: string, limit?: number, offset?: number, ...params: Array<{ [name: string]: any }>): Array<RecordOf<C>>;
    /**
     * FindRecordsByIds returns the records with the ids, of which those that do not exist are left
     * out. The order is that of the database.
     */
    findRecordsByIds<C extends AnyName>(collection: C | models.Collection, ids: Array<string>, ...filters: Array<(q: dbx.SelectQuery) => unknown>): Array<RecordOf<C>>;
    /**
     * FindSettings loads the stored settings, with defaults for what they leave out. Encrypted ones
     * need the key; ErrSettingsKey tells that it is missing or wrong. It returns sql.ErrNoRows when
     * none are stored.
     */
    findSettings(encryptionKey?: string): settings.Settings;
    /** HasTable reports whether there is a table or view of that name, in any letter case. */
    hasTable(tableName: string): boolean;
    /**
     * ImportCollections makes the stored collections what the imported ones say, matched by id, in
     * one transaction. Without deleteMissing, other collections stay and so do fields that an
     * imported collection does not name; with it they are deleted, which fails for system
     * collections. afterSync, if not nil, runs at the end with the imported and the previous
     * collections by id; its error undoes everything.
     *
     * Collections of the list may refer to each other in any order.
     */
    importCollections(collections: Array<models.Collection>, deleteMissing: boolean, afterSync: ((txDao: daos.Dao, imported: { [id: string]: models.Collection }, existing: { [id: string]: models.Collection }) => unknown) | null): void;
    /** IsAdminEmailUnique reports whether no other admin has the email. */
    isAdminEmailUnique(email: string, ...excludeIds: Array<string>): boolean;
    /** IsCollectionNameUnique reports whether no other collection has the name in any letter case. */
    isCollectionNameUnique(name: string, ...excludeIds: Array<string>): boolean;
    /**
     * IsRecordValueUnique reports whether no other record has the value in the column. Usernames
     * are compared in any letter case.
     */
    isRecordValueUnique(collectionNameOrId: string, key: string, value: any, ...excludeIds: Array<string>): boolean;
    /** LogQuery returns a query for log entries. */
    logQuery(): dbx.SelectQuery;
    /**
     * LogsStats counts the entries for which expr, which may be nil, holds by the hour, earliest
     * first.
     */
    logsStats(expr: dbx.Expression): Array<daos.LogsStatsItem>;
    /**
     * ModelQuery returns a query for all columns of the model's table. For a record it is that of
     * RecordQuery.
     */
    modelQuery(m: models.Model): dbx.SelectQuery;
    /** NonconcurrentDB returns the same as DB, which tells reads and writes apart by itself. */
    nonconcurrentDB(): dbx.Builder;
    /** ParamQuery returns a query for named values. */
    paramQuery(): dbx.SelectQuery;
    /**
     * RecordQuery returns a query for the records of a collection, given as *models.Collection,
     * id or name. Its One and All fill *models.Record and slices of it besides the usual
     * targets. An unknown collection makes the query fail with sql.ErrNoRows.
     */
    recordQuery(collection: AnyName | models.Collection): dbx.SelectQuery;
    /**
     * RunInTransaction runs fn with a dao of a new transaction and commits when fn returns
     * nil. Any error rolls back and is returned as it is. In a transaction it just runs fn
     * with the dao itself: nested calls join the outer one.
     *
     * Inside fn only txDao may write; a write through another dao of the same database gives
     * db.ErrNestedWrite. The errors of after callbacks, which run after the commit, are joined.
     */
    runInTransaction(fn: (txDao: daos.Dao) => unknown): void;
    /**
     * Save stores the model: an insert when it is new, else an update of all its columns. A new
     * model without an id gets one. It runs the callbacks but checks nothing; the model's own
     * method (SaveRecord, SaveCollection, …) does.
     */
    save(m: models.Model): void;
    /** SaveAdmin stores an admin, which is not validated. */
    saveAdmin(admin: models.Admin): void;
    /**
     * SaveCollection stores the collection and brings its table in line, all in one transaction:
     * after an error the stored definition, the table and the cache are as they were. The fields
     * of a view are worked out from its query. Views whose fields are affected are stored again.
     *
     * An index that cannot be created gives validation.Errors under "indexes". Apart from that the
     * definition is not validated.
     */
    saveCollection(collection: models.Collection): void;
    /** SaveExternalAuth stores a link, all parts of which have to be set. */
    saveExternalAuth(link: models.ExternalAuth): void;
    /** SaveLog stores a log entry. */
    saveLog(log: models.Log): void;
    /**
     * SaveParam stores the JSON of a value under a name, encrypted when a key (of 32 bytes) is
     * given.
     */
    saveParam(key: string, value: any, ...optEncryptionKey: Array<string>): void;
    /**
     * SaveRecord stores a record: an insert when it is new, else an update. Its fields are not
     * validated. A violated unique index gives an error that matches db.ErrUnique; UniqueColumns
     * tells which columns.
     *
     * An account needs a username and an id that no account of any collection has; without a token
     * key it gets one. When it turns from unverified to verified, its links to OAuth2 providers
     * are removed in the same transaction, and if there were any it gets a new token key.
     */
    saveRecord(record: models.Record): void;
    /** SaveSettings stores the settings, encrypted when a key (of 32 bytes) is given. */
    saveSettings(settings: settings.Settings, encryptionKey?: string): void;
    /**
     * SaveView creates the view anew with the query, which has to be one statement. It fails for a
     * query that does not run.
     */
    saveView(name: string, selectQuery: string): void;
    /**
     * SuggestUniqueAuthRecordUsername returns the base username, followed by as many random digits
     * as it takes to make it free, tried a bounded number of times.
     */
    suggestUniqueAuthRecordUsername(collectionNameOrId: string, baseUsername: string, ...excludeIds: Array<string>): string;
    /**
     * SyncRecordTableSchema brings the table of a base or auth collection in line with its new
     * definition: it creates the table when oldCollection is nil, else it renames the table, drops,
     * renames and adds columns, converts values between single and multiple, and renews the
     * indexes. Views are left alone. It runs in one transaction.
     */
    syncRecordTableSchema(newCollection: models.Collection, oldCollection: models.Collection): void;
    /**
     * TableColumns returns the names of the columns of a table or view. It is empty for a table
     * that does not exist.
     */
    tableColumns(tableName: string): Array<string>;
    /** TableIndexes returns the statements of the table's indexes by index name. */
    tableIndexes(tableName: string): { [key: string]: string };
    /** TableInfo describes the columns of a table or view. It is an error if there is none. */
    tableInfo(tableName: string): Array<models.TableInfoRow>;
    /** TotalAdmins returns the number of admins. */
    totalAdmins(): number;
    /** Vacuum gives unused space back to the file system. It fails inside of a transaction. */
    vacuum(): void;
    /** WithoutHooks returns a copy without callbacks. */
    withoutHooks(): daos.Dao;
  }
  /** LogsStatsItem is the number of log entries of one hour. */
  interface LogsStatsItem {
    total: number;
    date: types.DateTime;
  }
}

declare namespace dbx {
  /** Builder supports building SQL statements in a DB-agnostic way. */
  interface Builder {
    /** AddColumn creates a Query that can be used to add a column to a table. */
    addColumn(table: string, col: string, typ: string): dbx.Query;
    /** AddForeignKey creates a Query that can be used to add a foreign key constraint to a table. */
    addForeignKey(table: string, name: string, cols: Array<string>, refCols: Array<string>, refTable: string, ...options: Array<string>): dbx.Query;
    /** AddPrimaryKey creates a Query that can be used to specify primary key(s) for a table. */
    addPrimaryKey(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** AlterColumn creates a Query that can be used to change the definition of a table column. */
    alterColumn(table: string, col: string, typ: string): dbx.Query;
    /** CreateIndex creates a Query that can be used to create an index for a table. */
    createIndex(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** CreateTable creates a Query that represents a CREATE TABLE SQL statement. */
    createTable(table: string, cols: { [key: string]: string }, ...options: Array<string>): dbx.Query;
    /** CreateUniqueIndex creates a Query that can be used to create a unique index for a table. */
    createUniqueIndex(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** Delete creates a Query that represents a DELETE SQL statement. */
    delete(table: string, where: dbx.Expression): dbx.Query;
    /** DropColumn creates a Query that can be used to drop a column from a table. */
    dropColumn(table: string, col: string): dbx.Query;
    /** DropForeignKey creates a Query that can be used to remove the named foreign key constraint from a table. */
    dropForeignKey(table: string, name: string): dbx.Query;
    /** DropIndex creates a Query that can be used to remove the named index from a table. */
    dropIndex(table: string, name: string): dbx.Query;
    /** DropPrimaryKey creates a Query that can be used to remove the named primary key constraint from a table. */
    dropPrimaryKey(table: string, name: string): dbx.Query;
    /** DropTable creates a Query that can be used to drop a table. */
    dropTable(table: string): dbx.Query;
    /** GeneratePlaceholder generates an anonymous parameter placeholder with the given parameter ID. */
    generatePlaceholder(arg0: number): string;
    /** Insert creates a Query that represents an INSERT SQL statement. */
    insert(table: string, cols: { [key: string]: any }): dbx.Query;
    /** ModelQuery returns a new ModelQuery object that can be used to perform model insertion, update, and deletion. */
    model(arg0: any): dbx.ModelQuery;
    /** NewQuery creates a new Query object with the given SQL statement. */
    newQuery(arg0: string): dbx.Query;
    /** QueryBuilder returns the query builder supporting the current DB. */
    queryBuilder(): dbx.QueryBuilder;
    /** Quote quotes a string so that it can be embedded in a SQL statement as a string value. */
    quote(arg0: string): string;
    /** QuoteSimpleColumnName quotes a simple column name. */
    quoteSimpleColumnName(arg0: string): string;
    /** QuoteSimpleTableName quotes a simple table name. */
    quoteSimpleTableName(arg0: string): string;
    /** RenameColumn creates a Query that can be used to rename a column in a table. */
    renameColumn(table: string, oldName: string, newName: string): dbx.Query;
    /** RenameTable creates a Query that can be used to rename a table. */
    renameTable(oldName: string, newName: string): dbx.Query;
    /** Select returns a new SelectQuery object that can be used to build a SELECT statement. */
    select(...arg0: Array<string>): dbx.SelectQuery;
    /** TruncateTable creates a Query that can be used to truncate a table. */
    truncateTable(table: string): dbx.Query;
    /** Update creates a Query that represents an UPDATE SQL statement. */
    update(table: string, cols: { [key: string]: any }, where: dbx.Expression): dbx.Query;
    /** Upsert creates a Query that represents an UPSERT SQL statement. */
    upsert(table: string, cols: { [key: string]: any }, ...constraints: Array<string>): dbx.Query;
  }
  /** DB enhances sql.DB by providing a set of DB-agnostic query building methods. */
  interface DB {
    builder: dbx.Builder;
    /** FieldMapper maps struct fields to DB columns. */
    fieldMapper: (arg0: string) => string;
    /** TableMapper maps structs to table names. */
    tableMapper: (arg0: any) => string;
    /** LogFunc logs the SQL statements being executed. */
    logFunc: (arg0: string, ...arg1: Array<any>) => void;
    /** PerfFunc logs the SQL execution time. */
    perfFunc: (arg0: number, arg1: string, arg2: boolean) => void;
    /** QueryLogFunc is called each time when performing a SQL query that returns data. */
    queryLogFunc: (context: context.Context, duration: number | time.Duration, arg2: string, rows: sql.Rows, arg4: any) => void;
    /** ExecLogFunc is called each time when a SQL statement is executed. */
    execLogFunc: (context: context.Context, duration: number | time.Duration, arg2: string, result: sql.Result, arg4: any) => void;
    /** AddColumn creates a Query that can be used to add a column to a table. */
    addColumn(table: string, col: string, typ: string): dbx.Query;
    /** AddForeignKey creates a Query that can be used to add a foreign key constraint to a table. */
    addForeignKey(table: string, name: string, cols: Array<string>, refCols: Array<string>, refTable: string, ...options: Array<string>): dbx.Query;
    /** AddPrimaryKey creates a Query that can be used to specify primary key(s) for a table. */
    addPrimaryKey(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** AlterColumn creates a Query that can be used to change the definition of a table column. */
    alterColumn(table: string, col: string, typ: string): dbx.Query;
    /** Begin starts a transaction. */
    begin(): dbx.Tx;
    /** BeginTx starts a transaction with the given context and transaction options. */
    beginTx(ctx: context.Context, opts: sql.TxOptions): dbx.Tx;
    /** Clone makes a shallow copy of DB. */
    clone(): dbx.DB;
    /** Close closes the database, releasing any open resources. */
    close(): void;
    /** Context returns the context associated with the DB instance. */
    context(): context.Context;
    /** CreateIndex creates a Query that can be used to create an index for a table. */
    createIndex(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** CreateTable creates a Query that represents a CREATE TABLE SQL statement. */
    createTable(table: string, cols: { [key: string]: string }, ...options: Array<string>): dbx.Query;
    /** CreateUniqueIndex creates a Query that can be used to create a unique index for a table. */
    createUniqueIndex(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** DB returns the sql.DB instance encapsulated by dbx.DB. */
    db(): sql.DB;
    /** Delete creates a Query that represents a DELETE SQL statement. */
    delete(table: string, where: dbx.Expression): dbx.Query;
    /** DriverName returns the name of the DB driver. */
    driverName(): string;
    /** DropColumn creates a Query that can be used to drop a column from a table. */
    dropColumn(table: string, col: string): dbx.Query;
    /** DropForeignKey creates a Query that can be used to remove the named foreign key constraint from a table. */
    dropForeignKey(table: string, name: string): dbx.Query;
    /** DropIndex creates a Query that can be used to remove the named index from a table. */
    dropIndex(table: string, name: string): dbx.Query;
    /** DropPrimaryKey creates a Query that can be used to remove the named primary key constraint from a table. */
    dropPrimaryKey(table: string, name: string): dbx.Query;
    /** DropTable creates a Query that can be used to drop a table. */
    dropTable(table: string): dbx.Query;
    /** GeneratePlaceholder generates an anonymous parameter placeholder with the given parameter ID. */
    generatePlaceholder(arg0: number): string;
    /** Insert creates a Query that represents an INSERT SQL statement. */
    insert(table: string, cols: { [key: string]: any }): dbx.Query;
    /** ModelQuery returns a new ModelQuery object that can be used to perform model insertion, update, and deletion. */
    model(arg0: any): dbx.ModelQuery;
    /** NewQuery creates a new Query object with the given SQL statement. */
    newQuery(arg0: string): dbx.Query;
    /** QueryBuilder returns the query builder supporting the current DB. */
    queryBuilder(): dbx.QueryBuilder;
    /** Quote quotes a string so that it can be embedded in a SQL statement as a string value. */
    quote(arg0: string): string;
    /** QuoteColumnName quotes the given column name appropriately. */
    quoteColumnName(s: string): string;
    /** QuoteSimpleColumnName quotes a simple column name. */
    quoteSimpleColumnName(arg0: string): string;
    /** QuoteSimpleTableName quotes a simple table name. */
    quoteSimpleTableName(arg0: string): string;
    /** QuoteTableName quotes the given table name appropriately. */
    quoteTableName(s: string): string;
    /** RenameColumn creates a Query that can be used to rename a column in a table. */
    renameColumn(table: string, oldName: string, newName: string): dbx.Query;
    /** RenameTable creates a Query that can be used to rename a table. */
    renameTable(oldName: string, newName: string): dbx.Query;
    /** Select returns a new SelectQuery object that can be used to build a SELECT statement. */
    select(...arg0: Array<string>): dbx.SelectQuery;
    /** Transactional starts a transaction and executes the given function. */
    transactional(f: (tx: dbx.Tx) => unknown): void;
    /** TransactionalContext starts a transaction and executes the given function with the given context and transaction options. */
    transactionalContext(ctx: context.Context, opts: sql.TxOptions, f: (tx: dbx.Tx) => unknown): void;
    /** TruncateTable creates a Query that can be used to truncate a table. */
    truncateTable(table: string): dbx.Query;
    /** Update creates a Query that represents an UPDATE SQL statement. */
    update(table: string, cols: { [key: string]: any }, where: dbx.Expression): dbx.Query;
    /** Upsert creates a Query that represents an UPSERT SQL statement. */
    upsert(table: string, cols: { [key: string]: any }, ...constraints: Array<string>): dbx.Query;
    /** WithContext returns a new instance of DB associated with the given context. */
    withContext(ctx: context.Context): dbx.DB;
    /** Wrap encapsulates an existing transaction. */
    wrap(sqlTx: sql.Tx): dbx.Tx;
  }
  /** Expression represents a DB expression that can be embedded in a SQL statement. */
  interface Expression {
    /** Build converts an expression into a SQL fragment. */
    build(dB: dbx.DB, params: { [key: string]: any }): string;
  }
  /** JoinInfo contains the specification for a JOIN clause. */
  interface JoinInfo {
    join: string;
    table: string;
    on: dbx.Expression;
  }
  /** LikeExp represents a variant of LIKE expressions. */
  interface LikeExp {
    /** Like stores the LIKE operator. */
    like: string;
    /** Build converts an expression into a SQL fragment. */
    build(db: dbx.DB, params: { [key: string]: any }): string;
    /** Escape specifies how a LIKE expression should be escaped. */
    escape(...chars: Array<string>): dbx.LikeExp;
    /** Match specifies whether to do wildcard matching on the left and/or right of given strings. */
    match(left: boolean, right: boolean): dbx.LikeExp;
  }
  /** ModelQuery represents a query associated with a struct model. */
  interface ModelQuery {
    /** Context returns the context associated with the query. */
    context(): context.Context;
    /** Delete deletes a row in the table using the primary key specified by the struct model associated with this query. */
    delete(): void;
    /** Exclude excludes the specified struct fields from being inserted/updated into the DB table. */
    exclude(...attrs: Array<string>): dbx.ModelQuery;
    /** Insert inserts a row in the table using the struct model associated with this query. */
    insert(...attrs: Array<string>): void;
    /** Update updates a row in the table using the struct model associated with this query. */
    update(...attrs: Array<string>): void;
    /** WithContext associates a context with the query. */
    withContext(ctx: context.Context): dbx.ModelQuery;
  }
  /** Query represents a SQL statement to be executed. */
  interface Query {
    /** FieldMapper maps struct field names to DB column names. */
    fieldMapper: (arg0: string) => string;
    /** LastError contains the last error (if any) of the query. */
    lastError: Error;
    /** LogFunc is used to log the SQL statement being executed. */
    logFunc: (arg0: string, ...arg1: Array<any>) => void;
    /** PerfFunc is used to log the SQL execution time. */
    perfFunc: (arg0: number, arg1: string, arg2: boolean) => void;
    /** QueryLogFunc is called each time when performing a SQL query that returns data. */
    queryLogFunc: (context: context.Context, duration: number | time.Duration, arg2: string, rows: sql.Rows, arg4: any) => void;
    /** ExecLogFunc is called each time when a SQL statement is executed. */
    execLogFunc: (context: context.Context, duration: number | time.Duration, arg2: string, result: sql.Result, arg4: any) => void;
    /** All executes the SQL statement and populates all the resulting rows into a slice of struct or NullStringMap. */
    all(slice: any): void;
    /** Bind sets the parameters that should be bound to the SQL statement. */
    bind(params: { [key: string]: any }): dbx.Query;
    /** Close closes the underlying prepared statement. */
    close(): void;
    /** Column executes the SQL statement and populates the first column of the result into a slice. */
    column(a: any): void;
    /** Context returns the context associated with the query. */
    context(): context.Context;
    /** Execute executes the SQL statement without retrieving data. */
    execute(): sql.Result;
    /** One executes the SQL statement and populates the first row of the result into a struct or NullStringMap. */
    one(a: any): void;
    /** Params returns the parameters to be bound to the SQL statement represented by this query. */
    params(): { [key: string]: any };
    /** Prepare creates a prepared statement for later queries or executions. */
    prepare(): dbx.Query;
    /** Row executes the SQL statement and populates the first row of the result into a list of variables. */
    row(...a: Array<any>): void;
    /** Rows executes the SQL statement and returns a Rows object to allow retrieving data row by row. */
    rows(): dbx.Rows;
    /** SQL returns the original SQL used to create the query. */
    sql(): string;
    /** WithOneHook associates the provided hook function with the query, called on q.All(), allowing you to implement custom slice scan based on the All() argument and/or result. */
    withAllHook(fn: (query: dbx.Query, arg1: any, arg2: (arg0: any) => void) => unknown): dbx.Query;
    /** WithContext associates a context with the query. */
    withContext(ctx: context.Context): dbx.Query;
    /** WithExecHook associates the provided exec hook function with the query. */
    withExecHook(fn: (query: dbx.Query, arg1: () => void) => unknown): dbx.Query;
    /** WithOneHook associates the provided hook function with the query, called on q.One(), allowing you to implement custom struct scan based on the One() argument and/or result. */
    withOneHook(fn: (query: dbx.Query, arg1: any, arg2: (arg0: any) => void) => unknown): dbx.Query;
  }
  /** QueryBuilder builds different clauses for a SELECT SQL statement. */
  interface QueryBuilder {
    /** BuildFrom generates a FROM clause from the given tables. */
    buildFrom(tables: Array<string>): string;
    /** BuildGroupBy generates a GROUP BY clause from the given group-by columns. */
    buildGroupBy(cols: Array<string>): string;
    /** BuildHaving generates a HAVING clause from the given expression. */
    buildHaving(expression: dbx.Expression, params: { [key: string]: any }): string;
    /** BuildJoin generates a JOIN clause from the given join information. */
    buildJoin(joinInfo: Array<dbx.JoinInfo>, params: { [key: string]: any }): string;
    /** BuildOrderByAndLimit generates the ORDER BY and LIMIT clauses. */
    buildOrderByAndLimit(arg0: string, arg1: Array<string>, arg2: number, arg3: number): string;
    /** BuildSelect generates a SELECT clause from the given selected column names. */
    buildSelect(cols: Array<string>, distinct: boolean, option: string): string;
    /** BuildUnion generates a UNION clause from the given union information. */
    buildUnion(unionInfo: Array<dbx.UnionInfo>, params: { [key: string]: any }): string;
    /** BuildWhere generates a WHERE clause from the given expression. */
    buildWhere(expression: dbx.Expression, params: { [key: string]: any }): string;
    /** CombineUnion combines the nonempty unionClause with the provided sql string. */
    combineUnion(sql: string, unionClause: string): string;
  }
  /** QueryInfo represents a debug/info struct with exported SelectQuery fields. */
  interface QueryInfo {
    preFragment: string;
    postFragment: string;
    builder: dbx.Builder;
    selects: Array<string>;
    distinct: boolean;
    selectOption: string;
    from: Array<string>;
    where: dbx.Expression;
    join: Array<dbx.JoinInfo>;
    orderBy: Array<string>;
    groupBy: Array<string>;
    having: dbx.Expression;
    union: Array<dbx.UnionInfo>;
    limit: number;
    offset: number;
    params: { [key: string]: any };
    context: context.Context;
    buildHook: (query: dbx.Query) => void;
  }
  /** Rows enhances sql.Rows by providing additional data query methods. */
  interface Rows {
    rows: sql.Rows;
    /** Close closes the [Rows], preventing further enumeration. */
    close(): void;
    /** ColumnTypes returns column information such as column type, length, and nullable. */
    columnTypes(): Array<sql.ColumnType>;
    /** Columns returns the column names. */
    columns(): Array<string>;
    /** Err returns the error, if any, that was encountered during iteration. */
    err(): void;
    /** Next prepares the next result row for reading with the [Rows.Scan] method. */
    next(): boolean;
    /** NextResultSet prepares the next result set for reading. */
    nextResultSet(): boolean;
    /** Scan copies the columns in the current row into the values pointed at by dest. */
    scan(...dest: Array<any>): void;
    /** ScanMap populates the current row of data into a NullStringMap. */
    scanMap(a: { [key: string]: sql.NullString }): void;
    /** ScanStruct populates the current row of data into a struct. */
    scanStruct(a: any): void;
  }
  /** SelectQuery represents a DB-agnostic SELECT query. */
  interface SelectQuery {
    /** FieldMapper maps struct field names to DB column names. */
    fieldMapper: (arg0: string) => string;
    /** TableMapper maps structs to DB table names. */
    tableMapper: (arg0: any) => string;
    /** All executes the SELECT query and populates all rows of the result into a slice. */
    all(slice: any): void;
    /** AndBind appends additional parameters to be bound to the query. */
    andBind(params: { [key: string]: any }): dbx.SelectQuery;
    /** AndGroupBy appends additional columns to the existing GROUP BY clause. */
    andGroupBy(...cols: Array<string>): dbx.SelectQuery;
    /** AndHaving concatenates a new HAVING condition with the existing one (if any) using "AND". */
    andHaving(e: dbx.Expression): dbx.SelectQuery;
    /** AndOrderBy appends additional columns to the existing ORDER BY clause. */
    andOrderBy(...cols: Array<string>): dbx.SelectQuery;
    /** AndSelect adds additional columns to be selected. */
    andSelect(...cols: Array<string>): dbx.SelectQuery;
    /** AndWhere concatenates a new WHERE condition with the existing one (if any) using "AND". */
    andWhere(e: dbx.Expression): dbx.SelectQuery;
    /** Bind specifies the parameter values to be bound to the query. */
    bind(params: { [key: string]: any }): dbx.SelectQuery;
    /** Build builds the SELECT query and returns an executable Query object. */
    build(): dbx.Query;
    /** Column builds and executes the SELECT statement and populates the first column of the result into a slice. */
    column(a: any): void;
    /** Context returns the context associated with the query. */
    context(): context.Context;
    /** Distinct specifies whether to select columns distinctively. */
    distinct(v: boolean): dbx.SelectQuery;
    /** From specifies which tables to select from. */
    from(...tables: Array<string>): dbx.SelectQuery;
    /** GroupBy specifies the GROUP BY clause. */
    groupBy(...cols: Array<string>): dbx.SelectQuery;
    /** Having specifies the HAVING clause. */
    having(e: dbx.Expression): dbx.SelectQuery;
    /** Info exports common SelectQuery fields allowing to inspect the current select query options. */
    info(): dbx.QueryInfo;
    /** InnerJoin specifies an INNER JOIN clause. */
    innerJoin(table: string, on: dbx.Expression): dbx.SelectQuery;
    /** Join specifies a JOIN clause. */
    join(typ: string, table: string, on: dbx.Expression): dbx.SelectQuery;
    /** LeftJoin specifies a LEFT JOIN clause. */
    leftJoin(table: string, on: dbx.Expression): dbx.SelectQuery;
    /** Limit specifies the LIMIT clause. */
    limit(limit: number): dbx.SelectQuery;
    /** Model selects the row with the specified primary key and populates the model with the row data. */
    model(pk: any, model: any): void;
    /** Offset specifies the OFFSET clause. */
    offset(offset: number): dbx.SelectQuery;
    /** One executes the SELECT query and populates the first row of the result into the specified variable. */
    one(a: any): void;
    /** OrHaving concatenates a new HAVING condition with the existing one (if any) using "OR". */
    orHaving(e: dbx.Expression): dbx.SelectQuery;
    /** OrWhere concatenates a new WHERE condition with the existing one (if any) using "OR". */
    orWhere(e: dbx.Expression): dbx.SelectQuery;
    /** OrderBy specifies the ORDER BY clause. */
    orderBy(...cols: Array<string>): dbx.SelectQuery;
    /** PostFragment sets SQL fragment that should be appended at the end of the main select query. */
    postFragment(fragment: string): dbx.SelectQuery;
    /** PreFragment sets SQL fragment that should be prepended before the select query (e.g. */
    preFragment(fragment: string): dbx.SelectQuery;
    /** RightJoin specifies a RIGHT JOIN clause. */
    rightJoin(table: string, on: dbx.Expression): dbx.SelectQuery;
    /** Row builds and executes the SELECT query and populates the first row of the result into the specified variables. */
    row(...a: Array<any>): void;
    /** Rows builds and executes the SELECT query and returns a Rows object for data retrieval purpose. */
    rows(): dbx.Rows;
    /** Select specifies the columns to be selected. */
    select(...cols: Array<string>): dbx.SelectQuery;
    /** SelectOption specifies additional option that should be append to "SELECT". */
    selectOption(option: string): dbx.SelectQuery;
    /** Union specifies a UNION clause. */
    union(q: dbx.Query): dbx.SelectQuery;
    /** UnionAll specifies a UNION ALL clause. */
    unionAll(q: dbx.Query): dbx.SelectQuery;
    /** Where specifies the WHERE condition. */
    where(e: dbx.Expression): dbx.SelectQuery;
    /** WithBuildHook runs the provided hook function with the query created on Build(). */
    withBuildHook(fn: (query: dbx.Query) => unknown): dbx.SelectQuery;
    /** WithContext associates a context with the query. */
    withContext(ctx: context.Context): dbx.SelectQuery;
  }
  /** Tx enhances sql.Tx with additional querying methods. */
  interface Tx {
    builder: dbx.Builder;
    /** AddColumn creates a Query that can be used to add a column to a table. */
    addColumn(table: string, col: string, typ: string): dbx.Query;
    /** AddForeignKey creates a Query that can be used to add a foreign key constraint to a table. */
    addForeignKey(table: string, name: string, cols: Array<string>, refCols: Array<string>, refTable: string, ...options: Array<string>): dbx.Query;
    /** AddPrimaryKey creates a Query that can be used to specify primary key(s) for a table. */
    addPrimaryKey(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** AlterColumn creates a Query that can be used to change the definition of a table column. */
    alterColumn(table: string, col: string, typ: string): dbx.Query;
    /** Commit commits the transaction. */
    commit(): void;
    /** CreateIndex creates a Query that can be used to create an index for a table. */
    createIndex(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** CreateTable creates a Query that represents a CREATE TABLE SQL statement. */
    createTable(table: string, cols: { [key: string]: string }, ...options: Array<string>): dbx.Query;
    /** CreateUniqueIndex creates a Query that can be used to create a unique index for a table. */
    createUniqueIndex(table: string, name: string, ...cols: Array<string>): dbx.Query;
    /** Delete creates a Query that represents a DELETE SQL statement. */
    delete(table: string, where: dbx.Expression): dbx.Query;
    /** DropColumn creates a Query that can be used to drop a column from a table. */
    dropColumn(table: string, col: string): dbx.Query;
    /** DropForeignKey creates a Query that can be used to remove the named foreign key constraint from a table. */
    dropForeignKey(table: string, name: string): dbx.Query;
    /** DropIndex creates a Query that can be used to remove the named index from a table. */
    dropIndex(table: string, name: string): dbx.Query;
    /** DropPrimaryKey creates a Query that can be used to remove the named primary key constraint from a table. */
    dropPrimaryKey(table: string, name: string): dbx.Query;
    /** DropTable creates a Query that can be used to drop a table. */
    dropTable(table: string): dbx.Query;
    /** GeneratePlaceholder generates an anonymous parameter placeholder with the given parameter ID. */
    generatePlaceholder(arg0: number): string;
    /** Insert creates a Query that represents an INSERT SQL statement. */
    insert(table: string, cols: { [key: string]: any }): dbx.Query;
    /** ModelQuery returns a new ModelQuery object that can be used to perform model insertion, update, and deletion. */
    model(arg0: any): dbx.ModelQuery;
    /** NewQuery creates a new Query object with the given SQL statement. */
    newQuery(arg0: string): dbx.Query;
    /** QueryBuilder returns the query builder supporting the current DB. */
    queryBuilder(): dbx.QueryBuilder;
    /** Quote quotes a string so that it can be embedded in a SQL statement as a string value. */
    quote(arg0: string): string;
    /** QuoteSimpleColumnName quotes a simple column name. */
    quoteSimpleColumnName(arg0: string): string;
    /** QuoteSimpleTableName quotes a simple table name. */
    quoteSimpleTableName(arg0: string): string;
    /** RenameColumn creates a Query that can be used to rename a column in a table. */
    renameColumn(table: string, oldName: string, newName: string): dbx.Query;
    /** RenameTable creates a Query that can be used to rename a table. */
    renameTable(oldName: string, newName: string): dbx.Query;
    /** Rollback aborts the transaction. */
    rollback(): void;
    /** Select returns a new SelectQuery object that can be used to build a SELECT statement. */
    select(...arg0: Array<string>): dbx.SelectQuery;
    /** TruncateTable creates a Query that can be used to truncate a table. */
    truncateTable(table: string): dbx.Query;
    /** Update creates a Query that represents an UPDATE SQL statement. */
    update(table: string, cols: { [key: string]: any }, where: dbx.Expression): dbx.Query;
    /** Upsert creates a Query that represents an UPSERT SQL statement. */
    upsert(table: string, cols: { [key: string]: any }, ...constraints: Array<string>): dbx.Query;
  }
  /** UnionInfo contains the specification for a UNION clause. */
  interface UnionInfo {
    all: boolean;
    query: dbx.Query;
  }
}

declare namespace echo {
  /** Binder is the interface that wraps the Bind method. */
  interface Binder {
    bind(c: echo.Context, target: any): void;
  }
  /** Context represents the context of the current HTTP request. */
  interface Context {
    /** Attachment sends a response as attachment, prompting client to save the file. */
    attachment(file: string, name: string): void;
    bind(model: any): void;
    /** Blob sends a blob response with status code and content type. */
    blob(code: number, contentType: string, b: string | Array<number>): void;
    /** Cookie returns the named cookie provided in the request. */
    cookie(name: string): http.Cookie;
    /** Cookies returns the HTTP cookies sent with the request. */
    cookies(): Array<http.Cookie>;
    /** Echo returns the `Echo` instance. */
    echo(): echo.Echo;
    error(err: any): void;
    /** File sends a response with the content of the file. */
    file(file: string): void;
    /** FileFS serves file from given file system. */
    fileFS(file: string, filesystem: fs.FS): void;
    /** FormFile returns the multipart form file for the provided name. */
    formFile(name: string): multipart.FileHeader;
    /** FormValue returns the form field value for the provided name. */
    formValue(name: string): string;
    formValueDefault(name: string, defaultValue: string): string;
    /** FormValues returns the form field values as `url.Values`. */
    formValues(): url.Values;
    /** Get retrieves data from the context. */
    get(key: string): any;
    /** HTML sends an HTTP response with status code. */
    html(code: number, html: string): void;
    /** HTMLBlob sends an HTTP blob response with status code. */
    htmlBlob(code: number, b: string | Array<number>): void;
    /** Inline sends a response as inline, opening the file in the browser. */
    inline(file: string, name: string): void;
    /** IsTLS returns true if HTTP connection is TLS otherwise false. */
    isTLS(): boolean;
    /** IsWebSocket returns true if HTTP connection is WebSocket otherwise false. */
    isWebSocket(): boolean;
    /** JSON sends a JSON response with status code. */
    json(code: number, i: any): void;
    /** JSONBlob sends a JSON blob response with status code. */
    jsonBlob(code: number, b: string | Array<number>): void;
    /** JSONPretty sends a pretty-print JSON with status code. */
    jsonPretty(code: number, i: any, indent: string): void;
    /** JSONP sends a JSONP response with status code. */
    jsonp(code: number, callback: string, i: any): void;
    /** JSONPBlob sends a JSONP blob response with status code. */
    jsonpBlob(code: number, callback: string, b: string | Array<number>): void;
    /** MultipartForm returns the multipart form. */
    multipartForm(): multipart.Form;
    /** NoContent sends a response with no body and a status code. */
    noContent(code: number): void;
    /** Path returns the registered path for the handler. */
    path(): string;
    pathParam(name: string): string;
    pathParamDefault(name: string, defaultValue: string): string;
    pathParams(): echo.PathValues;
    /** QueryParam returns the query param for the provided name. */
    queryParam(name: string): string;
    queryParamDefault(name: string, defaultValue: string): string;
    /** QueryParams returns the query parameters as `url.Values`. */
    queryParams(): url.Values;
    /** QueryString returns the URL query string. */
    queryString(): string;
    rawPathParams(): echo.PathValues;
    /** RealIP returns the client IP address using the configured extraction strategy. */
    realIP(): string;
    /** Redirect redirects the request to a provided URL with status code. */
    redirect(code: number, url: string): void;
    /** Render renders a template with data and sends a text/html response with status code. */
    render(code: number, name: string, data: any): void;
    /** Request returns `*http.Request`. */
    request(): http.Request;
    /** Reset resets the context after request completes. */
    reset(r: http.Request, w: http.ResponseWriter): void;
    response(): echo.Response;
    /** RouteInfo returns current request route information. */
    routeInfo(): echo.RouteInfo;
    /** Scheme returns the protocol scheme in lowercase: `http` or `https`, or `ws` or `wss` when a trusted proxy reports them. */
    scheme(): string;
    /** Set saves data in the context. */
    set(key: string, value: any): void;
    /** SetCookie adds a `Set-Cookie` header in HTTP response. */
    setCookie(cookie: http.Cookie): void;
    /** SetPath sets the registered path for the handler. */
    setPath(p: string): void;
    setPathParams(pathValue: Array<echo.PathValue> | echo.PathValues): void;
    setRawPathParams(pathValue: Array<echo.PathValue> | echo.PathValues): void;
    /** SetRequest sets `*http.Request`. */
    setRequest(r: http.Request): void;
    /** SetResponse sets `*http.ResponseWriter`. */
    setResponse(r: http.ResponseWriter): void;
    setRouteInfo(routeInfo: echo.RouteInfo): void;
    stream(code: number, contentType: string, reader: any): void;
    string(arg0: number, arg1: string): void;
    /** Validate validates provided `i`. */
    validate(i: any): void;
    /** XML sends an XML response with status code. */
    xml(code: number, i: any): void;
    /** XMLBlob sends an XML blob response with status code. */
    xmlBlob(code: number, b: string | Array<number>): void;
    /** XMLPretty sends a pretty-print XML with status code. */
    xmlPretty(code: number, i: any, indent: string): void;
  }
  /** Echo is the top-level framework instance. */
  interface Echo {
    binder: echo.Binder;
    /** Filesystem is the file system used for serving static files. */
    filesystem: fs.FS;
    renderer: echo.Renderer;
    validator: echo.Validator;
    jsonSerializer: echo.JSONSerializer;
    ipExtractor: (request: http.Request) => string;
    onAddRoute: (route: echo.Route) => void;
    httpErrorHandler: (context: echo.Context, arg1: any) => void;
    logger: slog.Logger;
    /** AcquireContext returns an empty `Context` instance from the pool. */
    acquireContext(): echo.Context;
    /** Add registers a new route for an HTTP method and path with matching handler in the router with optional route-level middleware. */
    add(method: string, path: string, handler: RouteHandler, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** AddRoute registers a new Route with default host Router */
    addRoute(route: echo.Route): echo.RouteInfo;
    /** Any registers a new route for a path with matching handler in the router with optional route-level middleware. */
    any(path: string, handler: RouteHandler, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** CONNECT registers a new CONNECT route for a path with matching handler in the router with optional route-level middleware. */
    connect(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** DELETE registers a new DELETE route for a path with matching handler in the router with optional route-level middleware. */
    delete(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** File registers a new route with path to serve a static file with optional route-level middleware. */
    file(path: string, file: string, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** FileFS registers a new route with path to serve file from the provided file system. */
    fileFS(path: string, file: string, filesystem: fs.FS, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** GET registers a new GET route for a path with matching handler in the router with optional route-level middleware. */
    get(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Group creates a new router group with prefix and optional group-level middleware. */
    group(prefix: string, ...m: Array<RouteMiddleware>): echo.Group;
    /** HEAD registers a new HEAD route for a path with matching handler in the router with optional route-level middleware. */
    head(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Match registers a new route for multiple HTTP methods and path with matching handler in the router with optional route-level middleware. */
    match(methods: Array<string>, path: string, handler: RouteHandler, ...middleware: Array<RouteMiddleware>): echo.Routes;
    /** NewContext returns a new Context instance. */
    newContext(r: http.Request, w: http.ResponseWriter): echo.Context;
    /** OPTIONS registers a new OPTIONS route for a path with matching handler in the router with optional route-level middleware. */
    options(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** PATCH registers a new PATCH route for a path with matching handler in the router with optional route-level middleware. */
    patch(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** POST registers a new POST route for a path with matching handler in the router with optional route-level middleware. */
    post(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** PUT registers a new PUT route for a path with matching handler in the router with optional route-level middleware. */
    put(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Pre adds middleware to the chain which is run before router tries to find matching route. */
    pre(...middleware: Array<RouteMiddleware>): void;
    /** ReleaseContext returns the `Context` instance back to the pool. */
    releaseContext(c: echo.Context): void;
    /** RouteNotFound registers a special-case route which is executed when no other route is found (i.e. */
    routeNotFound(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Router returns the default router. */
    router(): echo.Router;
    /** ServeHTTP implements `http.Handler` interface, which serves HTTP requests. */
    serveHTTP(w: http.ResponseWriter, r: http.Request): void;
    /** Start stars HTTP server on given address with Echo as a handler serving requests. */
    start(address: string): void;
    /** Static registers a new route with path prefix to serve static files from the provided root directory. */
    static(pathPrefix: string, fsRoot: string, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** StaticFS registers a new route with path prefix to serve static files from the provided file system. */
    staticFS(pathPrefix: string, filesystem: fs.FS, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** TRACE registers a new TRACE route for a path with matching handler in the router with optional route-level middleware. */
    trace(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Use adds middleware to the chain which is run after router has found matching route and before route/request handler method is executed. */
    use(...middleware: Array<RouteMiddleware>): void;
  }
  /** Group is a set of sub-routes for a specified route. */
  interface Group {
    /** Add implements `Echo#Add()` for sub-routes within the Group. */
    add(method: string, path: string, handler: RouteHandler, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** AddRoute registers a new Routable with Router */
    addRoute(route: echo.Route): echo.RouteInfo;
    /** Any implements `Echo#Any()` for sub-routes within the Group. */
    any(path: string, handler: RouteHandler, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** CONNECT implements `Echo#CONNECT()` for sub-routes within the Group. */
    connect(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** DELETE implements `Echo#DELETE()` for sub-routes within the Group. */
    delete(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** File implements `Echo#File()` for sub-routes within the Group. */
    file(path: string, file: string, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** FileFS implements `Echo#FileFS()` for sub-routes within the Group. */
    fileFS(path: string, file: string, filesystem: fs.FS, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** GET implements `Echo#GET()` for sub-routes within the Group. */
    get(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Group creates a new sub-group with prefix and optional sub-group-level middleware. */
    group(prefix: string, ...middleware: Array<RouteMiddleware>): echo.Group;
    /** HEAD implements `Echo#HEAD()` for sub-routes within the Group. */
    head(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Match implements `Echo#Match()` for sub-routes within the Group. */
    match(methods: Array<string>, path: string, handler: RouteHandler, ...middleware: Array<RouteMiddleware>): echo.Routes;
    /** OPTIONS implements `Echo#OPTIONS()` for sub-routes within the Group. */
    options(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** PATCH implements `Echo#PATCH()` for sub-routes within the Group. */
    patch(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** POST implements `Echo#POST()` for sub-routes within the Group. */
    post(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** PUT implements `Echo#PUT()` for sub-routes within the Group. */
    put(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** QUERY implements `Echo#QUERY()` for sub-routes within the Group. */
    query(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** RouteNotFound implements `Echo#RouteNotFound()` for sub-routes within the Group. */
    routeNotFound(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Static implements `Echo#Static()` for sub-routes within the Group. */
    static(pathPrefix: string, fsRoot: string, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** StaticFS implements `Echo#StaticFS()` for sub-routes within the Group. */
    staticFS(pathPrefix: string, filesystem: fs.FS, ...middleware: Array<RouteMiddleware>): echo.RouteInfo;
    /** TRACE implements `Echo#TRACE()` for sub-routes within the Group. */
    trace(path: string, h: RouteHandler, ...m: Array<RouteMiddleware>): echo.RouteInfo;
    /** Use implements `Echo#Use()` for sub-routes within the Group. */
    use(...middleware: Array<RouteMiddleware>): void;
  }
  /** JSONSerializer is the interface that encodes and decodes JSON to and from interfaces. */
  interface JSONSerializer {
    deserialize(c: echo.Context, target: any): void;
    serialize(c: echo.Context, target: any, indent: string): void;
  }
  /** PathValue is tuple pf path parameter name and its value in request path */
  interface PathValue {
    name: string;
    value: string;
  }
  /** PathValues is collections of PathValue instances with various helper methods */
  interface PathValues extends Array<echo.PathValue> {
    /** Get returns path parameter value for given name or false. */
    get(name: string): [string, boolean];
    /** GetOr returns path parameter value for given name or default value if the name does not exist. */
    getOr(name: string, defaultValue: string): string;
  }
  /** Renderer is the interface that wraps the Render function. */
  interface Renderer {
    render(c: echo.Context, w: io.Writer, templateName: string, data: any): void;
  }
  /** Response wraps an http.ResponseWriter and implements its interface to be used by an HTTP handler to construct an HTTP response. */
  interface Response {
    status: number;
    size: number;
    committed: boolean;
    /** After registers a function which is called just after the response is written. */
    after(fn: () => unknown): void;
    /** Before registers a function which is called just before the response (status) is written. */
    before(fn: () => unknown): void;
    /** Flush implements the http.Flusher interface to allow an HTTP handler to flush buffered data to the client. */
    flush(): void;
    /** Header returns the header map that will be sent by [ResponseWriter.WriteHeader]. */
    header(): http.Header;
    /** Hijack implements the http.Hijacker interface to allow an HTTP handler to take over the connection. */
    hijack(): [any, any];
    /** Unwrap returns the original http.ResponseWriter. */
    unwrap(): http.ResponseWriter;
    /** Write writes the data to the connection as part of an HTTP reply. */
    write(b: string | Array<number>): number;
    /** WriteHeader sends an HTTP response header with status code. */
    writeHeader(code: number): void;
    writer: any;
  }
  /** Route contains information to adding/registering new route with the router. */
  interface Route {
    method: string;
    path: string;
    name: string;
    /** HandlerFunc is a function that handles HTTP requests. */
    handler: RouteHandler;
    middlewares: Array<RouteMiddleware>;
    /** ToRouteInfo converts Route to RouteInfo */
    toRouteInfo(params: Array<string>): echo.RouteInfo;
    /** WithPrefix recreates Route with added group prefix and group middlewares it is grouped to. */
    withPrefix(pathPrefix: string, middlewares: Array<RouteMiddleware>): echo.Route;
  }
  /** RouteInfo contains information about registered Route. */
  interface RouteInfo {
    name(): string;
    method(): string;
    path(): string;
    /** Reverse reverses route to URL string by replacing path parameters with given params values. */
    reverse(...pathValues: Array<any>): string;
    params(): Array<string>;
  }
  /** Router is interface for routing request contexts to registered routes. */
  interface Router {
    /** Add registers Routable with the Router and returns registered RouteInfo. */
    add(routable: echo.Route): echo.RouteInfo;
    /** Remove removes route from the Router. */
    remove(method: string, path: string): void;
    /** Route searches Router for matching route and applies it to the given context. */
    route(c: echo.Context): RouteHandler;
    /** Routes returns information about all registered routes */
    routes(): echo.Routes;
  }
  /** Routes is collection of RouteInfo instances with various helper methods. */
  interface Routes extends Array<echo.RouteInfo> {
    /** Clone creates copy of Routes */
    clone(): echo.Routes;
    /** FilterByMethod searched for matching route info by method */
    filterByMethod(method: string): echo.Routes;
    /** FilterByName searched for matching route info by name */
    filterByName(name: string): echo.Routes;
    /** FilterByPath searched for matching route info by path */
    filterByPath(path: string): echo.Routes;
    /** FindByMethodPath searched for matching route info by method and path */
    findByMethodPath(method: string, path: string): echo.RouteInfo;
  }
  /** Validator is the interface that wraps the Validate function. */
  interface Validator {
    validate(i: any): void;
  }
}

declare namespace exec {
  /** Cmd represents an external command being prepared or run. */
  interface Cmd {
    /** Path is the path of the command to run. */
    path: string;
    /** Args holds command line arguments, including the command as Args[0]. */
    args: Array<string>;
    /** Env specifies the environment of the process. */
    env: Array<string>;
    /** Dir specifies the working directory of the command. */
    dir: string;
    /** Stdin specifies the process's standard input. */
    stdin: io.Reader;
    /** Stdout and Stderr specify the process's standard output and error. */
    stdout: io.Writer;
    stderr: io.Writer;
    /** ExtraFiles specifies additional open files to be inherited by the new process. */
    extraFiles: Array<os.File>;
    /** SysProcAttr holds optional, operating system-specific attributes. */
    sysProcAttr: any;
    /** Process is the underlying process, once started. */
    process: os.Process | null;
    /** ProcessState contains information about an exited process. */
    processState: os.ProcessState | null;
    /** LookPath error, if any. */
    err: Error;
    /** If Cancel is non-nil, the command must have been created with CommandContext and Cancel will be called when the command's Context is done. */
    cancel: () => void;
    /** If WaitDelay is non-zero, it bounds the time spent waiting on two sources of unexpected delay in Wait: a child process that fails to exit after the associated Context is canceled, and a child process that exits but leaves its I/O pipes unclosed. */
    waitDelay: time.Duration;
    /** CombinedOutput runs the command and returns its combined standard output and standard error. */
    combinedOutput(): Array<number>;
    /** Environ returns a copy of the environment in which the command would be run as it is currently configured. */
    environ(): Array<string>;
    /** Output runs the command and returns its standard output. */
    output(): Array<number>;
    /** Run starts the specified command and waits for it to complete. */
    run(): void;
    /** Start starts the specified command but does not wait for it to complete. */
    start(): void;
    /** StderrPipe returns a pipe that will be connected to the command's standard error when the command starts. */
    stderrPipe(): io.ReadCloser;
    /** StdinPipe returns a pipe that will be connected to the command's standard input when the command starts. */
    stdinPipe(): io.WriteCloser;
    /** StdoutPipe returns a pipe that will be connected to the command's standard output when the command starts. */
    stdoutPipe(): io.ReadCloser;
    /** String returns a human-readable description of c. */
    string(): string;
    /** Wait waits for the command to exit and waits for any copying to stdin or copying from stdout or stderr to complete. */
    wait(): void;
  }
}

declare namespace filesystem {
  /** Attributes describes a stored file. */
  interface Attributes {
    cacheControl: string;
    contentDisposition: string;
    contentEncoding: string;
    contentLanguage: string;
    contentType: string;
    metadata: { [key: string]: string };
    createTime: time.Time;
    modTime: time.Time;
    size: number;
    md5: Array<number>;
    eTag: string;
    /**
     * As exists for compatibility: no storage specific type is exposed, so it
     * always reports false.
     */
    as(arg0: any): boolean;
  }
  /** File is a file that is about to be stored. */
  interface File {
    reader: filesystem.FileReader;
    /** the name it will be stored under, see [NewFileFromBytes] */
    name: string;
    /** the name the client gave it */
    originalName: string;
    size: number;
  }
  /**
   * FileReader opens the content of a [File]. Each call returns a reader of its
   * own that starts at the beginning.
   */
  interface FileReader {
    open(): io.ReadSeekCloser;
  }
  /** ListObject is one entry of [System.List]. */
  interface ListObject {
    key: string;
    modTime: time.Time;
    size: number;
    md5: Array<number>;
    isDir: boolean;
  }
  /** Reader reads a stored file. It belongs to one goroutine at a time. */
  interface Reader {
    readSeekCloser: io.ReadSeekCloser;
    close(): void;
    /** ContentType returns the stored content type. */
    contentType(): string;
    /** ModTime returns when the file was stored. */
    modTime(): time.Time;
    read(arg0: string | Array<number>): number;
    seek(arg0: number, arg1: number): number;
    /** Size returns the length of the whole file in bytes. */
    size(): number;
  }
  /**
   * System stores and serves files. Its methods are safe for concurrent use,
   * except [System.SetContext] and [System.Close].
   */
  interface System {
    /** Attributes describes the file stored under fileKey. */
    attributes(fileKey: string): filesystem.Attributes;
    /**
     * Close releases what the storage holds open. The System must not be used
     * afterwards.
     */
    close(): void;
    /** Copy stores the content and the attributes of srcKey under dstKey as well. */
    copy(srcKey: string, dstKey: string): void;
    /**
     * CreateThumb stores a scaled copy of the image originalKey under thumbKey.
     *
     * The size is WxH (crop to the center), WxHt (to the top), WxHb (to the
     * bottom), WxHf (fit inside), 0xH or Wx0 (keep the ratio). The extension of
     * thumbKey decides between PNG, JPEG and GIF; with any other it is a PNG.
     *
     * It fails for anything but PNG, JPEG and GIF, for images whose head announces
     * too many pixels, and when it has to wait for other thumbs for a minute.
     */
    createThumb(originalKey: string, thumbKey: string, thumbSize: string): void;
    /** Delete removes the file stored under fileKey and its attributes. */
    delete(fileKey: string): void;
    /**
     * DeletePrefix removes every file whose key begins with prefix and the
     * directories that become empty. It goes on after a failure and returns all
     * of them; an empty prefix is refused.
     */
    deletePrefix(prefix: string): Array<Error>;
    /** Exists reports whether a file is stored under fileKey. */
    exists(fileKey: string): boolean;
    /** GetFile opens the file stored under fileKey. The caller closes it. */
    getFile(fileKey: string): filesystem.Reader;
    /** IsEmptyDir reports whether no file is stored below the directory key dir. */
    isEmptyDir(dir: string): boolean;
    /** List returns the files whose key begins with prefix, sorted by key. */
    list(prefix: string): Array<filesystem.ListObject>;
    /**
     * Serve writes the file stored under fileKey to res as name, with range and
     * conditional requests. Headers that are already set are kept. A missing file
     * is reported as [ErrNotFound] before anything is written.
     */
    serve(res: http.ResponseWriter, req: http.Request, fileKey: string, name: string): void;
    /** SetContext binds the calls that follow to ctx. */
    setContext(ctx: context.Context): void;
    /**
     * Upload stores content under fileKey, replacing what was there. The content
     * type is detected from the bytes.
     */
    upload(content: string | Array<number>, fileKey: string): void;
    /** UploadFile stores file under fileKey and remembers its original name. */
    uploadFile(file: filesystem.File, fileKey: string): void;
    /**
     * UploadMultipart stores the uploaded form file fh under fileKey and remembers
     * its original name.
     */
    uploadMultipart(fh: multipart.FileHeader, fileKey: string): void;
  }
}

declare namespace forms {
  /** AdminLogin signs an admin in with email and password. */
  interface AdminLogin {
    identity: string;
    password: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and returns the admin it signs in. */
    submit(...interceptors: Array<(interceptorNextFunc: (admin: models.Admin) => void) => (admin: models.Admin) => unknown>): models.Admin;
    /** Validate checks the shape of the credentials, not whether they are right. */
    validate(): void;
  }
  /** AdminPasswordResetConfirm sets a new password with the token of a reset mail. */
  interface AdminPasswordResetConfirm {
    token: string;
    password: string;
    passwordConfirm: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and stores the new password. It returns the admin. */
    submit(...interceptors: Array<(interceptorNextFunc: (admin: models.Admin) => void) => (admin: models.Admin) => unknown>): models.Admin;
    /** Validate checks the token and the new password. */
    validate(): void;
  }
  /** AdminPasswordResetRequest mails an admin a link to set a new password. */
  interface AdminPasswordResetRequest {
    email: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and sends the mail. */
    submit(...interceptors: Array<(interceptorNextFunc: (admin: models.Admin) => void) => (admin: models.Admin) => unknown>): void;
    /** Validate checks the shape of the address, not whether an admin has it. */
    validate(): void;
  }
  /** AdminUpsert creates or changes an admin. */
  interface AdminUpsert {
    id: string;
    avatar: number;
    email: string;
    password: string;
    passwordConfirm: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and stores the admin. */
    submit(...interceptors: Array<(interceptorNextFunc: (admin: models.Admin) => void) => (admin: models.Admin) => unknown>): void;
    /** Validate checks all fields. */
    validate(): void;
  }
  /**
   * AppleClientSecretCreate makes the client secret that Sign in with Apple needs:
   * a token signed with the private key of the developer account.
   */
  interface AppleClientSecretCreate {
    clientId: string;
    teamId: string;
    keyId: string;
    /** PrivateKey is a PEM block. */
    privateKey: string;
    /** Duration is how long the secret is valid, in seconds. */
    duration: number;
    /** Submit validates the form and returns the secret. */
    submit(): string;
    /** Validate checks the shape of the fields, not whether the key is usable. */
    validate(): void;
  }
  /** CollectionUpsert creates or changes a collection. */
  interface CollectionUpsert {
    id: string;
    type: string;
    name: string;
    system: boolean;
    schema: schema.Schema;
    indexes: types.JsonArray<string>;
    listRule: string | null;
    viewRule: string | null;
    createRule: string | null;
    updateRule: string | null;
    deleteRule: string | null;
    options: types.JsonMap;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and stores the collection. */
    submit(...interceptors: Array<(interceptorNextFunc: (collection: models.Collection) => void) => (collection: models.Collection) => unknown>): void;
    /** Validate checks the whole definition. The error is a validation.Errors. */
    validate(): void;
  }
  /** CollectionsImport replaces the definitions of several collections at once. */
  interface CollectionsImport {
    collections: Array<models.Collection>;
    /** DeleteMissing removes the collections and fields that are not imported. */
    deleteMissing: boolean;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and imports the collections. */
    submit(...interceptors: Array<(interceptorNextFunc: (collection: Array<models.Collection>) => void) => (collection: Array<models.Collection>) => unknown>): void;
    /** Validate checks that there is something to import. */
    validate(): void;
  }
  /**
   * RealtimeSubscribe replaces the subscriptions of a realtime client. The zero
   * value is an empty form.
   */
  interface RealtimeSubscribe {
    clientId: string;
    subscriptions: Array<string>;
    /** Validate checks the lengths, not whether the client exists. */
    validate(): void;
  }
  /**
   * RecordEmailChangeConfirm changes the address of an account with the token of
   * a mail and the password of the account.
   */
  interface RecordEmailChangeConfirm {
    token: string;
    password: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form, stores the new address and returns the account. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): models.Record;
    /** Validate checks the token and the password. */
    validate(): void;
  }
  /** RecordEmailChangeRequest mails a link to the address that an account wants to have. */
  interface RecordEmailChangeRequest {
    newEmail: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and sends the mail. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): void;
    /** Validate checks the address, its domain, and that no account of the collection has it. */
    validate(): void;
  }
  /** RecordOAuth2Login signs a record in with the code of an OAuth2 provider. */
  interface RecordOAuth2Login {
    provider: string;
    code: string;
    codeVerifier: string;
    redirectUrl: string;
    createData: { [key: string]: any };
    /** SetBeforeNewRecordCreateFunc sets what is called before an account is created. */
    setBeforeNewRecordCreateFunc(fn: (recordUpsert: forms.RecordUpsert, record: models.Record, authUser: auth.AuthUser) => unknown): void;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form, signs the user in and returns the account. */
    submit(...interceptors: Array<(interceptorNextFunc: (recordOAuth2LoginData: forms.RecordOAuth2LoginData) => void) => (recordOAuth2LoginData: forms.RecordOAuth2LoginData) => unknown>): [models.Record, auth.AuthUser];
    /** Validate checks that everything is there and the provider is enabled. */
    validate(): void;
  }
  /** RecordOAuth2LoginData is what one OAuth2 sign-in is about. */
  interface RecordOAuth2LoginData {
    /** ExternalAuth is the link of the account to the provider, nil until there is one. */
    externalAuth: models.ExternalAuth;
    /** Record is the account, nil when it has to be created. */
    record: models.Record;
    oAuth2User: auth.AuthUser;
    providerClient: auth.Provider;
  }
  /** RecordPasswordLogin signs a record in with email or username and password. */
  interface RecordPasswordLogin {
    identity: string;
    password: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and returns the record it signs in. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): models.Record;
    /** Validate checks the shape of the credentials, not whether they are right. */
    validate(): void;
  }
  /** RecordPasswordResetConfirm sets a new password with the token of a reset mail. */
  interface RecordPasswordResetConfirm {
    token: string;
    password: string;
    passwordConfirm: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form, stores the new password and returns the account. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): models.Record;
    /** Validate checks the token and the new password. */
    validate(): void;
  }
  /** RecordPasswordResetRequest mails an account a link to set a new password. */
  interface RecordPasswordResetRequest {
    email: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and sends the mail. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): void;
    /** Validate checks the shape of the address, not whether an account has it. */
    validate(): void;
  }
  /**
   * RecordUpsert creates or changes a record, its files and, in auth collections,
   * its account.
   */
  interface RecordUpsert {
    id: string;
    /** Of auth collections only. */
    username: string;
    email: string;
    emailVisibility: boolean;
    verified: boolean;
    password: string;
    passwordConfirm: string;
    oldPassword: string;
    /**
     * AddFiles puts new files into a file field: in place of the current one, or
     * after the current ones of a field that holds several.
     */
    addFiles(key: string, ...files: Array<filesystem.File>): void;
    /** Data returns the loaded values of the collection's fields. It is the form's own map. */
    data(): { [key: string]: any };
    /**
     * DrySubmit validates the form and stores a copy of the record in a transaction
     * that is always rolled back, without firing events or touching files. The
     * callback sees the stored row through the dao of the transaction. The record of
     * the form is not changed.
     */
    drySubmit(callback: (dao: daos.Dao) => unknown): void;
    /** FilesToDelete returns the names of the stored files that the record no longer has. */
    filesToDelete(): Array<string>;
    /** FilesToUpload returns the new files by field. It is the form's own map. */
    filesToUpload(): { [key: string]: Array<filesystem.File> };
    /**
     * LoadData loads values by key, with modifiers. Unknown keys are ignored. Names
     * in a file field that the record does not have give validation.Errors.
     */
    loadData(requestData: { [key: string]: any }): void;
    /**
     * LoadRequest loads the values and files of a JSON or multipart body. With a
     * prefix only what is below that key is loaded. It fails for any other body and,
     * with validation.Errors, for what [RecordUpsert.LoadData] refuses.
     */
    loadRequest(r: http.Request, keyPrefix: string): void;
    /** RemoveFiles takes files out of a file field, all of them if none is named. */
    removeFiles(key: string, ...toDelete: Array<string>): void;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /**
     * SetFullManageAccess lets the form change what only admins and managers of an
     * auth collection may: email, verified state, and the password without the old one.
     */
    setFullManageAccess(fullManageAccess: boolean): void;
    /** Submit validates the form and stores the record and its files. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): void;
    /**
     * Validate checks the account first and, if nothing is wrong with it, the values
     * of the collection's fields. The error is a validation.Errors.
     */
    validate(): void;
    /** ValidateAndFill validates the form and copies it to the record. */
    validateAndFill(): void;
  }
  /** RecordVerificationConfirm confirms an address with the token of a mail. */
  interface RecordVerificationConfirm {
    token: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form, stores the account and returns it. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): models.Record;
    /** Validate checks the token. */
    validate(): void;
  }
  /** RecordVerificationRequest mails an account a link to confirm its address. */
  interface RecordVerificationRequest {
    email: string;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and sends the mail. */
    submit(...interceptors: Array<(interceptorNextFunc: (record: models.Record) => void) => (record: models.Record) => unknown>): void;
    /** Validate checks the shape of the address, not whether an account has it. */
    validate(): void;
  }
  /** SettingsUpsert changes the settings of the app. */
  interface SettingsUpsert {
    settings: settings.Settings;
    meta: settings.MetaConfig;
    logs: settings.LogsConfig;
    smtp: settings.SmtpConfig;
    s3: settings.S3Config;
    backups: settings.BackupsConfig;
    hooks: settings.HooksConfig;
    adminAuthToken: settings.TokenConfig;
    adminPasswordResetToken: settings.TokenConfig;
    adminFileToken: settings.TokenConfig;
    recordAuthToken: settings.TokenConfig;
    recordPasswordResetToken: settings.TokenConfig;
    recordEmailChangeToken: settings.TokenConfig;
    recordVerificationToken: settings.TokenConfig;
    recordFileToken: settings.TokenConfig;
    /** EmailAuth is kept for old clients and has no effect. */
    emailAuth: settings.EmailAuthConfig;
    googleAuth: settings.AuthProviderConfig;
    facebookAuth: settings.AuthProviderConfig;
    githubAuth: settings.AuthProviderConfig;
    gitlabAuth: settings.AuthProviderConfig;
    discordAuth: settings.AuthProviderConfig;
    twitterAuth: settings.AuthProviderConfig;
    microsoftAuth: settings.AuthProviderConfig;
    spotifyAuth: settings.AuthProviderConfig;
    kakaoAuth: settings.AuthProviderConfig;
    twitchAuth: settings.AuthProviderConfig;
    stravaAuth: settings.AuthProviderConfig;
    giteeAuth: settings.AuthProviderConfig;
    livechatAuth: settings.AuthProviderConfig;
    giteaAuth: settings.AuthProviderConfig;
    oidcAuth: settings.AuthProviderConfig;
    oidc2Auth: settings.AuthProviderConfig;
    oidc3Auth: settings.AuthProviderConfig;
    appleAuth: settings.AuthProviderConfig;
    instagramAuth: settings.AuthProviderConfig;
    vkAuth: settings.AuthProviderConfig;
    yandexAuth: settings.AuthProviderConfig;
    patreonAuth: settings.AuthProviderConfig;
    mailcowAuth: settings.AuthProviderConfig;
    bitbucketAuth: settings.AuthProviderConfig;
    planningcenterAuth: settings.AuthProviderConfig;
    /**
     * Clone returns a deep copy. The error is always nil for settings that were
     * decoded or made by New.
     */
    clone(): settings.Settings;
    /**
     * Merge takes over all settings of other. A masked secret there keeps the
     * secret here.
     */
    merge(other: settings.Settings): void;
    /** NamedAuthProviderConfigs returns the OAuth2 settings by provider name. */
    namedAuthProviderConfigs(): { [key: string]: settings.AuthProviderConfig };
    /** RedactClone returns a deep copy whose non-empty secrets are masked. */
    redactClone(): settings.Settings;
    /** SetDao replaces the dao of the form. */
    setDao(dao: daos.Dao): void;
    /** Submit validates the form and stores the settings. */
    submit(...interceptors: Array<(interceptorNextFunc: (settings: settings.Settings) => void) => (settings: settings.Settings) => unknown>): void;
    /**
     * Validate checks all settings. Masked secrets count as those that are stored,
     * and are replaced by them.
     */
    validate(): void;
  }
  /**
   * TestEmailSend sends one of the record mails to an address, for an account that
   * does not exist.
   */
  interface TestEmailSend {
    template: string;
    email: string;
    /** Submit validates the form and sends the mail before it returns. */
    submit(): void;
    /** Validate checks the address and the name of the template. */
    validate(): void;
  }
  /**
   * TestS3Filesystem checks that files can be stored in one of the S3 buckets of the
   * settings and deleted again.
   */
  interface TestS3Filesystem {
    filesystem: string;
    /** Submit validates the form and stores and deletes a small file. */
    submit(): void;
    /** Validate checks the name of the file system. */
    validate(): void;
  }
}

declare namespace fs {
  /** A DirEntry is an entry read from a directory (using the [ReadDir] function or a [ReadDirFile]'s ReadDir method). */
  interface DirEntry {
    /** Info returns the FileInfo for the file or subdirectory described by the entry. */
    info(): fs.FileInfo;
    /** IsDir reports whether the entry describes a directory. */
    isDir(): boolean;
    /** Name returns the name of the file (or subdirectory) described by the entry. */
    name(): string;
    /** Type returns the type bits for the entry. */
    type(): number;
  }
  /** An FS provides access to a hierarchical file system. */
  interface FS {
    /** Open opens the named file. */
    open(name: string): fs.File;
  }
  /** A File provides access to a single file. */
  interface File {
    close(): void;
    read(arg0: string | Array<number>): number;
    stat(): fs.FileInfo;
  }
  /** A FileInfo describes a file and is returned by [Stat]. */
  interface FileInfo {
    isDir(): boolean;
    modTime(): time.Time;
    mode(): number;
    name(): string;
    size(): number;
    sys(): any;
  }
}

declare namespace http {
  /** A Client is an HTTP client. */
  interface Client {
    /** Transport specifies the mechanism by which individual HTTP requests are made. */
    transport: http.RoundTripper;
    /** CheckRedirect specifies the policy for handling redirects. */
    checkRedirect: (request: http.Request, request_: Array<http.Request>) => void;
    /** Jar specifies the cookie jar. */
    jar: http.CookieJar;
    /** Timeout specifies a time limit for requests made by this Client. */
    timeout: time.Duration;
    /** CloseIdleConnections closes any connections on its [Transport] which were previously connected from previous requests but are now sitting idle in a "keep-alive" state. */
    closeIdleConnections(): void;
    /** Do sends an HTTP request and returns an HTTP response, following policy (such as redirects, cookies, auth) as configured on the client. */
    do(req: http.Request): http.Response;
    /** Get issues a GET to the specified URL. */
    get(url: string): http.Response;
    /** Head issues a HEAD to the specified URL. */
    head(url: string): http.Response;
    /** Post issues a POST to the specified URL. */
    post(url: string, contentType: string, body: io.Reader): http.Response;
    /** PostForm issues a POST to the specified URL, with data's keys and values URL-encoded as the request body. */
    postForm(url: string, data: url.Values | { [key: string]: any }): http.Response;
  }
  /** A Cookie represents an HTTP cookie as sent in the Set-Cookie header of an HTTP response or the Cookie header of an HTTP request. */
  interface Cookie {
    name: string;
    value: string;
    /** indicates whether the Value was originally quoted */
    quoted: boolean;
    /** optional */
    path: string;
    /** optional */
    domain: string;
    /** optional */
    expires: time.Time;
    /** for reading cookies only */
    rawExpires: string;
    /** MaxAge=0 means no 'Max-Age' attribute specified. */
    maxAge: number;
    secure: boolean;
    httpOnly: boolean;
    sameSite: number;
    partitioned: boolean;
    raw: string;
    /** Raw text of unparsed attribute-value pairs */
    unparsed: Array<string>;
    /** String returns the serialization of the cookie for use in a [Cookie] header (if only Name and Value are set) or a Set-Cookie response header (if other fields are set). */
    string(): string;
    /** Valid reports whether the cookie is valid. */
    valid(): void;
  }
  /** A CookieJar manages storage and use of cookies in HTTP requests. */
  interface CookieJar {
    /** Cookies returns the cookies to send in a request for the given URL. */
    cookies(u: url.URL): Array<http.Cookie>;
    /** SetCookies handles the receipt of the cookies in a reply for the given URL. */
    setCookies(u: url.URL, cookies: Array<http.Cookie>): void;
  }
  /** HTTP2Config defines HTTP/2 configuration parameters common to both [Transport] and [Server]. */
  interface HTTP2Config {
    /** MaxConcurrentStreams optionally specifies the number of concurrent streams that a client may have open at a time. */
    maxConcurrentStreams: number;
    /** StrictMaxConcurrentRequests controls whether an HTTP/2 server's concurrency limit should be respected across all connections to that server. */
    strictMaxConcurrentRequests: boolean;
    /** MaxDecoderHeaderTableSize optionally specifies an upper limit for the size of the header compression table used for decoding headers sent by the peer. */
    maxDecoderHeaderTableSize: number;
    /** MaxEncoderHeaderTableSize optionally specifies an upper limit for the header compression table used for sending headers to the peer. */
    maxEncoderHeaderTableSize: number;
    /** MaxReadFrameSize optionally specifies the largest frame this endpoint is willing to read. */
    maxReadFrameSize: number;
    /** MaxReceiveBufferPerConnection is the maximum size of the flow control window for data received on a connection. */
    maxReceiveBufferPerConnection: number;
    /** MaxReceiveBufferPerStream is the maximum size of the flow control window for data received on a stream (request). */
    maxReceiveBufferPerStream: number;
    /** SendPingTimeout is the timeout after which a health check using a ping frame will be carried out if no frame is received on a connection. */
    sendPingTimeout: time.Duration;
    /** PingTimeout is the timeout after which a connection will be closed if a response to a ping is not received. */
    pingTimeout: time.Duration;
    /** WriteByteTimeout is the timeout after which a connection will be closed if no data can be written to it. */
    writeByteTimeout: time.Duration;
    /** PermitProhibitedCipherSuites, if true, permits the use of cipher suites prohibited by the HTTP/2 spec. */
    permitProhibitedCipherSuites: boolean;
    /** CountError, if non-nil, is called on HTTP/2 errors. */
    countError: (arg0: string) => void;
  }
  /** A Handler responds to an HTTP request. */
  interface Handler {
    serveHTTP(responseWriter: http.ResponseWriter, request: http.Request): void;
  }
  /** A Header represents the key-value pairs in an HTTP header. */
  interface Header {
    /** Add adds the key, value pair to the header. */
    add(key: string, value: string): void;
    /** Clone returns a copy of h or nil if h is nil. */
    clone(): http.Header;
    /** Del deletes the values associated with key. */
    del(key: string): void;
    /** Get gets the first value associated with the given key. */
    get(key: string): string;
    /** Set sets the header entries associated with key to the single element value. */
    set(key: string, value: string): void;
    /** Values returns all values associated with the given key. */
    values(key: string): Array<string>;
    /** Write writes a header in wire format. */
    write(w: io.Writer): void;
    /** WriteSubset writes a header in wire format. */
    writeSubset(w: io.Writer, exclude: { [key: string]: boolean }): void;
  }
  /** Protocols is a set of HTTP protocols. */
  interface Protocols {
    /** HTTP1 reports whether p includes HTTP/1. */
    http1(): boolean;
    /** HTTP2 reports whether p includes HTTP/2. */
    http2(): boolean;
    /** SetHTTP1 adds or removes HTTP/1 from p. */
    setHTTP1(ok: boolean): void;
    /** SetHTTP2 adds or removes HTTP/2 from p. */
    setHTTP2(ok: boolean): void;
    /** SetUnencryptedHTTP2 adds or removes unencrypted HTTP/2 from p. */
    setUnencryptedHTTP2(ok: boolean): void;
    string(): string;
    /** UnencryptedHTTP2 reports whether p includes unencrypted HTTP/2. */
    unencryptedHTTP2(): boolean;
  }
  /** A Request represents an HTTP request received by a server or to be sent by a client. */
  interface Request {
    /** Method specifies the HTTP method (GET, POST, PUT, etc.). */
    method: string;
    /** URL specifies either the URI being requested (for server requests) or the URL to access (for client requests). */
    url: url.URL;
    /** The protocol version for incoming server requests. */
    proto: string;
    /** 1 */
    protoMajor: number;
    /** 0 */
    protoMinor: number;
    /** Header contains the request header fields either received by the server or to be sent by the client. */
    header: http.Header;
    /** Body is the request's body. */
    body: io.ReadCloser;
    /** GetBody defines an optional func to return a new copy of Body. */
    getBody: () => io.ReadCloser;
    /** ContentLength records the length of the associated content. */
    contentLength: number;
    /** TransferEncoding lists the transfer encodings from outermost to innermost. */
    transferEncoding: Array<string>;
    /** Close indicates whether to close the connection after replying to this request (for servers) or after sending this request and reading its response (for clients). */
    close: boolean;
    /** For server requests, Host specifies the host on which the URL is sought. */
    host: string;
    /** Form contains the parsed form data, including both the URL field's query parameters and the PATCH, POST, or PUT form data. */
    form: url.Values;
    /** PostForm contains the parsed form data from PATCH, POST or PUT body parameters. */
    postForm: url.Values;
    /** MultipartForm is the parsed multipart form, including file uploads. */
    multipartForm: multipart.Form;
    /** Trailer specifies additional headers that are sent after the request body. */
    trailer: http.Header;
    /** RemoteAddr allows HTTP servers and other software to record the network address that sent the request, usually for logging. */
    remoteAddr: string;
    /** RequestURI is the unmodified request-target of the Request-Line (RFC 7230, Section 3.1.1) as sent by the client to a server. */
    requestURI: string;
    /** TLS allows HTTP servers and other software to record information about the TLS connection on which the request was received. */
    tls: any | null;
    /** Cancel is an optional channel whose closure indicates that the client request should be regarded as canceled. */
    cancel: any;
    /** Response is the redirect response which caused this request to be created. */
    response: http.Response | null;
    /** Pattern is the [ServeMux] pattern that matched the request. */
    pattern: string;
    /** AddCookie adds a cookie to the request. */
    addCookie(c: http.Cookie): void;
    /** BasicAuth returns the username and password provided in the request's Authorization header, if the request uses HTTP Basic Authentication. */
    basicAuth(): [string, string, boolean];
    /** Clone returns a deep copy of r with its context changed to ctx. */
    clone(ctx: context.Context): http.Request;
    /** Context returns the request's context. */
    context(): context.Context;
    /** Cookie returns the named cookie provided in the request or [ErrNoCookie] if not found. */
    cookie(name: string): http.Cookie;
    /** Cookies parses and returns the HTTP cookies sent with the request. */
    cookies(): Array<http.Cookie>;
    /** CookiesNamed parses and returns the named HTTP cookies sent with the request or an empty slice if none matched. */
    cookiesNamed(name: string): Array<http.Cookie>;
    /** FormFile returns the first file for the provided form key. */
    formFile(key: string): [multipart.File, multipart.FileHeader];
    /** FormValue returns the first value for the named component of the query. */
    formValue(key: string): string;
    /** MultipartReader returns a MIME multipart reader if this is a multipart/form-data or a multipart/mixed POST request, else returns nil and an error. */
    multipartReader(): multipart.Reader;
    /** ParseForm populates r.Form and r.PostForm. */
    parseForm(): void;
    /** ParseMultipartForm parses a request body as multipart/form-data. */
    parseMultipartForm(maxMemory: number): void;
    /** PathValue returns the value for the named path wildcard in the [ServeMux] pattern that matched the request. */
    pathValue(name: string): string;
    /** PostFormValue returns the first value for the named component of the POST, PUT, or PATCH request body. */
    postFormValue(key: string): string;
    /** ProtoAtLeast reports whether the HTTP protocol used in the request is at least major.minor. */
    protoAtLeast(major: number, minor: number): boolean;
    /** Referer returns the referring URL, if sent in the request. */
    referer(): string;
    /** SetBasicAuth sets the request's Authorization header to use HTTP Basic Authentication with the provided username and password. */
    setBasicAuth(username: string, password: string): void;
    /** SetPathValue sets name to value, so that subsequent calls to r.PathValue(name) return value. */
    setPathValue(name: string, value: string): void;
    /** UserAgent returns the client's User-Agent, if sent in the request. */
    userAgent(): string;
    /** WithContext returns a shallow copy of r with its context changed to ctx. */
    withContext(ctx: context.Context): http.Request;
    /** Write writes an HTTP/1.1 request, which is the header and body, in wire format. */
    write(w: io.Writer): void;
    /** WriteProxy is like [Request.Write] but writes the request in the form expected by an HTTP proxy. */
    writeProxy(w: io.Writer): void;
  }
  /** Response represents the response from an HTTP request. */
  interface Response {
    /** e.g. */
    status: string;
    /** e.g. */
    statusCode: number;
    /** e.g. */
    proto: string;
    /** e.g. */
    protoMajor: number;
    /** e.g. */
    protoMinor: number;
    /** Header maps header keys to values. */
    header: http.Header;
    /** Body represents the response body. */
    body: io.ReadCloser;
    /** ContentLength records the length of the associated content. */
    contentLength: number;
    /** Contains transfer encodings from outer-most to inner-most. */
    transferEncoding: Array<string>;
    /** Close records whether the header directed that the connection be closed after reading Body. */
    close: boolean;
    /** Uncompressed reports whether the response was sent compressed but was decompressed by the http package. */
    uncompressed: boolean;
    /** Trailer maps trailer keys to values in the same format as Header. */
    trailer: http.Header;
    /** Request is the request that was sent to obtain this Response. */
    request: http.Request;
    /** TLS contains information about the TLS connection on which the response was received. */
    tls: any;
    /** Cookies parses and returns the cookies set in the Set-Cookie headers. */
    cookies(): Array<http.Cookie>;
    /** Location returns the URL of the response's "Location" header, if present. */
    location(): url.URL;
    /** ProtoAtLeast reports whether the HTTP protocol used in the response is at least major.minor. */
    protoAtLeast(major: number, minor: number): boolean;
    /** Write writes r to w in the HTTP/1.x server response format, including the status line, headers, body, and optional trailer. */
    write(w: io.Writer): void;
  }
  /** A ResponseWriter interface is used by an HTTP handler to construct an HTTP response. */
  interface ResponseWriter {
    /** Header returns the header map that will be sent by [ResponseWriter.WriteHeader]. */
    header(): http.Header;
    /** Write writes the data to the connection as part of an HTTP reply. */
    write(arg0: string | Array<number>): number;
    /** WriteHeader sends an HTTP response header with the provided status code. */
    writeHeader(statusCode: number): void;
  }
  /** RoundTripper is an interface representing the ability to execute a single HTTP transaction, obtaining the [Response] for a given [Request]. */
  interface RoundTripper {
    /** RoundTrip executes a single HTTP transaction, returning a Response for the provided Request. */
    roundTrip(request: http.Request): http.Response;
  }
  /** A Server defines parameters for running an HTTP server. */
  interface Server {
    /** Addr optionally specifies the TCP address for the server to listen on, in the form "host:port". */
    addr: string;
    /** handler to invoke, http.DefaultServeMux if nil */
    handler: http.Handler;
    /** DisableGeneralOptionsHandler, if true, passes "OPTIONS *" requests to the Handler, otherwise responds with 200 OK and Content-Length: 0. */
    disableGeneralOptionsHandler: boolean;
    /** TLSConfig optionally provides a TLS configuration for use by ServeTLS and ListenAndServeTLS. */
    tlsConfig: any;
    /** ReadTimeout is the maximum duration for reading the entire request, including the body. */
    readTimeout: time.Duration;
    /** ReadHeaderTimeout is the amount of time allowed to read request headers. */
    readHeaderTimeout: time.Duration;
    /** WriteTimeout is the maximum duration before timing out writes of the response. */
    writeTimeout: time.Duration;
    /** IdleTimeout is the maximum amount of time to wait for the next request when keep-alives are enabled. */
    idleTimeout: time.Duration;
    /** MaxHeaderBytes controls the maximum number of bytes the server will read parsing the request header's keys and values, including the request line. */
    maxHeaderBytes: number;
    /** TLSNextProto optionally specifies a function to take over ownership of the provided TLS connection when an ALPN protocol upgrade has occurred. */
    tlsNextProto: { [key: string]: (server: http.Server, conn: any, handler: http.Handler) => void };
    /** ConnState specifies an optional callback function that is called when a client connection changes state. */
    connState: (conn: any, connState: number) => void;
    /** ErrorLog specifies an optional logger for errors accepting connections, unexpected behavior from handlers, and underlying FileSystem errors. */
    errorLog: any;
    /** BaseContext optionally specifies a function that returns the base context for incoming requests on this server. */
    baseContext: (listener: any) => context.Context;
    /** ConnContext optionally specifies a function that modifies the context used for a new connection c. */
    connContext: (context: context.Context, conn: any) => context.Context;
    /** HTTP2 configures HTTP/2 connections. */
    http2: http.HTTP2Config;
    /** Protocols is the set of protocols accepted by the server. */
    protocols: http.Protocols;
    /** Close immediately closes all active net.Listeners and any connections in state [StateNew], [StateActive], or [StateIdle]. */
    close(): void;
    /** ListenAndServe listens on the TCP network address s.Addr and then calls [Serve] to handle requests on incoming connections. */
    listenAndServe(): void;
    /** ListenAndServeTLS listens on the TCP network address s.Addr and then calls [ServeTLS] to handle requests on incoming TLS connections. */
    listenAndServeTLS(certFile: string, keyFile: string): void;
    /** RegisterOnShutdown registers a function to call on [Server.Shutdown]. */
    registerOnShutdown(f: () => unknown): void;
    /** Serve accepts incoming connections on the Listener l, creating a new service goroutine for each. */
    serve(l: any): void;
    /** ServeTLS accepts incoming connections on the Listener l, creating a new service goroutine for each. */
    serveTLS(l: any, certFile: string, keyFile: string): void;
    /** SetKeepAlivesEnabled controls whether HTTP keep-alives are enabled. */
    setKeepAlivesEnabled(v: boolean): void;
    /** Shutdown gracefully shuts down the server without interrupting any active connections. */
    shutdown(ctx: context.Context): void;
  }
}

declare namespace io {
  /** ReadCloser is the interface that groups the basic Read and Close methods. */
  interface ReadCloser {
    close(): void;
    read(arg0: string | Array<number>): number;
  }
  /** ReadSeekCloser is the interface that groups the basic Read, Seek and Close methods. */
  interface ReadSeekCloser {
    close(): void;
    read(arg0: string | Array<number>): number;
    seek(arg0: number, arg1: number): number;
  }
  /** Reader is the interface that wraps the basic Read method. */
  interface Reader {
    read(p: string | Array<number>): number;
  }
  /** WriteCloser is the interface that groups the basic Write and Close methods. */
  interface WriteCloser {
    close(): void;
    write(arg0: string | Array<number>): number;
  }
  /** Writer is the interface that wraps the basic Write method. */
  interface Writer {
    write(p: string | Array<number>): number;
  }
}

declare namespace mailer {
  /** Mailer delivers messages. */
  interface Mailer {
    /**
     * Send hands the message over and returns once the next server or program
     * has accepted it.
     */
    send(m: mailer.Message): void;
  }
  /** Message is one e-mail. Scripts change its members before it is sent. */
  interface Message {
    from: MailAddress;
    to: Array<MailAddress>;
    bcc: Array<MailAddress>;
    cc: Array<MailAddress>;
    subject: string;
    html: string;
    /** derived from HTML when it is empty */
    text: string;
    headers: { [key: string]: string };
    /** by file name */
    attachments: { [key: string]: io.Reader };
  }
}

declare namespace models {
  /** Admin is an account that may do everything. Its secrets are never encoded. */
  interface Admin {
    baseModel: models.BaseModel;
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    avatar: number;
    email: string;
    tokenKey: string;
    passwordHash: string;
    lastResetSentAt: types.DateTime;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetId returns the id. */
    getId(): string;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /** PostScan marks the row as stored. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshTokenKey sets a new random token key. The error is always nil. */
    refreshTokenKey(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /** SetId sets the id. */
    setId(id: string): void;
    /**
     * SetPassword stores the hash of a new password, forgets the last reset mail
     * and ends all sessions by a new token key. It fails for an empty password and
     * for one of more than 72 bytes.
     */
    setPassword(password: string): void;
    /** TableName returns "_admins". */
    tableName(): string;
    /** ValidatePassword tells whether password is the admin's. */
    validatePassword(password: string): boolean;
  }
  /** BaseModel is the part every row has. Its zero value is a new row without id. */
  interface BaseModel {
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetId returns the id. */
    getId(): string;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /** PostScan marks the row as stored. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /** SetId sets the id. */
    setId(id: string): void;
  }
  /**
   * Collection describes a table of records: its fields, rules and options.
   *
   * A collection that came from a cache is shared: change only a Clone. Reading
   * one from several goroutines is safe.
   */
  interface Collection {
    baseModel: models.BaseModel;
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    name: string;
    type: string;
    system: boolean;
    schema: schema.Schema;
    indexes: types.JsonArray<string>;
    /** A nil rule means admins only, an empty one everybody. */
    listRule: string | null;
    viewRule: string | null;
    createRule: string | null;
    updateRule: string | null;
    deleteRule: string | null;
    options: types.JsonMap;
    /** AuthOptions returns the options of an auth collection, zero ones for others. */
    authOptions(): models.CollectionAuthOptions;
    /** BaseFilesPath returns the storage folder of the collection's files. */
    baseFilesPath(): string;
    /** BaseOptions returns the options of a base collection. */
    baseOptions(): models.CollectionBaseOptions;
    /** DecodeOptions fills result with the options. It fails when their shape differs. */
    decodeOptions(result: any): void;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetId returns the id. */
    getId(): string;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IsAuth tells whether the collection holds accounts. */
    isAuth(): boolean;
    /** IsBase tells whether the collection holds plain records. */
    isBase(): boolean;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** IsView tells whether the collection is a read-only query. */
    isView(): boolean;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /** MarshalJSON writes the collection with all options of its type. */
    marshalJSON(): Array<number>;
    /**
     * NormalizeOptions brings the options to exactly those of the collection's
     * type: missing ones get their defaults, unknown ones are dropped.
     */
    normalizeOptions(): void;
    /** PostScan marks the collection as stored and completes its options. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /** SetId sets the id. */
    setId(id: string): void;
    /**
     * SetOptions replaces the options by those of a typed value or map, completed
     * with the defaults of the collection's type.
     */
    setOptions(typedOptions: any): void;
    /** TableName returns "_collections". */
    tableName(): string;
    /** ViewOptions returns the options of a view collection, zero ones for others. */
    viewOptions(): models.CollectionViewOptions;
  }
  /** CollectionAuthOptions tells how the accounts of an auth collection sign in. */
  interface CollectionAuthOptions {
    /** ManageRule tells who may change the accounts of others; nil means nobody. */
    manageRule: string | null;
    allowOAuth2Auth: boolean;
    allowUsernameAuth: boolean;
    allowEmailAuth: boolean;
    requireEmail: boolean;
    exceptEmailDomains: Array<string>;
    onlyVerified: boolean;
    onlyEmailDomains: Array<string>;
    minPasswordLength: number;
    /** Validate checks the options, except the syntax of the manage rule. */
    validate(): void;
  }
  /** CollectionBaseOptions has no options. */
  interface CollectionBaseOptions {
    /** Validate accepts everything. */
    validate(): void;
  }
  /** CollectionViewOptions holds the query of a view collection. */
  interface CollectionViewOptions {
    query: string;
    /** Validate checks that there is a query. */
    validate(): void;
  }
  /** ExternalAuth links an auth record to an account at an OAuth2 provider. */
  interface ExternalAuth {
    baseModel: models.BaseModel;
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    collectionId: string;
    recordId: string;
    provider: string;
    providerId: string;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetId returns the id. */
    getId(): string;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /** PostScan marks the row as stored. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /** SetId sets the id. */
    setId(id: string): void;
    /** TableName returns "_externalAuths". */
    tableName(): string;
  }
  /** Log is one log entry. */
  interface Log {
    baseModel: models.BaseModel;
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    data: types.JsonMap;
    message: string;
    level: number;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetId returns the id. */
    getId(): string;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /** PostScan marks the row as stored. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /** SetId sets the id. */
    setId(id: string): void;
    /** TableName returns "_logs". */
    tableName(): string;
  }
  /** Model is one row of a table. */
  interface Model {
    getCreated(): types.DateTime;
    getId(): string;
    getUpdated(): types.DateTime;
    /** HasId tells whether the model has an id. */
    hasId(): boolean;
    /** IsNew tells whether the model is not stored yet. */
    isNew(): boolean;
    markAsNew(): void;
    markAsNotNew(): void;
    /** PostScan is called after the model was loaded from its table. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    setId(id: string): void;
    /** TableName names the table of the model. */
    tableName(): string;
  }
  /** Param is one named JSON value. */
  interface Param {
    baseModel: models.BaseModel;
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    key: string;
    value: types.JsonRaw;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetId returns the id. */
    getId(): string;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /** PostScan marks the row as stored. */
    postScan(): void;
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /** SetId sets the id. */
    setId(id: string): void;
    /** TableName returns "_params". */
    tableName(): string;
  }
  /**
   * Record is one row of a collection. Its values sit in a slice in the order of
   * the collection's columns, as the database returned them until they are set;
   * every reader normalises on the way out. A record without collection holds
   * only its id, dates and unknown data.
   */
  interface Record<F = { [field: string]: any }> {
    baseModel: models.BaseModel;
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    /** BaseFilesPath returns the storage folder of the record's files. */
    baseFilesPath(): string;
    /**
     * CleanCopy returns a copy of the record with its current values but without
     * expand, unknown data and export options.
     */
    cleanCopy(): models.Record<F>;
    /** Collection returns the collection of the record, or nil. */
    collection(): models.Collection;
    /** ColumnValueMap returns the value of every column in normal form, by name. */
    columnValueMap(): { [key: string]: any };
    /** Email returns the email of an account. */
    email(): string;
    /** EmailVisibility tells whether everybody may see the email. */
    emailVisibility(): boolean;
    /**
     * Expand returns a copy of the expanded records by relation: *Record or
     * []*Record values.
     */
    expand(): { [key: string]: any };
    /** ExpandedAll returns the expanded records of a relation, or nil. */
    expandedAll(relField: string): Array<models.Record>;
    /**
     * ExpandedOne returns the expanded record of a relation, the first of several,
     * or nil.
     */
    expandedOne(relField: string): models.Record | null;
    /** FindFileFieldByFile returns the file field that holds the file name, or nil. */
    findFileFieldByFile(filename: string): schema.SchemaField | null;
    /**
     * Get returns the value of a field, auth or base column in normal form, or of
     * unknown data; nil when there is none. Lists are copies.
     */
    get<K extends keyof F & string>(field: K): F[K];
    get(field: string): any;
    /** GetBool returns the value as a bool, false when it is none. */
    getBool(key: string): boolean;
    /** GetCreated returns the creation date. */
    getCreated(): types.DateTime;
    /** GetDateTime returns the value as a date, the zero one when it is none. */
    getDateTime(key: string): types.DateTime;
    /** GetFloat returns the value as a number, 0 when it is none. */
    getFloat(key: string): number;
    /** GetId returns the id. */
    getId(): string;
    /** GetInt returns the value as a whole number, 0 when it is none. */
    getInt(key: string): number;
    /**
     * GetString returns the value as text: JSON as its document, dates in the
     * default layout, lists as "".
     */
    getString(key: string): string;
    /** GetStringSlice returns the value as a list of unique non-empty texts. */
    getStringSlice(key: string): Array<string>;
    /**
     * GetTime returns a text or a number of seconds as a UTC time, the zero one when
     * it is none. As in v0.22, values of date fields are none: see GetDateTime.
     */
    getTime(key: string): time.Time;
    /** GetUpdated returns the date of the last change. */
    getUpdated(): types.DateTime;
    /** HasId tells whether the id is set. */
    hasId(): boolean;
    /** IgnoreEmailVisibility makes exports always contain the email, or not. */
    ignoreEmailVisibility(state: boolean): void;
    /** IsNew tells whether the row is not stored yet. */
    isNew(): boolean;
    /** LastLoginAlertSentAt returns when the last login alert was sent. */
    lastLoginAlertSentAt(): types.DateTime;
    /** LastResetSentAt returns when the last password reset mail was sent. */
    lastResetSentAt(): types.DateTime;
    /** LastVerificationSentAt returns when the last verification mail was sent. */
    lastVerificationSentAt(): types.DateTime;
    /** Load sets every value of data. */
    load(data: Partial<F> | { [field: string]: any }): void;
    /** MarkAsNew makes the next save an insert. */
    markAsNew(): void;
    /** MarkAsNotNew makes the next save an update. */
    markAsNotNew(): void;
    /**
     * MarshalJSON writes the public form with sorted keys. It fails only for expand
     * or unknown data that cannot be encoded.
     */
    marshalJSON(): Array<number>;
    /**
     * MergeExpand adds expanded records. Records that are there already are kept
     * and take over the expand of their newer version.
     */
    mergeExpand(expand: { [key: string]: any }): void;
    /** OriginalCopy returns a copy of the record with the values it was loaded with. */
    originalCopy(): models.Record<F>;
    /** PasswordHash returns the hash of the account's password. */
    passwordHash(): string;
    /** PostScan marks the row as stored. */
    postScan(): void;
    /**
     * PublicExport returns the public form of the record: its fields, base columns
     * and collection, what is public of an account, and the expanded records.
     */
    publicExport(): { [key: string]: any };
    /** RefreshCreated sets the creation date to now. */
    refreshCreated(): void;
    /** RefreshId sets a new random id. */
    refreshId(): void;
    /**
     * RefreshTokenKey sets a new random token key, which ends all sessions of the
     * account. It fails outside auth collections.
     */
    refreshTokenKey(): void;
    /** RefreshUpdated sets the change date to now. */
    refreshUpdated(): void;
    /**
     * ReplaceModifers returns data with its modifier keys ("field+", "field-")
     * applied to the value of the same data or, without one, of the record.
     */
    replaceModifers(data: { [key: string]: any }): { [key: string]: any };
    /**
     * SchemaData returns the values of the collection's fields. Those of a new
     * record that were not set yet are left out.
     */
    schemaData(): { [key: string]: any };
    /**
     * Set stores a value, converted to the normal form of its field. A key that the
     * collection does not have becomes unknown data.
     */
    set(field: (keyof F & string) | (string & {}), value: any): void;
    /** SetEmail sets the email. It fails outside auth collections. */
    setEmail(email: string): void;
    /** SetEmailVisibility sets who sees the email. It fails outside auth collections. */
    setEmailVisibility(visible: boolean): void;
    /** SetExpand replaces the expanded records. */
    setExpand(expand: { [key: string]: any }): void;
    /** SetId sets the id. */
    setId(id: string): void;
    /**
     * SetLastLoginAlertSentAt sets the date of the last login alert. It fails
     * outside auth collections.
     */
    setLastLoginAlertSentAt(date: types.DateTime | Date | string): void;
    /**
     * SetLastResetSentAt sets the date of the last password reset mail. It fails
     * outside auth collections.
     */
    setLastResetSentAt(date: types.DateTime | Date | string): void;
    /**
     * SetLastVerificationSentAt sets the date of the last verification mail. It
     * fails outside auth collections.
     */
    setLastVerificationSentAt(date: types.DateTime | Date | string): void;
    /**
     * SetPassword stores the hash of a new password, forgets the last reset mail
     * and ends all sessions by a new token key. It fails outside auth collections,
     * for an empty password and for one of more than 72 bytes.
     */
    setPassword(password: string): void;
    /** SetTokenKey sets the token key. It fails outside auth collections. */
    setTokenKey(key: string): void;
    /** SetUsername sets the username. It fails outside auth collections. */
    setUsername(username: string): void;
    /** SetVerified sets the verified state. It fails outside auth collections. */
    setVerified(verified: boolean): void;
    /** TableName returns the name of the record's collection. */
    tableName(): string;
    /** TokenKey returns the account's part of the keys of its tokens. */
    tokenKey(): string;
    /** UnknownData returns a copy of the values that belong to no field. */
    unknownData(): { [key: string]: any };
    /** UnmarshalJSON loads a JSON object as Load does. */
    unmarshalJSON(data: string | Array<number>): void;
    /**
     * UnmarshalJSONField decodes the JSON form of a value into result. It fails
     * when the shapes differ.
     */
    unmarshalJSONField(key: string, result: any): void;
    /** Username returns the username of an account. */
    username(): string;
    /** ValidatePassword tells whether password is the account's. */
    validatePassword(password: string): boolean;
    /** Verified tells whether the email is verified. */
    verified(): boolean;
    /** WithUnknownData makes exports contain the unknown data, or not. */
    withUnknownData(state: boolean): void;
  }
  /** RequestInfo is what rules may know about a request. */
  interface RequestInfo {
    context: string;
    query: { [key: string]: any };
    data: { [field: string]: any };
    headers: { [key: string]: any };
    authRecord: models.Record | null;
    admin: models.Admin | null;
    method: string;
    /** HasModifierDataKeys tells whether a submitted key carries a field modifier. */
    hasModifierDataKeys(): boolean;
  }
  /** TableInfoRow describes one column of a table. */
  interface TableInfoRow {
    /** PK is 1 based within the primary key, 0 for other columns. */
    pk: number;
    index: number;
    name: string;
    type: string;
    notNull: boolean;
    defaultValue: types.JsonRaw;
  }
}

declare namespace multipart {
  /** File is an interface to access the file part of a multipart message. */
  interface File {
    close(): void;
    read(arg0: string | Array<number>): number;
    readAt(arg0: string | Array<number>, arg1: number): number;
    seek(arg0: number, arg1: number): number;
  }
  /** A FileHeader describes a file part of a multipart request. */
  interface FileHeader {
    filename: string;
    header: textproto.MIMEHeader;
    size: number;
    /** Open opens and returns the [FileHeader]'s associated File. */
    open(): multipart.File;
  }
  /** Form is a parsed multipart form. */
  interface Form {
    value: { [key: string]: Array<string> };
    file: { [key: string]: Array<multipart.FileHeader> };
    /** RemoveAll removes any temporary files associated with a [Form]. */
    removeAll(): void;
  }
  /** A Part represents a single part in a multipart body. */
  interface Part {
    /** The headers of the body, if any, with the keys canonicalized in the same fashion that the Go http.Request headers are. */
    header: textproto.MIMEHeader;
    close(): void;
    /** FileName returns the filename parameter of the [Part]'s Content-Disposition header. */
    fileName(): string;
    /** FormName returns the name parameter if p has a Content-Disposition of type "form-data". */
    formName(): string;
    /** Read reads the body of a part, after its headers and before the next part (if any) begins. */
    read(d: string | Array<number>): number;
  }
  /** Reader is an iterator over parts in a MIME multipart body. */
  interface Reader {
    /** NextPart returns the next part in the multipart or an error. */
    nextPart(): multipart.Part;
    /** NextRawPart returns the next part in the multipart or an error. */
    nextRawPart(): multipart.Part;
    /** ReadForm parses an entire multipart message whose parts have a Content-Disposition of "form-data". */
    readForm(maxMemory: number): multipart.Form;
  }
}

declare namespace oauth2 {
  /** An AuthCodeOption is passed to Config.AuthCodeURL. */
  interface AuthCodeOption {
  }
  /** Token represents the credentials used to authorize the requests to access protected resources on the OAuth 2.0 provider's backend. */
  interface Token {
    /** AccessToken is the token that authorizes and authenticates the requests. */
    accessToken: string;
    /** TokenType is the type of token. */
    tokenType: string;
    /** RefreshToken is a token that's used by the application (as opposed to the user) to refresh the access token if it expires. */
    refreshToken: string;
    /** Expiry is the optional expiration time of the access token. */
    expiry: time.Time;
    /** ExpiresIn is the OAuth2 wire format "expires_in" field, which specifies how many seconds later the token expires, relative to an unknown time base approximately around "now". */
    expiresIn: number;
    /** Extra returns an extra field. */
    extra(key: string): any;
    /** SetAuthHeader sets the Authorization header to r using the access token in t. */
    setAuthHeader(r: http.Request): void;
    /** Type returns t.TokenType if non-empty, else "Bearer". */
    type(): string;
    /** Valid reports whether t is non-nil, has an AccessToken, and is not expired. */
    valid(): boolean;
    /** WithExtra returns a new [Token] that's a clone of t, but using the provided raw extra map. */
    withExtra(extra: any): oauth2.Token;
  }
}

declare namespace os {
  /** File represents an open file descriptor. */
  interface File {
    /** Chdir changes the current working directory to the file, which must be a directory. */
    chdir(): void;
    /** Chmod changes the mode of the file to mode. */
    chmod(mode: number): void;
    /** Chown changes the numeric uid and gid of the named file. */
    chown(uid: number, gid: number): void;
    /** Close closes the [File], rendering it unusable for I/O. */
    close(): void;
    /** Fd returns the system file descriptor or handle referencing the open file. */
    fd(): any;
    /** Name returns the name of the file as presented to Open. */
    name(): string;
    /** Read reads up to len(b) bytes from the File and stores them in b. */
    read(b: string | Array<number>): number;
    /** ReadAt reads len(b) bytes from the File starting at byte offset off. */
    readAt(b: string | Array<number>, off: number): number;
    /** ReadDir reads the contents of the directory associated with the file f and returns a slice of [DirEntry] values in directory order. */
    readDir(n: number): Array<fs.DirEntry>;
    /** ReadFrom implements io.ReaderFrom. */
    readFrom(r: io.Reader): number;
    /** Readdir reads the contents of the directory associated with file and returns a slice of up to n [FileInfo] values, as would be returned by [Lstat], in directory order. */
    readdir(n: number): Array<fs.FileInfo>;
    /** Readdirnames reads the contents of the directory associated with file and returns a slice of up to n names of files in the directory, in directory order. */
    readdirnames(n: number): Array<string>;
    /** Seek sets the offset for the next Read or Write on file to offset, interpreted according to whence: 0 means relative to the origin of the file, 1 means relative to the current offset, and 2 means relative to the end. */
    seek(offset: number, whence: number): number;
    /** SetDeadline sets the read and write deadlines for a File. */
    setDeadline(t: time.Time | Date): void;
    /** SetReadDeadline sets the deadline for future Read calls and any currently-blocked Read call. */
    setReadDeadline(t: time.Time | Date): void;
    /** SetWriteDeadline sets the deadline for any future Write calls and any currently-blocked Write call. */
    setWriteDeadline(t: time.Time | Date): void;
    /** Stat returns the [FileInfo] structure describing file. */
    stat(): fs.FileInfo;
    /** Sync commits the current contents of the file to stable storage. */
    sync(): void;
    /** SyscallConn returns a raw file. */
    syscallConn(): any;
    /** Truncate changes the size of the file. */
    truncate(size: number): void;
    /** Write writes len(b) bytes from b to the File. */
    write(b: string | Array<number>): number;
    /** WriteAt writes len(b) bytes to the File starting at byte offset off. */
    writeAt(b: string | Array<number>, off: number): number;
    /** WriteString is like Write, but writes the contents of string s rather than a slice of bytes. */
    writeString(s: string): number;
    /** WriteTo implements io.WriterTo. */
    writeTo(w: io.Writer): number;
  }
  /** Process stores the information about a process created by [StartProcess]. */
  interface Process {
    pid: number;
    /** Kill causes the [Process] to exit immediately. */
    kill(): void;
    /** Release releases any resources associated with the [Process] p, rendering it unusable in the future. */
    release(): void;
    /** Signal sends a signal to the [Process]. */
    signal(sig: os.Signal): void;
    /** Wait waits for the [Process] to exit, and then returns a ProcessState describing its status and an error, if any. */
    wait(): os.ProcessState;
    /** WithHandle calls a supplied function f with a valid process handle as an argument. */
    withHandle(f: (arg0: any) => unknown): void;
  }
  /** ProcessState stores information about a process, as reported by Wait. */
  interface ProcessState {
    /** ExitCode returns the exit code of the exited process, or -1 if the process hasn't exited or was terminated by a signal. */
    exitCode(): number;
    /** Exited reports whether the program has exited. */
    exited(): boolean;
    /** Pid returns the process id of the exited process. */
    pid(): number;
    string(): string;
    /** Success reports whether the program exited successfully, such as with exit status 0 on Unix. */
    success(): boolean;
    /** Sys returns system-dependent exit information about the process. */
    sys(): any;
    /** SysUsage returns system-dependent resource usage information about the exited process. */
    sysUsage(): any;
    /** SystemTime returns the system CPU time of the exited process and its children. */
    systemTime(): time.Duration;
    /** UserTime returns the user CPU time of the exited process and its children. */
    userTime(): time.Duration;
  }
  /** A Signal represents an operating system signal. */
  interface Signal {
    signal(): void;
    string(): string;
  }
}

declare namespace realtime {
  /** Broker is the registry of connected clients. It is safe for concurrent use. */
  interface Broker {
    /** ClientById returns the client with the id or [ErrUnknownClient]. */
    clientById(id: string): realtime.Client;
    /** Clients returns a copy of the registry by client id. */
    clients(): { [key: string]: realtime.Client };
    /** Register adds a client. */
    register(client: realtime.Client): void;
    /**
     * Unregister discards and drops the client with the id. Unknown ids are
     * ignored. What was sent to the client before may still reach it.
     */
    unregister(id: string): void;
  }
  /**
   * Client is one connected receiver of messages.
   * All methods are safe for concurrent use.
   */
  interface Client {
    /**
     * Channel returns a channel with a signal for the one reader whenever messages
     * wait for it; see [Client.Take]. It is never closed; see [Client.Done].
     */
    channel(): any;
    /** Discard marks the client as gone. Later messages are dropped. */
    discard(): void;
    /** Get returns a stored value or nil. */
    get(key: string): any;
    /** HasSubscription reports whether the client has exactly this subscription. */
    hasSubscription(subscription: string): boolean;
    /** Id returns the id that the client uses to subscribe. */
    id(): string;
    /** IsDiscarded reports whether the client is gone. */
    isDiscarded(): boolean;
    /**
     * Send queues a message without ever blocking. A client that is too far behind
     * is discarded; messages for discarded clients are dropped. It reports whether
     * the message was queued.
     */
    send(m: realtime.Message): boolean;
    /** Set stores a value with the client. */
    set(key: string, value: any): void;
    /** Subscribe adds subscriptions; empty ones are ignored. */
    subscribe(...subscriptions: Array<string>): void;
    /**
     * Subscriptions returns a copy of the subscriptions, limited to those that
     * start with one of the prefixes if there are any.
     */
    subscriptions(...prefixes: Array<string>): { [key: string]: realtime.SubscriptionOptions };
    /** Unset drops a stored value. */
    unset(key: string): void;
    /** Unsubscribe drops subscriptions, all of them when none is named. */
    unsubscribe(...subscriptions: Array<string>): void;
  }
  /** Message is one event for a client. */
  interface Message {
    /** Name is the event name: for records the subscription as it was submitted. */
    name: string;
    /** Data is the payload, usually JSON. */
    data: Array<number>;
  }
  /** SubscriptionOptions are the request values that a subscription stands for. */
  interface SubscriptionOptions {
    query: { [key: string]: any };
    headers: { [key: string]: any };
  }
}

declare namespace schema {
  /** BoolOptions has no options. */
  interface BoolOptions {
    /** Validate accepts everything. */
    validate(): void;
  }
  /** DateOptions limits a date field; both bounds are inclusive. */
  interface DateOptions {
    min: types.DateTime;
    max: types.DateTime;
    /** Validate checks the options. */
    validate(): void;
  }
  /** EditorOptions tells the editor how to write links. */
  interface EditorOptions {
    /** ConvertUrls makes the editor write absolute links. */
    convertUrls: boolean;
    /** Validate accepts everything. */
    validate(): void;
  }
  /**
   * EmailOptions limits the domains of an email field; only one of the lists may
   * be filled.
   */
  interface EmailOptions {
    exceptDomains: Array<string>;
    onlyDomains: Array<string>;
    /** Validate checks the options. */
    validate(): void;
  }
  /** FileOptions limits the uploads of a file field. */
  interface FileOptions {
    mimeTypes: Array<string>;
    thumbs: Array<string>;
    maxSelect: number;
    /** MaxSize is the limit for one file in bytes. */
    maxSize: number;
    protected: boolean;
    /** IsMultiple tells whether more than one file may be stored. */
    isMultiple(): boolean;
    /** Validate checks the options. */
    validate(): void;
  }
  /** JsonOptions limits the size of a json field in bytes. */
  interface JsonOptions {
    maxSize: number;
    /** Validate checks the options. */
    validate(): void;
  }
  /** NumberOptions limits a number field; both bounds are inclusive. */
  interface NumberOptions {
    min: number | null;
    max: number | null;
    noDecimal: boolean;
    /** Validate checks the options. */
    validate(): void;
  }
  /**
   * RelationOptions names the collection a relation field points to. A nil
   * MaxSelect means any number of records.
   */
  interface RelationOptions {
    collectionId: string;
    cascadeDelete: boolean;
    minSelect: number | null;
    maxSelect: number | null;
    displayFields: Array<string>;
    /** IsMultiple tells whether more than one record may be related. */
    isMultiple(): boolean;
    /** Validate checks the options, except whether the collection exists. */
    validate(): void;
  }
  /**
   * Schema is an ordered list of fields. The zero value is an empty schema ready
   * to use. It is not safe for concurrent changes; copies share their fields
   * (use Clone for an independent one).
   */
  interface Schema {
    /**
     * AddField appends a field, or replaces the one with the same id. A field
     * without id gets a random one.
     */
    addField(newField: schema.SchemaField): void;
    /** AsMap returns the fields by name. */
    asMap(): { [key: string]: schema.SchemaField };
    /**
     * Clone returns a deep copy. It fails when the options of a field cannot be
     * read as those of its type.
     */
    clone(): schema.Schema;
    /** Fields returns the fields in order. The slice must not be changed. */
    fields(): Array<schema.SchemaField>;
    /** GetFieldById returns the field with the id, or nil. */
    getFieldById(id: string): schema.SchemaField;
    /** GetFieldByName returns the field with exactly this name, or nil. */
    getFieldByName(name: string): schema.SchemaField;
    /** InitFieldsOptions turns the options of every field into their typed form. */
    initFieldsOptions(): void;
    /** MarshalJSON writes the list of fields, never null. */
    marshalJSON(): Array<number>;
    /** RemoveField drops the field with the id; an unknown id is ignored. */
    removeField(id: string): void;
    /** Scan loads the JSON text of a database column; empty means no fields. */
    scan(value: any): void;
    /**
     * UnmarshalJSON reads a list of fields and fills missing ids. Options that do
     * not fit their type are kept as they are, for Validate to report.
     */
    unmarshalJSON(data: string | Array<number>): void;
    /**
     * Validate checks ids, names, types and options of all fields. The error is a
     * validation.Errors keyed by field position.
     */
    validate(): void;
    /** Value returns the JSON text for the database. */
    value(): any;
  }
  /**
   * SchemaField is one field of a collection. Options holds a pointer to the
   * options type of its kind (*TextOptions, …) once InitOptions succeeded, which
   * decoding from JSON does by itself.
   */
  interface SchemaField {
    system: boolean;
    id: string;
    name: string;
    type: string;
    required: boolean;
    presentable: boolean;
    /** Unique is kept for old definitions and has no effect. */
    unique: boolean;
    options: any;
    /**
     * ColDefinition returns the type, default and constraints of the field's
     * column, or "" for an unknown type.
     */
    colDefinition(): string;
    /**
     * InitOptions turns Options into the options type of the field's kind. It fails
     * for an unknown kind and for options of another shape.
     */
    initOptions(): void;
    /** MarshalJSON writes the field with all options of its type. */
    marshalJSON(): Array<number>;
    /**
     * PrepareValue converts any value (decoded JSON, form text, a database value)
     * into the normal form of the field: string, float64, bool, types.DateTime,
     * types.JsonRaw, or []string for fields that hold a list.
     */
    prepareValue(value: any): any;
    /**
     * PrepareValueWithModifier applies the modifier value to the base value and
     * returns the result in normal form. A modifier that the kind does not have
     * leaves the base value.
     */
    prepareValueWithModifier(baseValue: any, modifier: string, modifierValue: any): any;
    /** String returns the JSON form. */
    string(): string;
    /**
     * UnmarshalJSON reads a field. Options that do not fit the type are kept as
     * decoded, for Validate to report.
     */
    unmarshalJSON(data: string | Array<number>): void;
    /**
     * Validate checks the definition of the field on its own. The error is a
     * validation.Errors by JSON key.
     */
    validate(): void;
  }
  /** SelectOptions lists the values of a select field. */
  interface SelectOptions {
    maxSelect: number;
    values: Array<string>;
    /** IsMultiple tells whether more than one value may be selected. */
    isMultiple(): boolean;
    /** Validate checks the options. */
    validate(): void;
  }
  /** TextOptions limits a text field. Lengths count characters. */
  interface TextOptions {
    min: number | null;
    max: number | null;
    pattern: string;
    /** Validate checks the options. */
    validate(): void;
  }
  /**
   * UrlOptions limits the hosts of a url field; only one of the lists may be
   * filled. A host includes its port, if any.
   */
  interface UrlOptions {
    exceptDomains: Array<string>;
    onlyDomains: Array<string>;
    /** Validate checks the options. */
    validate(): void;
  }
}

declare namespace search {
  /** Result is one page of a list, as responses show it. */
  interface Result {
    page: number;
    perPage: number;
    /** -1 when it was not asked for */
    totalItems: number;
    /** -1 when it was not asked for */
    totalPages: number;
    /** Items is a pointer to a slice, so that handlers may shorten or extend it. */
    items: any;
  }
}

declare namespace settings {
  /**
   * AuthProviderConfig is the setup of one OAuth2 provider. Empty texts and a nil
   * PKCE leave the provider's own defaults.
   */
  interface AuthProviderConfig {
    enabled: boolean;
    clientId: string;
    clientSecret: string;
    authUrl: string;
    tokenUrl: string;
    userApiUrl: string;
    displayName: string;
    pkce: boolean | null;
    /**
     * SetupProvider applies the setup to a provider. It fails when the provider is
     * not enabled.
     */
    setupProvider(provider: auth.Provider): void;
    /** Validate checks the settings. */
    validate(): void;
  }
  /** BackupsConfig tells when and where backups are made. */
  interface BackupsConfig {
    /** Cron is the expression of automatic backups; empty means none. */
    cron: string;
    /** CronMaxKeep is how many automatic backups are kept. */
    cronMaxKeep: number;
    s3: settings.S3Config;
    /** Validate checks the settings. */
    validate(): void;
  }
  /** EmailAuthConfig is kept for old clients and has no effect. */
  interface EmailAuthConfig {
    enabled: boolean;
    exceptDomains: Array<string>;
    onlyDomains: Array<string>;
    minPasswordLength: number;
  }
  /** EmailTemplate is a mail with placeholders. */
  interface EmailTemplate {
    /** Body is HTML. */
    body: string;
    subject: string;
    actionUrl: string;
    /** Hidden keeps the template out of the dashboard. */
    hidden: boolean;
    /** Resolve fills the placeholders in. */
    resolve(appName: string, appURL: string, token: string): [string, string, string];
    /** Validate checks that the placeholders without which the mail is useless are there. */
    validate(): void;
  }
  /**
   * HooksConfig holds the time limits, in seconds, of scripts that do not set one
   * themselves. The flag --hooksTimeout goes before them.
   */
  interface HooksConfig {
    /** Timeout is the limit of hooks; 0 is the built-in one. */
    timeout: number;
    /** RouteTimeout is the limit of routes and middlewares; 0 is the built-in one. */
    routeTimeout: number;
    /** Validate checks the settings. */
    validate(): void;
  }
  /** LogsConfig tells what is logged and how long it is kept. */
  interface LogsConfig {
    /** MaxDays is how long entries are kept; 0 keeps none. */
    maxDays: number;
    minLevel: number;
    logIp: boolean;
    /** Validate checks the settings. */
    validate(): void;
  }
  /** MetaConfig names the app and holds its mail templates. */
  interface MetaConfig {
    appName: string;
    appUrl: string;
    hideControls: boolean;
    senderName: string;
    senderAddress: string;
    verificationTemplate: settings.EmailTemplate;
    resetPasswordTemplate: settings.EmailTemplate;
    confirmEmailChangeTemplate: settings.EmailTemplate;
    /** Validate checks the settings. */
    validate(): void;
  }
  /** S3Config is an S3 compatible bucket. */
  interface S3Config {
    enabled: boolean;
    bucket: string;
    region: string;
    endpoint: string;
    accessKey: string;
    secret: string;
    forcePathStyle: boolean;
    /** Validate checks the settings. */
    validate(): void;
  }
  /**
   * Settings are all settings of an app, in the order of their JSON form. The
   * methods are safe for concurrent use with each other; code that reads or
   * writes fields directly, as scripts may, has to own the value.
   */
  interface Settings {
    meta: settings.MetaConfig;
    logs: settings.LogsConfig;
    smtp: settings.SmtpConfig;
    s3: settings.S3Config;
    backups: settings.BackupsConfig;
    hooks: settings.HooksConfig;
    adminAuthToken: settings.TokenConfig;
    adminPasswordResetToken: settings.TokenConfig;
    adminFileToken: settings.TokenConfig;
    recordAuthToken: settings.TokenConfig;
    recordPasswordResetToken: settings.TokenConfig;
    recordEmailChangeToken: settings.TokenConfig;
    recordVerificationToken: settings.TokenConfig;
    recordFileToken: settings.TokenConfig;
    /** EmailAuth is kept for old clients and has no effect. */
    emailAuth: settings.EmailAuthConfig;
    googleAuth: settings.AuthProviderConfig;
    facebookAuth: settings.AuthProviderConfig;
    githubAuth: settings.AuthProviderConfig;
    gitlabAuth: settings.AuthProviderConfig;
    discordAuth: settings.AuthProviderConfig;
    twitterAuth: settings.AuthProviderConfig;
    microsoftAuth: settings.AuthProviderConfig;
    spotifyAuth: settings.AuthProviderConfig;
    kakaoAuth: settings.AuthProviderConfig;
    twitchAuth: settings.AuthProviderConfig;
    stravaAuth: settings.AuthProviderConfig;
    giteeAuth: settings.AuthProviderConfig;
    livechatAuth: settings.AuthProviderConfig;
    giteaAuth: settings.AuthProviderConfig;
    oidcAuth: settings.AuthProviderConfig;
    oidc2Auth: settings.AuthProviderConfig;
    oidc3Auth: settings.AuthProviderConfig;
    appleAuth: settings.AuthProviderConfig;
    instagramAuth: settings.AuthProviderConfig;
    vkAuth: settings.AuthProviderConfig;
    yandexAuth: settings.AuthProviderConfig;
    patreonAuth: settings.AuthProviderConfig;
    mailcowAuth: settings.AuthProviderConfig;
    bitbucketAuth: settings.AuthProviderConfig;
    planningcenterAuth: settings.AuthProviderConfig;
    /**
     * Clone returns a deep copy. The error is always nil for settings that were
     * decoded or made by New.
     */
    clone(): settings.Settings;
    /**
     * Merge takes over all settings of other. A masked secret there keeps the
     * secret here.
     */
    merge(other: settings.Settings): void;
    /** NamedAuthProviderConfigs returns the OAuth2 settings by provider name. */
    namedAuthProviderConfigs(): { [key: string]: settings.AuthProviderConfig };
    /** RedactClone returns a deep copy whose non-empty secrets are masked. */
    redactClone(): settings.Settings;
    /** Validate checks all settings. The error is a validation.Errors by JSON key. */
    validate(): void;
  }
  /** SmtpConfig is the mail server; when disabled mails go to the local sendmail. */
  interface SmtpConfig {
    enabled: boolean;
    host: string;
    port: number;
    username: string;
    password: string;
    /** AuthMethod is SmtpAuthPlain (also when empty) or SmtpAuthLogin. */
    authMethod: string;
    /** Tls connects with TLS at once instead of upgrading the connection. */
    tls: boolean;
    /** LocalName is how the server introduces itself, "localhost" when empty. */
    localName: string;
    /** Validate checks the settings. */
    validate(): void;
  }
  /** TokenConfig is the secret and life time of one kind of token. */
  interface TokenConfig {
    secret: string;
    /** Duration is in seconds. */
    duration: number;
    /** Validate checks the settings. */
    validate(): void;
  }
}

declare namespace slog {
  /** An Attr is a key-value pair. */
  interface Attr {
    key: string;
    value: slog.Value;
    /** Equal reports whether a and b have equal keys and values. */
    equal(b: slog.Attr): boolean;
    string(): string;
  }
  /** A Handler handles log records produced by a Logger. */
  interface Handler {
    /** Enabled reports whether the handler handles records at the given level. */
    enabled(context: context.Context, level: number): boolean;
    /** Handle handles the Record. */
    handle(context: context.Context, record: slog.Record): void;
    /** WithAttrs returns a new Handler whose attributes consist of both the receiver's attributes and the arguments. */
    withAttrs(attrs: Array<slog.Attr>): slog.Handler;
    /** WithGroup returns a new Handler with the given group appended to the receiver's existing groups. */
    withGroup(name: string): slog.Handler;
  }
  /** A LogValuer is any Go value that can convert itself into a Value for logging. */
  interface LogValuer {
    logValue(): slog.Value;
  }
  /** A Logger records structured information about each call to its Log, Debug, Info, Warn, and Error methods. */
  interface Logger {
    /** Debug logs at [LevelDebug]. */
    debug(msg: string, ...args: Array<any>): void;
    /** DebugContext logs at [LevelDebug] with the given context. */
    debugContext(ctx: context.Context, msg: string, ...args: Array<any>): void;
    /** Enabled reports whether l emits log records at the given context and level. */
    enabled(ctx: context.Context, level: number): boolean;
    /** Error logs at [LevelError]. */
    error(msg: string, ...args: Array<any>): void;
    /** ErrorContext logs at [LevelError] with the given context. */
    errorContext(ctx: context.Context, msg: string, ...args: Array<any>): void;
    /** Handler returns l's Handler. */
    handler(): slog.Handler;
    /** Info logs at [LevelInfo]. */
    info(msg: string, ...args: Array<any>): void;
    /** InfoContext logs at [LevelInfo] with the given context. */
    infoContext(ctx: context.Context, msg: string, ...args: Array<any>): void;
    /** Log emits a log record with the current time and the given level and message. */
    log(ctx: context.Context, level: number, msg: string, ...args: Array<any>): void;
    /** LogAttrs is a more efficient version of [Logger.Log] that accepts only Attrs. */
    logAttrs(ctx: context.Context, level: number, msg: string, ...attrs: Array<slog.Attr>): void;
    /** Warn logs at [LevelWarn]. */
    warn(msg: string, ...args: Array<any>): void;
    /** WarnContext logs at [LevelWarn] with the given context. */
    warnContext(ctx: context.Context, msg: string, ...args: Array<any>): void;
    /** With returns a Logger that includes the given attributes in each output operation. */
    with(...args: Array<any>): slog.Logger;
    /** WithGroup returns a Logger that starts a group, if name is non-empty. */
    withGroup(name: string): slog.Logger;
  }
  /** A Record holds information about a log event. */
  interface Record {
    /** The time at which the output method (Log, Info, etc.) was called. */
    time: time.Time;
    /** The log message. */
    message: string;
    /** The level of the event. */
    level: number;
    /** The program counter at the time the record was constructed, as determined by runtime.Callers. */
    pc: any;
    /** Add converts the args to Attrs as described in [Logger.Log], then appends the Attrs to the [Record]'s list of Attrs. */
    add(...args: Array<any>): void;
    /** AddAttrs appends the given Attrs to the [Record]'s list of Attrs. */
    addAttrs(...attrs: Array<slog.Attr>): void;
    /** Attrs calls f on each Attr in the [Record]. */
    attrs(f: (attr: slog.Attr) => boolean): void;
    /** Clone returns a copy of the record with no shared state. */
    clone(): slog.Record;
    /** NumAttrs returns the number of attributes in the [Record]. */
    numAttrs(): number;
    /** Source returns a new Source for the log event using r's PC. */
    source(): slog.Source;
  }
  /** Source describes the location of a line of source code. */
  interface Source {
    /** Function is the package path-qualified function name containing the source line. */
    function: string;
    /** File and Line are the file name and line number (1-based) of the source line. */
    file: string;
    line: number;
  }
  /** A Value can represent any Go value, but unlike type any, it can represent most small values without an allocation. */
  interface Value {
    /** Any returns v's value as an any. */
    any(): any;
    /** Bool returns v's value as a bool. */
    bool(): boolean;
    /** Duration returns v's value as a [time.Duration]. */
    duration(): time.Duration;
    /** Equal reports whether v and w represent the same Go value. */
    equal(w: slog.Value): boolean;
    /** Float64 returns v's value as a float64. */
    float64(): number;
    /** Group returns v's value as a []Attr. */
    group(): Array<slog.Attr>;
    /** Int64 returns v's value as an int64. */
    int64(): number;
    /** Kind returns v's Kind. */
    kind(): number;
    /** LogValuer returns v's value as a LogValuer. */
    logValuer(): slog.LogValuer;
    /** Resolve repeatedly calls LogValue on v while it implements [LogValuer], and returns the result. */
    resolve(): slog.Value;
    /** String returns Value's value as a string, formatted like [fmt.Sprint]. */
    string(): string;
    /** Time returns v's value as a [time.Time]. */
    time(): time.Time;
    /** Uint64 returns v's value as a uint64. */
    uint64(): number;
  }
}

declare namespace sql {
  /** ColumnType contains the name and type of a column. */
  interface ColumnType {
    /** DatabaseTypeName returns the database system name of the column type. */
    databaseTypeName(): string;
    /** DecimalSize returns the scale and precision of a decimal type. */
    decimalSize(): [number, number, boolean];
    /** Length returns the column type length for variable length column types such as text and binary field types. */
    length(): [number, boolean];
    /** Name returns the name or alias of the column. */
    name(): string;
    /** Nullable reports whether the column may be null. */
    nullable(): [boolean, boolean];
    /** ScanType returns a Go type suitable for scanning into using [Rows.Scan]. */
    scanType(): any;
  }
  /** Conn represents a single database connection rather than a pool of database connections. */
  interface Conn {
    /** BeginTx starts a transaction. */
    beginTx(ctx: context.Context, opts: sql.TxOptions): sql.Tx;
    /** Close returns the connection to the connection pool. */
    close(): void;
    /** ExecContext executes a query without returning any rows. */
    execContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Result;
    /** PingContext verifies the connection to the database is still alive. */
    pingContext(ctx: context.Context): void;
    /** PrepareContext creates a prepared statement for later queries or executions. */
    prepareContext(ctx: context.Context, query: string): sql.Stmt;
    /** QueryContext executes a query that returns rows, typically a SELECT. */
    queryContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Rows;
    /** QueryRowContext executes a query that is expected to return at most one row. */
    queryRowContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Row;
    /** Raw executes f exposing the underlying driver connection for the duration of f. */
    raw(f: (arg0: any) => unknown): void;
  }
  /** DB is a database handle representing a pool of zero or more underlying connections. */
  interface DB {
    /** Begin starts a transaction. */
    begin(): sql.Tx;
    /** BeginTx starts a transaction. */
    beginTx(ctx: context.Context, opts: sql.TxOptions): sql.Tx;
    /** Close closes the database and prevents new queries from starting. */
    close(): void;
    /** Conn returns a single connection by either opening a new connection or returning an existing connection from the connection pool. */
    conn(ctx: context.Context): sql.Conn;
    /** Driver returns the database's underlying driver. */
    driver(): any;
    /** Exec executes a query without returning any rows. */
    exec(query: string, ...args: Array<any>): sql.Result;
    /** ExecContext executes a query without returning any rows. */
    execContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Result;
    /** Ping verifies a connection to the database is still alive, establishing a connection if necessary. */
    ping(): void;
    /** PingContext verifies a connection to the database is still alive, establishing a connection if necessary. */
    pingContext(ctx: context.Context): void;
    /** Prepare creates a prepared statement for later queries or executions. */
    prepare(query: string): sql.Stmt;
    /** PrepareContext creates a prepared statement for later queries or executions. */
    prepareContext(ctx: context.Context, query: string): sql.Stmt;
    /** Query executes a query that returns rows, typically a SELECT. */
    query(query: string, ...args: Array<any>): sql.Rows;
    /** QueryContext executes a query that returns rows, typically a SELECT. */
    queryContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Rows;
    /** QueryRow executes a query that is expected to return at most one row. */
    queryRow(query: string, ...args: Array<any>): sql.Row;
    /** QueryRowContext executes a query that is expected to return at most one row. */
    queryRowContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Row;
    /** SetConnMaxIdleTime sets the maximum amount of time a connection may be idle. */
    setConnMaxIdleTime(d: number | time.Duration): void;
    /** SetConnMaxLifetime sets the maximum amount of time a connection may be reused. */
    setConnMaxLifetime(d: number | time.Duration): void;
    /** SetMaxIdleConns sets the maximum number of connections in the idle connection pool. */
    setMaxIdleConns(n: number): void;
    /** SetMaxOpenConns sets the maximum number of open connections to the database. */
    setMaxOpenConns(n: number): void;
    /** Stats returns database statistics. */
    stats(): sql.DBStats;
  }
  /** DBStats contains database statistics. */
  interface DBStats {
    /** Maximum number of open connections to the database. */
    maxOpenConnections: number;
    /** Pool Status */
    openConnections: number;
    /** The number of connections currently in use. */
    inUse: number;
    /** The number of idle connections. */
    idle: number;
    /** Counters */
    waitCount: number;
    /** The total time blocked waiting for a new connection. */
    waitDuration: time.Duration;
    /** The total number of connections closed due to SetMaxIdleConns. */
    maxIdleClosed: number;
    /** The total number of connections closed due to SetConnMaxIdleTime. */
    maxIdleTimeClosed: number;
    /** The total number of connections closed due to SetConnMaxLifetime. */
    maxLifetimeClosed: number;
  }
  /** NullString represents a string that may be null. */
  interface NullString {
    string: string;
    /** Valid is true if String is not NULL */
    valid: boolean;
    /** Scan implements the [Scanner] interface. */
    scan(value: any): void;
    /** Value implements the [driver.Valuer] interface. */
    value(): any;
  }
  /** A Result summarizes an executed SQL command. */
  interface Result {
    /** LastInsertId returns the integer generated by the database in response to a command. */
    lastInsertId(): number;
    /** RowsAffected returns the number of rows affected by an update, insert, or delete. */
    rowsAffected(): number;
  }
  /** Row is the result of calling [DB.QueryRow] to select a single row. */
  interface Row {
    /** Err provides a way for wrapping packages to check for query errors without calling [Row.Scan]. */
    err(): void;
    /** Scan copies the columns from the matched row into the values pointed at by dest. */
    scan(...dest: Array<any>): void;
  }
  /** Rows is the result of a query. */
  interface Rows {
    /** Close closes the [Rows], preventing further enumeration. */
    close(): void;
    /** ColumnTypes returns column information such as column type, length, and nullable. */
    columnTypes(): Array<sql.ColumnType>;
    /** Columns returns the column names. */
    columns(): Array<string>;
    /** Err returns the error, if any, that was encountered during iteration. */
    err(): void;
    /** Next prepares the next result row for reading with the [Rows.Scan] method. */
    next(): boolean;
    /** NextResultSet prepares the next result set for reading. */
    nextResultSet(): boolean;
    /** Scan copies the columns in the current row into the values pointed at by dest. */
    scan(...dest: Array<any>): void;
  }
  /** Stmt is a prepared statement. */
  interface Stmt {
    /** Close closes the statement. */
    close(): void;
    /** Exec executes a prepared statement with the given arguments and returns a [Result] summarizing the effect of the statement. */
    exec(...args: Array<any>): sql.Result;
    /** ExecContext executes a prepared statement with the given arguments and returns a [Result] summarizing the effect of the statement. */
    execContext(ctx: context.Context, ...args: Array<any>): sql.Result;
    /** Query executes a prepared query statement with the given arguments and returns the query results as a *Rows. */
    query(...args: Array<any>): sql.Rows;
    /** QueryContext executes a prepared query statement with the given arguments and returns the query results as a [*Rows]. */
    queryContext(ctx: context.Context, ...args: Array<any>): sql.Rows;
    /** QueryRow executes a prepared query statement with the given arguments. */
    queryRow(...args: Array<any>): sql.Row;
    /** QueryRowContext executes a prepared query statement with the given arguments. */
    queryRowContext(ctx: context.Context, ...args: Array<any>): sql.Row;
  }
  /** Tx is an in-progress database transaction. */
  interface Tx {
    /** Commit commits the transaction. */
    commit(): void;
    /** Exec executes a query that doesn't return rows. */
    exec(query: string, ...args: Array<any>): sql.Result;
    /** ExecContext executes a query that doesn't return rows. */
    execContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Result;
    /** Prepare creates a prepared statement for use within a transaction. */
    prepare(query: string): sql.Stmt;
    /** PrepareContext creates a prepared statement for use within a transaction. */
    prepareContext(ctx: context.Context, query: string): sql.Stmt;
    /** Query executes a query that returns rows, typically a SELECT. */
    query(query: string, ...args: Array<any>): sql.Rows;
    /** QueryContext executes a query that returns rows, typically a SELECT. */
    queryContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Rows;
    /** QueryRow executes a query that is expected to return at most one row. */
    queryRow(query: string, ...args: Array<any>): sql.Row;
    /** QueryRowContext executes a query that is expected to return at most one row. */
    queryRowContext(ctx: context.Context, query: string, ...args: Array<any>): sql.Row;
    /** Rollback aborts the transaction. */
    rollback(): void;
    /** Stmt returns a transaction-specific prepared statement from an existing statement. */
    stmt(stmt: sql.Stmt): sql.Stmt;
    /** StmtContext returns a transaction-specific prepared statement from an existing statement. */
    stmtContext(ctx: context.Context, stmt: sql.Stmt): sql.Stmt;
  }
  /** TxOptions holds the transaction options to be used in [DB.BeginTx]. */
  interface TxOptions {
    /** Isolation is the transaction isolation level. */
    isolation: number;
    readOnly: boolean;
  }
}

declare namespace template {
  /** Renderer is one loaded template. It is safe for concurrent use. */
  interface Renderer {
    /**
     * Render executes the template with data. Members that data lacks print as
     * nothing. It reports an error of loading, or of the execution.
     */
    render(data: any): string;
  }
}

declare namespace textproto {
  /** A MIMEHeader represents a MIME-style header mapping keys to sets of values. */
  interface MIMEHeader {
    /** Add adds the key, value pair to the header. */
    add(key: string, value: string): void;
    /** Del deletes the values associated with key. */
    del(key: string): void;
    /** Get gets the first value associated with the given key. */
    get(key: string): string;
    /** Set sets the header entries associated with key to the single element value. */
    set(key: string, value: string): void;
    /** Values returns all values associated with the given key. */
    values(key: string): Array<string>;
  }
}

declare namespace time {
  /** A Location maps time instants to the zone in use at that time. */
  interface Location {
    /** String returns a descriptive name for the time zone information, corresponding to the name argument to [LoadLocation] or [FixedZone]. */
    string(): string;
  }
  /** A Time represents an instant in time with nanosecond precision. */
  interface Time {
    /** Add returns the time t+d. */
    add(d: number | time.Duration): time.Time;
    /** AddDate returns the time corresponding to adding the given number of years, months, and days to t. */
    addDate(years: number, months: number, days: number): time.Time;
    /** After reports whether the time instant t is after u. */
    after(u: time.Time | Date): boolean;
    /** AppendBinary implements the [encoding.BinaryAppender] interface. */
    appendBinary(b: string | Array<number>): Array<number>;
    /** AppendFormat is like [Time.Format] but appends the textual representation to b and returns the extended buffer. */
    appendFormat(b: string | Array<number>, layout: string): Array<number>;
    /** AppendText implements the [encoding.TextAppender] interface. */
    appendText(b: string | Array<number>): Array<number>;
    /** Before reports whether the time instant t is before u. */
    before(u: time.Time | Date): boolean;
    /** Clock returns the hour, minute, and second within the day specified by t. */
    clock(): [number, number, number];
    /** Compare compares the time instant t with u. */
    compare(u: time.Time | Date): number;
    /** Date returns the year, month, and day in which t occurs. */
    date(): [number, number, number];
    /** Day returns the day of the month specified by t. */
    day(): number;
    /** Equal reports whether t and u represent the same time instant. */
    equal(u: time.Time | Date): boolean;
    /** Format returns a textual representation of the time value formatted according to the layout defined by the argument. */
    format(layout: string): string;
    /** GoString implements [fmt.GoStringer] and formats t to be printed in Go source code. */
    goString(): string;
    /** GobDecode implements the gob.GobDecoder interface. */
    gobDecode(data: string | Array<number>): void;
    /** GobEncode implements the gob.GobEncoder interface. */
    gobEncode(): Array<number>;
    /** Hour returns the hour within the day specified by t, in the range [0, 23]. */
    hour(): number;
    /** ISOWeek returns the ISO 8601 year and week number in which t occurs. */
    isoWeek(): [number, number];
    /** In returns a copy of t representing the same time instant, but with the copy's location information set to loc for display purposes. */
    in(loc: time.Location): time.Time;
    /** IsDST reports whether the time in the configured location is in Daylight Savings Time. */
    isDST(): boolean;
    /** IsZero reports whether t represents the zero time instant, January 1, year 1, 00:00:00 UTC. */
    isZero(): boolean;
    /** Local returns t with the location set to local time. */
    local(): time.Time;
    /** Location returns the time zone information associated with t. */
    location(): time.Location;
    /** MarshalBinary implements the [encoding.BinaryMarshaler] interface. */
    marshalBinary(): Array<number>;
    /** MarshalJSON implements the [encoding/json.Marshaler] interface. */
    marshalJSON(): Array<number>;
    /** MarshalText implements the [encoding.TextMarshaler] interface. */
    marshalText(): Array<number>;
    /** Minute returns the minute offset within the hour specified by t, in the range [0, 59]. */
    minute(): number;
    /** Month returns the month of the year specified by t. */
    month(): number;
    /** Nanosecond returns the nanosecond offset within the second specified by t, in the range [0, 999999999]. */
    nanosecond(): number;
    /** Round returns the result of rounding t to the nearest multiple of d (since the zero time). */
    round(d: number | time.Duration): time.Time;
    /** Second returns the second offset within the minute specified by t, in the range [0, 59]. */
    second(): number;
    /** String returns the time formatted using the format string */
    string(): string;
    /** Sub returns the duration t-u. */
    sub(u: time.Time | Date): time.Duration;
    /** Truncate returns the result of rounding t down to a multiple of d (since the zero time). */
    truncate(d: number | time.Duration): time.Time;
    /** UTC returns t with the location set to UTC. */
    utc(): time.Time;
    /** Unix returns t as a Unix time, the number of seconds elapsed since January 1, 1970 UTC. */
    unix(): number;
    /** UnixMicro returns t as a Unix time, the number of microseconds elapsed since January 1, 1970 UTC. */
    unixMicro(): number;
    /** UnixMilli returns t as a Unix time, the number of milliseconds elapsed since January 1, 1970 UTC. */
    unixMilli(): number;
    /** UnixNano returns t as a Unix time, the number of nanoseconds elapsed since January 1, 1970 UTC. */
    unixNano(): number;
    /** UnmarshalBinary implements the [encoding.BinaryUnmarshaler] interface. */
    unmarshalBinary(data: string | Array<number>): void;
    /** UnmarshalJSON implements the [encoding/json.Unmarshaler] interface. */
    unmarshalJSON(data: string | Array<number>): void;
    /** UnmarshalText implements the [encoding.TextUnmarshaler] interface. */
    unmarshalText(data: string | Array<number>): void;
    /** Weekday returns the day of the week specified by t. */
    weekday(): number;
    /** Year returns the year in which t occurs. */
    year(): number;
    /** YearDay returns the day of the year specified by t, in the range [1,365] for non-leap years, and [1,366] in leap years. */
    yearDay(): number;
    /** Zone computes the time zone in effect at time t, returning the abbreviated name of the zone (such as "CET") and its offset in seconds east of UTC. */
    zone(): [string, number];
    /** ZoneBounds returns the bounds of the time zone in effect at time t. */
    zoneBounds(): [time.Time, time.Time];
  }
}

declare namespace types {
  /**
   * DateTime is a UTC moment with millisecond precision. The zero value is "not
   * set" and prints as an empty text. It is a small comparable value, safe to
   * copy and to share.
   */
  interface DateTime {
    /** IsZero tells whether the date is not set. */
    isZero(): boolean;
    /** MarshalJSON writes the text form as a JSON string. */
    marshalJSON(): Array<number>;
    /** Scan loads a database value. Unreadable values give the zero DateTime. */
    scan(value: any): void;
    /** String returns the date in DefaultDateLayout, or an empty text when unset. */
    string(): string;
    /** Time returns the moment as a UTC time. */
    time(): time.Time;
    /** UnmarshalJSON reads a JSON string (or null) in any layout ParseDateTime knows. */
    unmarshalJSON(data: string | Array<number>): void;
    /** Value returns the text form for the database. */
    value(): any;
  }
  /**
   * JsonMap is an object stored in a JSON column. Nil encodes as an empty object.
   * It is an ordinary map: not safe for concurrent writes.
   */
  interface JsonMap {
    /** Get returns the value of key, nil when missing. */
    get(key: string): any;
    /** MarshalJSON writes the object with sorted keys, never null. */
    marshalJSON(): Array<number>;
    /** Scan loads the JSON text of a database column; empty means an empty object. */
    scan(value: any): void;
    /** Set stores the value of key. The map must not be nil. */
    set(key: string, value: any): void;
    /** Value returns the JSON text for the database. */
    value(): any;
  }
  /**
   * JsonRaw is a JSON document kept as text. It prints and encodes as the
   * document itself; nil and empty stand for null.
   */
  interface JsonRaw extends Array<number> {
    /** MarshalJSON returns the document, null when empty. */
    marshalJSON(): Array<number>;
    /**
     * Scan loads a database text or encodes any other value. It fails when the
     * result is not valid JSON.
     */
    scan(value: any): void;
    /** String returns the document text. */
    string(): string;
    /** UnmarshalJSON stores a copy of the document. */
    unmarshalJSON(data: string | Array<number>): void;
    /** Value returns the document text for the database, nil when empty. */
    value(): any;
  }
}

declare namespace url {
  /** A URL represents a parsed URL (technically, a URI reference). */
  interface URL {
    scheme: string;
    /** encoded opaque data */
    opaque: string;
    /** username and password information */
    user: url.Userinfo;
    /** "host" or "host:port" (see Hostname and Port methods) */
    host: string;
    /** path (relative paths may omit leading slash) */
    path: string;
    /** fragment for references (without '#') */
    fragment: string;
    /** RawQuery contains the encoded query values, without the initial '?'. */
    rawQuery: string;
    /** RawPath is an optional field containing an encoded path hint. */
    rawPath: string;
    /** RawFragment is an optional field containing an encoded fragment hint. */
    rawFragment: string;
    /** ForceQuery indicates whether the original URL contained a query ('?') character. */
    forceQuery: boolean;
    /** OmitHost indicates the URL has an empty host (authority). */
    omitHost: boolean;
    appendBinary(b: string | Array<number>): Array<number>;
    /** EscapedFragment returns the escaped form of u.Fragment. */
    escapedFragment(): string;
    /** EscapedPath returns the escaped form of u.Path. */
    escapedPath(): string;
    /** Hostname returns u.Host, stripping any valid port number if present. */
    hostname(): string;
    /** IsAbs reports whether the [URL] is absolute. */
    isAbs(): boolean;
    /** JoinPath returns a new [URL] with the provided path elements joined to any existing path and the resulting path cleaned of any ./ or ../ elements. */
    joinPath(...elem: Array<string>): url.URL;
    marshalBinary(): Array<number>;
    /** Parse parses a [URL] in the context of the receiver. */
    parse(ref: string): url.URL;
    /** Port returns the port part of u.Host, without the leading colon. */
    port(): string;
    /** Query parses RawQuery and returns the corresponding values. */
    query(): url.Values;
    /** Redacted is like [URL.String] but replaces any password with "xxxxx". */
    redacted(): string;
    /** RequestURI returns the encoded path?query or opaque?query string that would be used in an HTTP request for u. */
    requestURI(): string;
    /** ResolveReference resolves a URI reference to an absolute URI from an absolute base URI u, per RFC 3986 Section 5.2. */
    resolveReference(ref: url.URL): url.URL;
    /** String reassembles the [URL] into a valid URL string. */
    string(): string;
    unmarshalBinary(text: string | Array<number>): void;
  }
  /** The Userinfo type is an immutable encapsulation of username and password details for a [URL]. */
  interface Userinfo {
    /** Password returns the password in case it is set, and whether it is set. */
    password(): [string, boolean];
    /** String returns the encoded userinfo information in the standard form of "username[:password]". */
    string(): string;
    /** Username returns the username. */
    username(): string;
  }
  /** Values maps a string key to a list of values. */
  interface Values {
    /** Add adds the value to key. */
    add(key: string, value: string): void;
    /** Del deletes the values associated with key. */
    del(key: string): void;
    /** Encode encodes the values into “URL encoded” form ("bar=baz&foo=quux") sorted by key. */
    encode(): string;
    /** Get gets the first value associated with the given key. */
    get(key: string): string;
    /** Has checks whether a given key is set. */
    has(key: string): boolean;
    /** Set sets the key to value. */
    set(key: string, value: string): void;
  }
}

declare namespace validation {
  /** Error interface represents an validation error */
  interface Error {
    code(): string;
    error(): string;
    message(): string;
    params(): { [key: string]: any };
    setMessage(arg0: string): validation.Error;
    setParams(arg0: { [key: string]: any }): validation.Error;
  }
}

declare namespace web {
  /**
   * ApiError is an error that a client may see as it is.
   *
   * The exported fields are the JSON answer. They may be changed until the answer
   * is written; an ApiError is not safe for concurrent changes.
   */
  interface ApiError {
    code: number;
    message: string;
    data: { [key: string]: any };
    /** Error returns the message. */
    error(): string;
    /**
     * RawData returns the data the error was created with, before it was reduced to
     * what a client may see. It is meant for logs.
     */
    rawData(): any;
  }
}
