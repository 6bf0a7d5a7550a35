
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
