const fail = (fn) => { try { return fn() } catch (e) { return String(e) } }
const dir = $filepath.join(temp, "a", "b")
$os.mkdirAll(dir, 0o755)
const file = $filepath.join(dir, "x.txt")
$os.writeFile(file, "hello", 0o644)
$os.rename(file, file + ".moved")
$os.truncate(file + ".moved", 4)
const listed = $os.readDir(dir).map((e) => [e.name(), e.isDir()])
const read = $os.readFile(file + ".moved")
$os.remove(file + ".moved")
$os.removeAll($filepath.join(temp, "a"))
const cmd = $os.cmd("sh", "-c", "echo err >&2; exit 3")
const failed = fail(() => cmd.run())
const placed = $os.cmd("pwd")
placed.dir = "/"
const r = {
  args: $os.args.length > 0,
  bytes: [Array.isArray(read), read.length, String(read), toString(read), JSON.stringify(read)],
  listed,
  output: toString($os.cmd("echo", "hi", "there").output()),
  old: toString($os.exec("printf", "abc").output()),
  failed,
  code: cmd.processState.exitCode(),
  complaint: (() => { try { $os.cmd("sh", "-c", "echo why >&2; exit 4").output() } catch (e) { return [e.value.exitCode(), toString(e.value.stderr)] } })(),
  missing: fail(() => $os.cmd("no-such-binary-here").run()),
  dir: toString(placed.output()),
  gone: fail(() => $os.readFile("/no/such/file")),
  env: $os.getenv("NO_SUCH_VARIABLE"),
  wd: $filepath.base($os.getwd()),
  tempDir: $filepath.isAbs($os.tempDir()),
  fs: toString($os.dirFS(files).open("bytes.txt")),
  members: Object.keys($os).sort().join(" "),
  arities: [$os.cmd.length, $os.writeFile.length, $os.exit.length],
};
r
