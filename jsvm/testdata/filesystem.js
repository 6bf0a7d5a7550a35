const fail = (fn) => { try { fn(); return "ok" } catch (e) { return String(e).replace(/127[^ ]*/, "URL") } }
const shape = (f) => ({ original: f.originalName, size: f.size, name: f.name.replace(/_\w{10}\./, "_RAND."), keys: Object.keys(f).sort() })
const r = {
  bytes: shape($filesystem.fileFromBytes("text content", "My File.txt")),
  numbers: toString($filesystem.fileFromBytes([72, 105], "x.txt").reader.open()),
  path: shape($filesystem.fileFromPath(files + "/bytes.txt")),
  url: shape($filesystem.fileFromUrl(base + "/remote.txt")),
  errors: {
    path: fail(() => $filesystem.fileFromPath("/no/such/file")),
    url: fail(() => $filesystem.fileFromUrl(base + "/none.bin", 2)),
    slow: fail(() => $filesystem.fileFromUrl(base + "/slow", 0.05)).includes("deadline"),
    empty: fail(() => $filesystem.fileFromBytes("", "empty.txt")),
  },
};
r
