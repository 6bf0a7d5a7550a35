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
