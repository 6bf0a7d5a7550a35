import { assert, check } from "./lib/check";
import { z } from "zod3";

const Post = z.object({ title: z.string().trim().min(1), views: z.number().nonnegative(), at: z.string().datetime() }).strict();

check("zod3", () => {
  assert.strictEqual(Post.parse({ title: " x ", views: 1, at: "2024-01-02T03:04:05Z" }).title, "x");
  const bad = Post.safeParse({ title: "", views: -1, at: "now", more: 1 });
  assert.strictEqual(bad.success, false);
  assert.strictEqual(bad.error!.issues.length, 4);
  assert.ok(bad.error!.flatten().fieldErrors.title);
  assert.throws(() => z.string().email().parse("no"), z.ZodError);
  assert.strictEqual(z.string().transform((s) => s.length).parse("four"), 4);
});
