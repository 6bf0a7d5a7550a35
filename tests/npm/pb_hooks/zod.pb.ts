import { assert, check } from "./lib/check";
import { z } from "zod";

const User = z.object({
  name: z.string().min(2).max(20),
  email: z.email(),
  age: z.coerce.number().int().positive().optional(),
  tags: z.array(z.enum(["a", "b"])).default([]),
  emoji: z.emoji().optional(),
});
type User = z.infer<typeof User>;

check("zod", async () => {
  const user: User = User.parse({ name: "Ada", email: "ada@example.com", age: "36", emoji: "🎣" });
  assert.deepStrictEqual(user, { name: "Ada", email: "ada@example.com", age: 36, tags: [], emoji: "🎣" });
  const bad = User.safeParse({ name: "A", email: "no", emoji: "x" });
  assert.strictEqual(bad.success, false);
  assert.deepStrictEqual(bad.error!.issues.map((issue) => issue.path.join(".")), ["name", "email", "emoji"]);
  assert.match(z.prettifyError(bad.error!), /Too small/);
  const shape = z.discriminatedUnion("kind", [z.object({ kind: z.literal("a"), n: z.number() }), z.object({ kind: z.literal("b") })]);
  assert.strictEqual(shape.safeParse({ kind: "a" }).success, false);
  assert.strictEqual(await z.string().refine(async (s) => s === "x").parseAsync("x"), "x");
  assert.deepStrictEqual(z.toJSONSchema(z.object({ a: z.string() })).required, ["a"]);
});
