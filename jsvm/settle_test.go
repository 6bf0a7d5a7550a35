package jsvm

import (
	"path/filepath"
	"testing"
)

// TestReloadWaitsForTheContentOfAnEmptiedFile saves a file as many editors do:
// it is emptied first and written a moment later.
func TestReloadWaitsForTheContentOfAnEmptiedFile(t *testing.T) {
	t.Parallel()
	route := func(text string) string { return `routerAdd("GET", "/t", (c) => c.string(200, "` + text + `"))` }
	s := newScriptServer(t, map[string]string{"a.pb.js": route("one")})
	s.write(t, "a.pb.js", "")
	loaded := make(chan error)
	go func() { loaded <- s.host.reload() }()
	s.write(t, "a.pb.js", route("two"))
	if err := <-loaded; err != nil {
		t.Fatal(err)
	}
	s.expect(t, map[string]string{"/t": "two"})
}

func TestGenerationKnowsWhenItsFilesChanged(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": "1", "b.pb.js": "2"})
	g := s.host.current.Load()
	if g.isOutdated() {
		t.Error("outdated without a change")
	}
	s.write(t, "a.pb.js", "")
	if !g.isOutdated() {
		t.Error("a changed file is not noticed")
	}
	emptied, failed := s.host.loadSettled()
	if len(failed) > 0 || !emptied.justEmptied(g) || emptied.isOutdated() {
		t.Errorf("after emptying %s: %v", filepath.Join(s.dir, "a.pb.js"), failed)
	}
	emptied.discard()
	s.write(t, "c.pb.js", "3")
	if !emptied.isOutdated() {
		t.Error("a file that is new is not noticed")
	}
}
