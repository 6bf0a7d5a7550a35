/// <reference path="../pb_data/types.d.ts" />

// The program that makes the small version. Tests put another one in its place.
const tool = () => $app.store().get("imageTool") || process.env.IMAGE_TOOL || "magick"

/** @param {models.Record} record */
function makeSmall(record) {
  const source = $filepath.join($app.dataDir(), "storage", record.baseFilesPath(), record.getString("image"))
  const dir = $os.tempDir() + "/photo-" + $security.randomString(10)
  $os.mkdir(dir, 0o700)
  try {
    const target = dir + "/web.jpg"
    // Each argument is one of the program: nothing is read by a shell.
    const output = toString($os.cmd(tool(), source, "-auto-orient", "-strip", "-resize", "1600x1600>", target).combinedOutput())
    if (output) $app.logger().info("image tool", "output", output)

    const form = new RecordUpsertForm($app, record)
    form.addFiles("web", $filesystem.fileFromPath(target))
    form.submit()
  } finally {
    $os.removeAll(dir)
  }
}

onRecordAfterCreateRequest((e) => {
  try {
    makeSmall(e.record)
  } catch (err) {
    // The photo itself is stored; without the small version clients show the original.
    $app.logger().error("no small version", "photo", e.record.id, "error", String(err))
  }
}, "photos")
