const fail = (fn) => { try { return fn() } catch (e) { return String(e) } }
$template.addFuncs({ shout: (text) => text.toUpperCase() + "!", broken: () => { throw new Error("from function") } })
const r = {
  text: $template.loadString("Hi {{.name}} {{range $i, $v := .list}}[{{$i}}:{{$v}}]{{end}} {{.html}} {{raw .html}} {{.missing}}")
    .render({ name: "Ann", list: ["x", "y"], html: "<b>&</b>" }),
  bad: fail(() => $template.loadString("{{.x").render({})),
  nothing: $template.loadString("v={{.}}").render(null),
  added: $template.loadString("{{shout .name}}").render({ name: "ann" }),
  broken: fail(() => $template.loadString("{{broken}}").render({})),
  files: $template.loadFiles(files + "/page.html", files + "/part.html").render({ name: "Ann" }),
  fs: $template.loadFS($os.dirFS(files), "page.html", "part.html").render({ name: "Ann" }),
  missing: fail(() => $template.loadFiles("/no/such/file").render({})),
  error: $template.loadString("{{.e.Message}}|{{.e.Code}}").render({ e: new BadRequestError("go members") }),
  members: Object.keys($template).sort(),
};
r
