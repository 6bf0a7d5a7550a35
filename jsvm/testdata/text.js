const reader = () => $os.dirFS(files).open("bytes.txt")
const r = {
  toString: [
    toString("text"), toString(5), toString(1.5), toString(true), toString(null), toString(undefined), toString({ a: [1] }),
    toString([1, "x"]), toString(new DateTime("2023-05-06")), toString($os.readFile(files + "/bytes.txt")), toString(reader()),
    toString(reader(), 2), toString(new BadRequestError("e")),
  ],
  reader: [readerToString(reader()), readerToString(reader(), 1), readerToString(null)],
  once: (() => { const r = reader(); return [readerToString(r), readerToString(r)] })(),
  sleep: (() => { const t = Date.now(); sleep(20); return [Date.now() - t >= 19, typeof sleep(1)] })(),
  arities: [toString.length, readerToString.length, sleep.length, arrayOf.length, require.length],
  process: [Object.keys(process), typeof process.env.PATH],
};
r
