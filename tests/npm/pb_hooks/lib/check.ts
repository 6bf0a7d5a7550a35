import assert from "node:assert";

export { assert };

/** Adds a route that runs the checks of a package and answers "ok" or what went wrong. */
export function check(name: string, run: () => void | Promise<void>): void {
  routerAdd("GET", "/npm/" + name, async (c) => {
    try {
      await run();
    } catch (error) {
      return c.string(500, String((error as Error)?.stack ?? error));
    }
    return c.string(200, "ok");
  });
}
