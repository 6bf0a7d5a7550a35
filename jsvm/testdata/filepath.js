const seen = []
$filepath.walkDir(files + "/tree", (path, d) => { seen.push(path.slice(files.length) + (d.isDir() ? "/" : "")); return null })
const walked = []
$filepath.walk(files + "/tree", (path, info) => { walked.push($filepath.base(path) + ":" + info.isDir()) })
const fail = (fn) => { try { fn(); return "done" } catch (e) { return String(e) } }
const r = {
  base: $filepath.base("/a/b.txt"), clean: $filepath.clean("/a/../b//c/"), dir: $filepath.dir("/a/b.txt"), ext: $filepath.ext("x.tar.gz"),
  from: $filepath.fromSlash("a/b"), glob: $filepath.glob(files + "/tree/*.txt").map((p) => $filepath.base(p)),
  abs: [$filepath.isAbs("/a"), $filepath.isAbs("a")], join: $filepath.join("a", "..", "b", "c"), match: $filepath.match("*.js", "x.js"),
  rel: $filepath.rel("/a/b", "/a/c/d"), split: $filepath.split("/a/b.txt"), list: $filepath.splitList("/a:/b"), to: $filepath.toSlash("a/b"),
  seen, walked,
  thrown: fail(() => $filepath.walkDir(files, () => { throw new Error("from callback") })),
  thrownApi: fail(() => $filepath.walkDir(files, () => { throw new ForbiddenError("nope") })),
  returned: fail(() => $filepath.walkDir(files, () => new BadRequestError("ret"))),
  badPattern: fail(() => $filepath.match("[", "x")),
};
r
