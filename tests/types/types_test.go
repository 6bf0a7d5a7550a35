// Package types checks scripts with the declarations that the app writes.
package types

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// TestExamples runs the TypeScript compiler, strict, on the shipped examples and
// on a script that uses what is typed.
func TestExamples(t *testing.T) {
	t.Parallel()
	compiler, err := filepath.Abs(filepath.Join("node_modules", "typescript", "bin", "tsc"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(compiler); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the compiler is not installed: run `make deps`")
	}
	folder := apptest.NewFolder(t)
	for _, name := range []string{"pb_migrations", "pb_hooks"} {
		if err := os.CopyFS(folder.Path(name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
			t.Fatal(err)
		}
	}
	server := folder.Serve(t) // the migrations run, then the declarations are written
	if code := server.Stop(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, server.Output())
	}
	for from, to := range map[string]string{"usage.pb.ts": "pb_hooks/usage.pb.ts", "tsconfig.json": "tsconfig.json"} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		folder.Write(t, to, string(text))
	}
	cmd := exec.CommandContext(t.Context(), "node", compiler, "--project", folder.Path("tsconfig.json"))
	cmd.Dir = folder.Path()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("tsc: %v\n%s", err, out)
	}
}
