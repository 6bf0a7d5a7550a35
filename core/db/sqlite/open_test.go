package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // plays the other program that has the file open

	"github.com/tackleboxdev/tacklebox/core/db"
)

func TestOpenFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(t *testing.T, path string)
		want    error
		text    string
	}{
		"no database": {func(t *testing.T, path string) {
			t.Helper()
			write(t, path, strings.Repeat("this is a letter\n", 300))
		}, db.ErrNotDatabase, "is not an SQLite database"},
		"damaged": {func(t *testing.T, path string) {
			t.Helper()
			d := openAt(t, path, db.Options{})
			mustExec(t, d, "CREATE TABLE t (a)")
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for i := 100; i < 4096; i++ {
				content[i] = 0xA5
			}
			write(t, path, string(content))
		}, db.ErrCorrupt, "damaged"},
		"a folder": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, db.ErrNotDatabase, "folder"},
		"locked": {lockFile, db.ErrLocked, "another process"},
		"read-only": {func(t *testing.T, path string) {
			t.Helper()
			if os.Geteuid() == 0 || runtime.GOOS == "windows" {
				t.Skip("needs a user whom permissions stop")
			}
			write(t, path, "")
			if err := os.Chmod(path, 0o400); err != nil {
				t.Fatal(err)
			}
		}, db.ErrReadOnly, "permissions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "data.db")
			c.prepare(t, path)
			short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
			defer cancel()
			d, err := db.Open(short, path, db.Options{})
			if err == nil {
				_ = d.Close()
			}
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := db.Open(ctx, filepath.Join(t.TempDir(), "no", "data.db"), db.Options{}); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("missing folder: %v", err)
	}
	if _, err := db.Open(ctx, "x", db.Options{Driver: "nosuch"}); err == nil {
		t.Error("unknown driver was accepted")
	}
	if _, err := db.Open(ctx, "x", db.Options{Durability: "most"}); err == nil {
		t.Error("unknown durability was accepted")
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// lockFile keeps a database locked as a whole until the test ends.
func lockFile(t *testing.T, path string) {
	t.Helper()
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	other.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = other.Close() })
	if _, err := other.Exec("CREATE TABLE t (a); BEGIN EXCLUSIVE; INSERT INTO t VALUES (1)"); err != nil {
		t.Fatal(err)
	}
}

func TestPragmas(t *testing.T) {
	t.Parallel()
	for durability, synchronous := range map[db.Durability]int64{"": 1, db.DurabilityNormal: 1, db.DurabilityFull: 2} {
		d := open(t, db.Options{Durability: durability})
		want := map[string]int64{
			"busy_timeout": 10000, "journal_size_limit": 200000000, "synchronous": synchronous,
			"foreign_keys": 1, "temp_store": 2, "cache_size": -16000,
		}
		check := func(q db.Querier) {
			for name, v := range want {
				got := int64(-1)
				err := q.QueryRows(ctx, "SELECT * FROM pragma_"+name, nil, func(row []any) error {
					got, _ = row[0].(int64)
					return nil
				})
				if err != nil || got != v {
					t.Errorf("%T %s: %d, want %d (%v)", q, name, got, v, err)
				}
			}
		}
		check(d)
		if err := d.Transact(ctx, func(tx *db.Tx) error { check(tx); return nil }); err != nil {
			t.Error(err)
		}
		var mode string
		if err := d.Builder().NewQuery("PRAGMA journal_mode").Row(&mode); err != nil || mode != "wal" {
			t.Errorf("journal mode %q, %v", mode, err)
		}
		var mapped int64
		if err := d.Builder().NewQuery("PRAGMA mmap_size").Row(&mapped); err != nil || mapped != 268435456 {
			t.Errorf("mapped size %d, %v", mapped, err)
		}
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	d := openAt(t, path, db.Options{})
	mustExec(t, d, "CREATE TABLE t (id TEXT, n)")
	for i := range 50 {
		if err := d.Exec(ctx, insert("x", i)); err != nil {
			t.Fatal(err)
		}
		count(t, d, "SELECT count(*) FROM t")
	}
	builder := d.Builder()
	release := hold(t, d)
	closed := make(chan error, 1)
	go func() { closed <- d.Close() }()
	release()
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(path + "*")
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for name, err := range map[string]error{
		"exec":     d.Exec(ctx, insert("y", 1)),
		"query":    d.QueryRows(ctx, "SELECT 1", nil, discard),
		"transact": d.Transact(ctx, func(*db.Tx) error { return nil }),
	} {
		if !errors.Is(err, db.ErrClosed) {
			t.Errorf("%s after close: %v", name, err)
		}
	}
	if _, err := builder.NewQuery("SELECT 1").Execute(); err == nil {
		t.Error("the builder works after close")
	}
	if err := d.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

// TestNothingLeaks opens and closes databases in every state and counts
// goroutines and memory of the library. It must not run beside other tests.
func TestNothingLeaks(t *testing.T) {
	round := func() {
		d, err := db.Open(ctx, filepath.Join(t.TempDir(), "data.db"), db.Options{QueryTimeout: 30 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, d, "CREATE TABLE t (id TEXT PRIMARY KEY, n)")
		mustExec(t, d, "INSERT INTO t (id) VALUES (?)", strings.Repeat("x", 100_000))
		_ = d.QueryRows(ctx, endless, nil, discard)
		_ = d.Transact(ctx, func(tx *db.Tx) error {
			_, _ = tx.Builder().Insert("t", map[string]any{"id": "a"}).Execute()
			return errors.New("no")
		})
		rows, err := d.Builder().NewQuery("SELECT * FROM t").Rows()
		if err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	round()
	before := runtime.NumGoroutine()
	for range 5 {
		round()
	}
	for range 1000 { // goroutines of database/sql end in their own time
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines became %d", before, after)
	}
}

// TestCloseRefusesTheQueue closes while writes of every kind wait behind a
// transaction: each of them either was done or gives ErrClosed.
func TestCloseRefusesTheQueue(t *testing.T) {
	t.Parallel()
	for range 20 {
		path := filepath.Join(t.TempDir(), "data.db")
		d := openAt(t, path, db.Options{})
		mustExec(t, d, "CREATE TABLE t (id TEXT, n)")
		release := hold(t, d)
		errs := make(chan error, 20)
		for i := range cap(errs) {
			go func() {
				if i%2 == 0 {
					errs <- d.Exec(ctx, insert("a", i))
				} else {
					errs <- d.Transact(ctx, func(tx *db.Tx) error { return tx.Exec(ctx, insert("b", i)) })
				}
			}()
		}
		closed := make(chan error)
		go func() { closed <- d.Close() }()
		release()
		done := int64(0)
		for range cap(errs) {
			switch err := <-errs; {
			case err == nil:
				done++
			case !errors.Is(err, db.ErrClosed):
				t.Errorf("got %v", err)
			}
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if n := count(t, openAt(t, path, db.Options{}), "SELECT count(*) FROM t"); n != done {
			t.Errorf("%d rows, %d acknowledged", n, done)
		}
	}
}
