package jsvm

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// newWatchedServer serves scripts that are watched, in a folder beside others.
// Some may not load yet.
func newWatchedServer(t *testing.T, files map[string]string) (s *scriptServer, root string) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	hooks := filepath.Join(root, "pb_hooks")
	writeBelow(t, root, files)
	s, _ = tryScriptServer(t, nil, func(c *Config) { c.HooksDir = hooks })
	s.dir = hooks
	if err := s.host.watch(); err != nil {
		t.Fatal(err)
	}
	return s, root
}

// writeBelow writes files the way editors do, beside and by a rename.
func writeBelow(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// reloads counts how often scripts were loaded again.
func (s *scriptServer) reloads() int {
	return strings.Count(s.output.String(), "changed, reloading scripts")
}

// expectOneReload waits until a route answers, and then longer than any burst of
// changes lasts for the watcher to reload once more. It counts only if the machine
// was not too busy to make the changes within the quiet time.
func (s *scriptServer) expectOneReload(t *testing.T, path, want string, quiet time.Duration, change func()) {
	t.Helper()
	before, began := s.reloads(), time.Now()
	change()
	busy := time.Since(began) > quiet-quiet/5
	waitFor(t, "reload of "+path+" to "+want, func() bool { return s.get(path) == want })
	<-time.After(4 * debounce)
	if n := s.reloads() - before; n != 1 && !busy {
		t.Errorf("%d reloads, want one:\n%s", n, s.output.String())
	}
}

func TestWatchFilesOutside(t *testing.T) {
	t.Parallel()
	s, root := newWatchedServer(t, map[string]string{
		"shared/bundled.ts":   `import { deep } from "./deep"; export const v: string = "one " + deep;`,
		"shared/deep.ts":      `export const deep = 1;`,
		"shared/required.js":  `exports.v = "one";`,
		"shared/unused.ts":    `export const v = 1;`,
		"pb_hooks/a.pb.ts":    `import { v } from "../shared/bundled"; routerAdd("GET", "/bundled", (c) => c.string(200, v));`,
		"pb_hooks/b.pb.js":    `routerAdd("GET", "/required", (c) => c.string(200, require(__hooks + "/../shared/required.js").v));`,
		"pb_hooks/c.pb.js":    `const { later } = require("../late/later.js"); routerAdd("GET", "/later", (c) => c.string(200, later));`,
		"late/placeholder.md": "",
	})
	s.expect(t, map[string]string{"/bundled": "one 1", "/required": "one"})
	s.expectOneReload(t, "/bundled", "one 5", debounce, func() {
		for i := range 5 { // a burst
			writeBelow(t, root, map[string]string{"shared/deep.ts": fmt.Sprintf("export const deep = %d;", i+1)})
		}
	})
	s.expect(t, map[string]string{"/required": "one"}) // it is required by each generation for itself
	s.expectOneReload(t, "/required", "two", debounce, func() { writeBelow(t, root, map[string]string{"shared/required.js": `exports.v = "two";`}) })
	s.expectOneReload(t, "/later", "here", debounce, func() { writeBelow(t, root, map[string]string{"late/later.js": `exports.later = "here";`}) })

	before := s.reloads()
	writeBelow(t, root, map[string]string{"shared/unused.ts": "export const v = 2;", "shared/fresh.ts": ""})
	writeBelow(t, root, map[string]string{"shared/deep.ts": "export const deep = ;"})
	waitFor(t, "report of a broken file", func() bool { return strings.Contains(s.output.String(), "shared/deep.ts:1:") })
	s.expect(t, map[string]string{"/bundled": "one 5"})
	writeBelow(t, root, map[string]string{"shared/deep.ts": "export const deep = 7;"})
	waitFor(t, "reload of the mended file", func() bool { return s.get("/bundled") == "one 7" })
	if n := s.reloads() - before; n < 2 {
		t.Errorf("%d reloads, want two:\n%s", n, s.output.String())
	}
}

// TestWatchPackages installs packages the way npm does: the old one is moved
// away, the new one appears bit by bit, and a list of all is written at the end.
func TestWatchPackages(t *testing.T) {
	t.Parallel()
	s, root := newWatchedServer(t, map[string]string{
		"pb_hooks/a.pb.ts": `import { v } from "pack"; routerAdd("GET", "/v", (c) => c.string(200, v));`,
		"pb_hooks/b.pb.js": `routerAdd("GET", "/b", (c) => c.string(200, "b"));`,
	})
	packages := filepath.Join(root, "pb_hooks", packagesFolder)
	install := func(version string) func() {
		return func() {
			if _, err := os.Stat(filepath.Join(packages, "pack")); err == nil {
				if err := os.Rename(filepath.Join(packages, "pack"), filepath.Join(packages, ".pack-x")); err != nil {
					t.Fatal(err)
				}
				<-time.After(4 * debounce) // the download
			}
			writeBelow(t, packages, map[string]string{
				"pack/package.json": `{"name": "pack", "version": "1.0.0", "main": "index.js"}`,
				"pack/index.js":     `export { v } from "./lib/v.js";`,
				"pack/lib/v.js":     fmt.Sprintf("export const v = %q;", version),
			})
			<-time.After(4 * debounce)
			writeBelow(t, packages, map[string]string{installedFile: fmt.Sprintf(`{"version": %q}`, version)})
			if err := os.RemoveAll(filepath.Join(packages, ".pack-x")); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.expect(t, map[string]string{"/b": "b"})
	s.expectOneReload(t, "/v", "one", installDebounce, install("one"))
	s.expectOneReload(t, "/v", "two", installDebounce, install("two"))
	s.expectOneReload(t, "/v", "edited", editDebounce, func() {
		writeBelow(t, packages, map[string]string{"pack/lib/v.js": `export const v = "edited";`})
	})
	if code, _ := s.request(http.MethodGet, "/b", ""); code != http.StatusOK {
		t.Errorf("/b answers %d", code)
	}
}
