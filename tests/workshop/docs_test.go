package workshop_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// scriptBlock matches a script in a page of the guide: a block whose first line
// names the file it belongs into.
var scriptBlock = regexp.MustCompile("(?ms)^```(?:js|ts|json)\n(?:// |)(pb_\\w+/\\S+)\n(.*?)^```$")

// postsMigration makes the collection that the guide speaks of.
const postsMigration = `migrate((db) => {
  new Dao(db).saveCollection(new Collection({
    name: "posts", type: "base", listRule: "", viewRule: "", createRule: "", updateRule: "", deleteRule: "",
    schema: [
      { name: "title", type: "text" }, { name: "slug", type: "text" }, { name: "views", type: "number" },
      { name: "status", type: "text" }, { name: "picture", type: "file", options: { maxSelect: 1, maxSize: 1000000 } },
    ],
  }))
})`

// TestGuide checks the scripts of each page of the guide and runs their tests.
func TestGuide(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/hooks/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, "../../docs/moving-from-v0.22.md")
	scripts := 0
	for _, page := range pages {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		blocks := scriptBlock.FindAllStringSubmatch(string(content), -1)
		if len(blocks) == 0 {
			continue
		}
		scripts += len(blocks)
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			f := apptest.NewFolder(t)
			f.Write(t, "pb_migrations/1800000000_posts.js", postsMigration)
			tested := false
			for _, block := range blocks {
				f.Write(t, block[1], block[2])
				tested = tested || strings.Contains(block[1], ".test.pb.")
			}
			contains(t, run(t, f, 0, "check"), "no problems")
			if tested {
				contains(t, run(t, f, 0, "test"), " 0 failed")
			}
		})
	}
	if scripts < 30 {
		t.Errorf("%d scripts in the guide", scripts)
	}
}
