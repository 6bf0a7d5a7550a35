package backup_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/backup"
)

var (
	oldContent = map[string]string{"data.db": "old", "data.db-wal": "old", "storage/a": "old", "only/old": "old"}
	newContent = map[string]string{"data.db": "new", "logs.db": "new", "storage/b": "new"}
	kept       = map[string]string{"backups/x.zip": "kept"}
)

func writeTree(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		files[filepath.ToSlash(rel)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantTree(t *testing.T, dir string, trees ...map[string]string) {
	t.Helper()
	want := map[string]string{}
	for _, tree := range trees {
		maps.Copy(want, tree)
	}
	if got := readTree(t, dir); !maps.Equal(got, want) {
		t.Errorf("the folder holds %v, want %v", got, want)
	}
}

func newSwap(t *testing.T) backup.Swap {
	t.Helper()
	s := backup.Swap{Dir: t.TempDir(), Keep: []string{"backups"}}
	writeTree(t, s.Dir, oldContent)
	writeTree(t, s.Dir, kept)
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	writeTree(t, s.Staging(), newContent)
	return s
}

func TestSwap(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(s backup.Swap) (err error){
		"finish":  backup.Swap.Finish,
		"undo":    backup.Swap.Undo,
		"discard": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSwap(t)
			if end == nil {
				if swapped, err := s.Recover(); err != nil || swapped {
					t.Fatalf("recover: %t %v", swapped, err)
				}
				wantTree(t, s.Dir, oldContent, kept)
				return
			}
			if err := s.Commit(); err != nil {
				t.Fatal(err)
			}
			if pending, err := s.Pending(); err != nil || !pending {
				t.Errorf("pending: %t %v", pending, err)
			}
			if err := s.Prepare(); err == nil {
				t.Error("a second restore may begin before the first is finished")
			}
			if err := end(s); err != nil {
				t.Fatal(err)
			}
			if name == "undo" {
				wantTree(t, s.Dir, oldContent, kept)
			} else {
				wantTree(t, s.Dir, newContent, kept)
			}
		})
	}
}

// TestSwapInterrupted rebuilds the folder as a process leaves it that ends after
// any of the steps of a swap, forward and back, and recovers it.
func TestSwapInterrupted(t *testing.T) {
	t.Parallel()
	for _, undo := range []bool{false, true} {
		for steps := range 8 {
			s := newSwap(t)
			interrupt(t, s, undo, steps)
			swapped, err := s.Recover()
			if err != nil || swapped == undo {
				t.Fatalf("undo %t, %d steps: swapped %t, %v", undo, steps, swapped, err)
			}
			if undo {
				wantTree(t, s.Dir, oldContent, kept)
				continue
			}
			if err := s.Finish(); err != nil {
				t.Fatal(err)
			}
			wantTree(t, s.Dir, newContent, kept)
		}
	}
}

// interrupt does the first steps of a swap by hand.
func interrupt(t *testing.T, s backup.Swap, undo bool, steps int) {
	t.Helper()
	folder := filepath.Join(s.Dir, backup.SwapFolder)
	journal := `{"undo":false,"old":["data.db","data.db-wal","only","storage"],"new":["data.db","logs.db","storage"]}`
	if undo {
		journal = `{"undo":true` + journal[len(`{"undo":false`):]
	}
	writeTree(t, folder, map[string]string{"journal.json": journal})
	if err := os.MkdirAll(filepath.Join(folder, "old"), 0o755); err != nil {
		t.Fatal(err)
	}
	moves := [][2]string{}
	for _, name := range []string{"data.db", "data.db-wal", "only", "storage"} {
		moves = append(moves, [2]string{filepath.Join(s.Dir, name), filepath.Join(folder, "old", name)})
	}
	for _, name := range []string{"data.db", "logs.db", "storage"} {
		moves = append(moves, [2]string{filepath.Join(folder, "new", name), filepath.Join(s.Dir, name)})
	}
	for _, move := range moves[:steps] {
		if err := os.Rename(move[0], move[1]); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSwapThatCannotMove has a new entry in the way of which something stands:
// everything must be as before.
func TestSwapThatCannotMove(t *testing.T) {
	t.Parallel()
	s := newSwap(t)
	// An entry that takes part appears after the list of entries was made: a
	// name that is both kept and staged stands for it.
	writeTree(t, s.Dir, map[string]string{"zz/inside": "in the way"})
	s.Keep = append(s.Keep, "zz")
	writeTree(t, s.Staging(), map[string]string{"zy/x": "new"})
	if err := os.Rename(filepath.Join(s.Staging(), "zy"), filepath.Join(s.Staging(), "zz")); err != nil {
		t.Fatal(err)
	}
	journal := `{"undo":false,"old":["data.db","data.db-wal","only","storage"],"new":["data.db","logs.db","storage","zz"]}`
	writeTree(t, filepath.Join(s.Dir, backup.SwapFolder), map[string]string{"journal.json": journal})
	if err := os.Mkdir(filepath.Join(s.Dir, backup.SwapFolder, "old"), 0o755); err != nil {
		t.Fatal(err)
	}
	if swapped, err := s.Recover(); err == nil || swapped {
		t.Fatalf("moved over a folder that is not empty: %t %v", swapped, err)
	}
	if pending, err := s.Pending(); err != nil || pending {
		t.Errorf("pending: %t %v", pending, err)
	}
	wantTree(t, s.Dir, oldContent, kept, map[string]string{"zz/inside": "in the way"})
}

func TestWriteAndExtract(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	writeTree(t, from, map[string]string{"data.db": "d", "storage/a/b.txt": "b", "storage/a/.tmp-1": "x", "types.d.ts": "t", "secret/key": "k"})
	if err := os.Symlink("/etc", filepath.Join(from, "storage", "link")); err != nil {
		t.Skip(err)
	}
	moment := time.Date(2020, 1, 2, 3, 4, 6, 0, time.UTC)
	if err := errors.Join(os.Chtimes(filepath.Join(from, "data.db"), moment, moment), os.Chmod(filepath.Join(from, "secret", "key"), 0o600)); err != nil {
		t.Fatal(err)
	}
	links := filepath.Join(t.TempDir(), "links")
	skip := func(name string) bool { return name == ".tmp-1" }
	for range 2 { // the second time everything is there already
		if err := backup.Link(context.Background(), filepath.Join(from, "storage"), links, skip); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(from, "storage")); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "a.zip")
	file, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	err = backup.Write(context.Background(), file,
		backup.Source{Name: "data.db", Path: filepath.Join(from, "data.db")},
		backup.Source{Name: "missing", Path: filepath.Join(from, "missing")},
		backup.Source{Name: "secret", Path: filepath.Join(from, "secret")},
		backup.Source{Name: "storage", Path: links},
	)
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	if err := backup.Extract(context.Background(), archive, to, limit, func(top string) bool { return top == "missing" }); err != nil {
		t.Fatal(err)
	}
	wantTree(t, to, map[string]string{"data.db": "d", "storage/a/b.txt": "b", "secret/key": "k"})
	info, err := os.Stat(filepath.Join(to, "data.db"))
	if err != nil || !info.ModTime().Equal(moment) {
		t.Errorf("time %v, %v", info.ModTime(), err)
	}
	if info, err := os.Stat(filepath.Join(to, "secret", "key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestLinkMissingFolder(t *testing.T) {
	t.Parallel()
	to := filepath.Join(t.TempDir(), "to")
	if err := backup.Link(context.Background(), filepath.Join(t.TempDir(), "none"), to, keepAll); err != nil {
		t.Error(err)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "locks")
	first, err := backup.Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Acquire(dir); !errors.Is(err, backup.ErrLocked) {
		t.Skip("this system has no locks")
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	second, err := backup.Acquire(dir)
	if err != nil {
		t.Fatal("a removed lock is still held:", err)
	}
	first.Release()
	second.Release()
	third, err := backup.Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	third.Release()
	(*backup.Lock)(nil).Release()
	if free, known := backup.FreeSpace(dir); known && free <= 0 {
		t.Errorf("free space %d", free)
	}
}
