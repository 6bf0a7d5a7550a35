package jsvm

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

// leastPackages is how many packages the matrix must have.
const leastPackages = 30

// TestPackages loads a script for each package of tests/npm and asks it whether
// the package does what it is used for. `make deps` installs them.
func TestPackages(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs("../tests/npm/pb_hooks")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("the packages are not installed, run: make deps")
	}
	s := &scriptServer{app: coretest.New(t), dir: dir, output: &lockedBuffer{}}
	// The limit counts the heap of the process, which parallel tests share.
	s.host = newHost(s.app, Config{HooksDir: dir, HooksPoolSize: 2, Output: s.output, ScriptMemory: 8 << 30})
	if err := s.host.start(); err != nil {
		t.Error(err)
	}
	s.host.bindLife()
	if s.router, err = apis.InitApi(s.app); err != nil {
		t.Fatal(err)
	}
	if err := s.app.OnBeforeServe().Trigger(&core.ServeEvent{App: s.app, Router: s.router, Server: &http.Server{}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.host.stop(t.Context()) })
	files, err := filepath.Glob(filepath.Join(dir, "*.pb.ts"))
	if err != nil || len(files) < leastPackages {
		t.Fatalf("found %d packages, want at least %d", len(files), leastPackages)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".pb.ts")
		t.Run(name, func(t *testing.T) {
			if code, body := s.request(http.MethodGet, "/npm/"+name, ""); code != http.StatusOK || body != "ok" {
				t.Errorf("%d %s", code, body)
			}
		})
	}
}
