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

// TestScripts runs the TypeScript compiler, strict, on the scripts that ship
// with the app, on all examples, and on one that uses what is typed.
func TestScripts(t *testing.T) {
	t.Parallel()
	compiler, err := filepath.Abs(filepath.Join("node_modules", "typescript", "bin", "tsc"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(compiler); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the compiler is not installed: run `make deps`")
	}
	examples, err := filepath.Glob(filepath.Join("..", "..", "examples", "hooks", "*", "pb_hooks"))
	if err != nil || len(examples) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	t.Run("shipped", func(t *testing.T) {
		t.Parallel()
		folder := folderOf(t, filepath.Join("..", ".."))
		usage, err := os.ReadFile("usage.pb.ts")
		if err != nil {
			t.Fatal(err)
		}
		check(t, folder, compiler, func() { folder.Write(t, "pb_hooks/usage.pb.ts", string(usage)) })
	})
	for _, hooks := range examples {
		example := filepath.Dir(hooks)
		t.Run(filepath.Base(example), func(t *testing.T) {
			t.Parallel()
			folder := folderOf(t, example)
			packages, err := filepath.Abs(filepath.Join("..", "npm", "pb_hooks", "node_modules"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(packages); err != nil {
				t.Skip("the packages of the examples are not installed: run `make deps`")
			}
			if err := os.Symlink(packages, folder.Path("pb_hooks", "node_modules")); err != nil {
				t.Fatal(err)
			}
			check(t, folder, compiler, func() {})
		})
	}
}

// folderOf copies the scripts below a folder.
func folderOf(t *testing.T, root string) apptest.Folder {
	t.Helper()
	folder := apptest.NewFolder(t)
	for _, name := range []string{"pb_migrations", "pb_hooks"} {
		err := os.CopyFS(folder.Path(name), os.DirFS(filepath.Join(root, name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return folder
}

// check lets the app write the declarations and runs the compiler.
func check(t *testing.T, folder apptest.Folder, compiler string, prepare func()) {
	t.Helper()
	for _, args := range [][]string{{"migrate", "up"}, {"migrate", "history-sync"}} { // the second finds the collections
		if out, code := folder.Run(t, args...); code != 0 {
			t.Fatalf("%q: exit code %d\n%s", args, code, out)
		}
	}
	prepare()
	settings, err := os.ReadFile("tsconfig.json")
	if err != nil {
		t.Fatal(err)
	}
	folder.Write(t, "tsconfig.json", string(settings))
	cmd := exec.CommandContext(t.Context(), "node", compiler, "--project", folder.Path("tsconfig.json"))
	cmd.Dir = folder.Path()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("tsc: %v\n%s", err, out)
	}
}
