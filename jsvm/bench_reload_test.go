package jsvm

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// reloadFiles is how many script files are read again.
const reloadFiles = 50

// reloadSource is a file of common size: two hooks, a route, a job and names that
// they share.
func reloadSource(n int, typed bool) string {
	source := `
const limits = { title: 120, tags: 3 };

function slug(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

function check(record) {
  if (record.getString("title").length > limits.title) {
    throw new BadRequestError("The title is too long.");
  }
  for (const tag of record.get("tags") || []) {
    if (tag.length > 20) throw new BadRequestError("The tag " + tag + " is too long.");
  }
}

onRecordBeforeCreateRequest((e) => {
  check(e.record);
  e.record.set("meta", { slug: slug(e.record.getString("title")), by: "NAME" });
}, "posts");

onRecordAfterUpdateRequest((e) => {
  $app.logger().info("updated", "id", e.record.id);
}, "posts");

routerAdd("GET", "/NAME/:id", (c) => {
  const record = $app.dao().findRecordById("posts", c.pathParam("id"));
  return c.json(200, { id: record.id, slug: slug(record.getString("title")) });
}, $apis.requireRecordAuth());

cronAdd("NAME", "0 3 * * *", () => {
  const old = $app.dao().findRecordsByFilter("posts", "created < {:day}", "-created", 100, 0, { day: "2020-01-01" });
  for (const record of old) $app.dao().deleteRecord(record);
});
`
	if typed {
		source = strings.ReplaceAll(source, "(text)", "(text: string)")
	}
	return strings.ReplaceAll(source, "NAME", fmt.Sprint("file", n))
}

func reloadFolder(extension string) map[string]string {
	files := map[string]string{}
	for n := range reloadFiles {
		files[fmt.Sprintf("file%02d.pb.%s", n, extension)] = reloadSource(n, extension == "ts")
	}
	return files
}

// BenchmarkReload reads a folder of scripts again: "js" and "ts" are the reading
// alone, "saved" is from the save of one file until its code is in charge, with
// the time for which the watcher waits for more.
func BenchmarkReload(b *testing.B) {
	for _, extension := range []string{"js", "ts"} {
		b.Run(extension, func(b *testing.B) {
			s := newScriptServer(b, reloadFolder(extension))
			b.ReportAllocs()
			for b.Loop() {
				if err := s.host.reload(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("saved", func(b *testing.B) {
		s := newScriptServer(b, reloadFolder("js"))
		if err := s.host.watch(); err != nil {
			b.Fatal(err)
		}
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for i := 0; b.Loop(); i++ {
			before, deadline := s.host.current.Load(), time.Now().Add(time.Minute)
			s.write(b, "file07.pb.js", reloadSource(i, false))
			for s.host.current.Load() == before {
				if <-tick.C; time.Now().After(deadline) {
					b.Fatal("the scripts were not reloaded")
				}
			}
		}
	})
}
