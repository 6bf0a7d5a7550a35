/// <reference path="../pb_data/types.d.ts" />

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// A stand-in for ImageMagick: it notes its arguments and copies the first file to the last.
/** @param {string} script */
function useTool(script) {
  const path = $os.tempDir() + "/image-tool-" + $security.randomString(10)
  $os.writeFile(path, "#!/bin/sh\n" + script, 0o700)
  $app.store().set("imageTool", path)
  return path
}

function upload() {
  const form = new FormData()
  form.append("image", $filesystem.fileFromBytes(Array.from(atob(pixel), (c) => c.charCodeAt(0)), "photo.png"))
  return $test.request("POST", "/api/collections/photos/records", { body: form })
}

test("a photo gets a small version", () => {
  const tool = useTool('for last; do :; done; cp "$1" "$last"; echo "$@" > "$0.args"')
  const answer = upload()
  expect(answer.status).toBe(200)
  expect(answer.json.web).toMatch(/^web_.*\.jpg$/)
  expect(toString($os.readFile(tool + ".args"))).toContain("-resize 1600x1600>")
  const photo = $app.dao().findRecordById("photos", answer.json.id)
  expect(photo.getString("web")).toBe(answer.json.web)
  expect($test.request("GET", `/api/files/photos/${photo.id}/${answer.json.web}`).status).toBe(200)
})

test("a photo is kept when the program fails", () => {
  useTool("echo broken >&2; exit 3")
  const answer = upload()
  expect(answer.status).toBe(200)
  expect(answer.json.web).toBe("")
  expect(answer.json.image).not.toBe("")
})
