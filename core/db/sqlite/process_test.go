package sqlite_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
)

const childEnv = "TACKLEBOX_DB_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		if err := child(path); err != nil {
			panic(err)
		}
		return
	}
	m.Run()
}

// child is the second process: it writes as fast as it can once it is told to.
func child(path string) error {
	d, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		return err
	}
	if _, err := os.Stdout.WriteString("ready\n"); err != nil {
		return err
	}
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	for i := range 300 {
		if err := d.Exec(ctx, insert(fmt.Sprint("child", i), i)); err != nil {
			return err
		}
	}
	return d.Close()
}

// TestTwoProcesses writes to one file from two processes at the same time.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	d := openAt(t, path, db.Options{})
	mustExec(t, d, "CREATE TABLE t (id TEXT PRIMARY KEY, n)")

	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "ready\n" {
		t.Fatalf("child: %q, %v", line, err)
	}
	if _, err := io.WriteString(in, "go\n"); err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		op := insert(fmt.Sprint("parent", i), i)
		if i%10 == 0 {
			err = d.Transact(ctx, func(tx *db.Tx) error { return tx.Exec(ctx, op) })
		} else {
			err = d.Exec(ctx, op)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	rest, _ := io.ReadAll(lines)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("child: %v: %s", err, rest)
	}
	if n := count(t, d, "SELECT count(*) FROM t"); n != 600 {
		t.Errorf("%d rows, want 600", n)
	}
}
