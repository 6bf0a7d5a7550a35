// Package hooks_test checks and tests the examples the way their readers do.
package hooks_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// packages is where `make deps` installs the npm packages of tests.
const packages = "../../tests/npm/pb_hooks/node_modules"

func TestExamples(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		count++
		t.Run(entry.Name(), func(t *testing.T) {
			t.Parallel()
			folder := copyOf(t, entry.Name())
			if out, code := folder.Run(t, "hooks", "check"); code != 0 || !strings.Contains(out, "no problems") {
				t.Errorf("check: exit %d\n%s", code, out)
			}
			out, code := folder.Run(t, "hooks", "test")
			if code != 0 || !strings.Contains(out, " 0 failed, 0 skipped") || strings.Contains(out, " 0 passed") {
				t.Errorf("test: exit %d\n%s", code, out)
			}
			if _, err := os.Stat(folder.Path("pb_data")); err == nil {
				t.Error("the commands made a data folder")
			}
		})
	}
	if count < 10 {
		t.Errorf("%d examples, want at least 10", count)
	}
}

// copyOf copies an example into a folder of the test's own.
func copyOf(t *testing.T, name string) apptest.Folder {
	t.Helper()
	folder := apptest.NewFolder(t)
	if err := os.CopyFS(string(folder)+"/copy", os.DirFS(name)); err != nil {
		t.Fatal(err)
	}
	folder = apptest.Folder(folder.Path("copy"))
	if _, err := os.Stat(folder.Path("pb_hooks", "package.json")); err != nil {
		return folder
	}
	installed, err := filepath.Abs(packages)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(installed); err != nil {
		t.Skip("the packages are not installed, run: make deps")
	}
	if err := os.Symlink(installed, folder.Path("pb_hooks", "node_modules")); err != nil {
		t.Fatal(err)
	}
	return folder
}
