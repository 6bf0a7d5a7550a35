// Package crash kills processes while they write and checks that nothing that
// was acknowledged is lost and nothing half-done remains.
package crash

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
)

const (
	childEnv = "TACKLEBOX_CRASH_CHILD"
	roundEnv = "TACKLEBOX_CRASH_ROUND"
	writers  = 16
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		fmt.Println(write(path, os.Getenv(roundEnv)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// write runs in the child: it writes from all sides until it is killed and
// says on standard output what has been acknowledged.
func write(path, round string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, path, db.Options{Durability: db.Durability(os.Getenv("DURABILITY"))})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range writers {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%s-%d-%d", round, w, i)
				if err := unit(ctx, d, i, id); err != nil {
					failed <- err
				}
				// One write of a short line to a pipe is atomic.
				if _, err := os.Stdout.WriteString(id + "\n"); err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

// unit writes the two halves of id, which belong together, in one of the ways
// there are.
func unit(ctx context.Context, d *db.DB, i int, id string) error {
	half := func(n int) db.Op {
		return db.Op{SQL: "INSERT INTO halves (id, half, body) VALUES (?, ?, ?)", Args: []any{id, n, fmt.Sprintf("%0*d", i%3000, 0)}}
	}
	if i%4 == 0 {
		return d.Transact(ctx, func(tx *db.Tx) error {
			if err := tx.Exec(ctx, half(1)); err != nil {
				return err
			}
			return tx.Exec(ctx, half(2))
		})
	}
	return d.Exec(ctx, half(1), half(2))
}

func TestKilledWriters(t *testing.T) {
	t.Parallel()
	for durability, kills := range map[db.Durability]int{db.DurabilityNormal: 20, db.DurabilityFull: 5} {
		t.Run(string(durability), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "data.db")
			prepare(t, path)
			acked := []string{}
			for round := range kills {
				acked = append(acked, killOnce(t, path, durability, round)...)
				check(t, path, acked)
			}
			t.Logf("%d acknowledged writes in %d rounds", len(acked), kills)
		})
	}
}

func prepare(t *testing.T, path string) {
	t.Helper()
	with(t, path, func(d *db.DB) {
		op := db.Op{SQL: "CREATE TABLE halves (id TEXT NOT NULL, half INTEGER NOT NULL, body TEXT, PRIMARY KEY (id, half))"}
		if err := d.Exec(t.Context(), op); err != nil {
			t.Fatal(err)
		}
	})
}

// killOnce starts a child, kills it after a random number of acknowledgements
// and returns all it has given.
func killOnce(t *testing.T, path string, durability db.Durability, round int) (acked []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path, fmt.Sprintf("%s=%d", roundEnv, round), "DURABILITY="+string(durability))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	after := 30 + rand.IntN(300)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		acked = append(acked, lines.Text())
		if len(acked) == after {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || len(acked) < after {
		t.Fatalf("the child ended by itself after %q: %v", acked, err)
	}
	return acked
}

// check opens the database after a kill and compares it with what was
// acknowledged.
func check(t *testing.T, path string, acked []string) {
	t.Helper()
	with(t, path, func(d *db.DB) {
		halves := map[string]int{}
		scan := func(query string, row func(row []any)) {
			err := d.QueryRows(t.Context(), query, nil, func(r []any) error { row(r); return nil })
			if err != nil {
				t.Fatal(err)
			}
		}
		scan("PRAGMA integrity_check", func(row []any) {
			if row[0] != "ok" {
				t.Errorf("integrity: %v", row[0])
			}
		})
		scan("SELECT id FROM halves", func(row []any) { halves[row[0].(string)]++ })
		for id, n := range halves {
			if n != 2 {
				t.Errorf("%s: %d of 2 halves", id, n)
			}
		}
		for _, id := range acked {
			if halves[id] != 2 {
				t.Errorf("%s was acknowledged and is gone", id)
			}
		}
	})
}

// with opens the database for fn.
func with(t *testing.T, path string, fn func(d *db.DB)) {
	t.Helper()
	d, err := db.Open(t.Context(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	fn(d)
}
