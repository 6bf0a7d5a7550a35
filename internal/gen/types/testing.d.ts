
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
