package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

func openTest(t *testing.T, o db.Options) *engine {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	e, err := openEngine(context.Background(), filepath.Join(t.TempDir(), "data.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func run(t *testing.T, e *engine, query string, args ...any) {
	t.Helper()
	if err := e.Exec(context.Background(), []db.Op{{SQL: query, Args: args}}); err != nil {
		t.Fatal(err)
	}
}

func lines(t *testing.T, e *engine, query string) (list []string) {
	t.Helper()
	err := e.QueryRows(context.Background(), query, nil, func(row []any) error {
		list = append(list, strings.TrimRight(fmt.Sprintln(row...), "\n"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestStatistics checks that fresh statistics reach readers that have the
// statement cached, and change its plan.
func TestStatistics(t *testing.T) {
	t.Parallel()
	e := openTest(t, db.Options{Readers: 1})
	run(t, e, "CREATE TABLE p (id TEXT PRIMARY KEY, flag INTEGER, ref TEXT)")
	run(t, e, "CREATE INDEX flags ON p (flag)")
	run(t, e, "CREATE INDEX refs ON p (ref)")
	run(t, e, "WITH RECURSIVE s(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM s WHERE x < 5000) "+
		"INSERT INTO p SELECT 'id' || x, x % 2, 'r' || (x % 500) FROM s")
	const query = "EXPLAIN QUERY PLAN SELECT count(*) FROM p WHERE flag = 1 AND ref = 'r1'"
	before := strings.Join(lines(t, e, query), "")
	if err := e.keeper.analyse(); err != nil {
		t.Fatal(err)
	}
	if n := len(lines(t, e, "SELECT * FROM sqlite_stat1")); n != 3 {
		t.Errorf("%d statistics", n)
	}
	if after := strings.Join(lines(t, e, query), ""); !strings.Contains(after, "refs") {
		t.Errorf("plan before: %s, after: %s", before, after)
	}
	if err := e.keeper.analyse(); err != nil { // nothing left to do
		t.Error(err)
	}
}

// Small databases go without statistics: the order of rows that nobody sorts
// follows the plan, and clients see it.
func TestSmallTablesKeepTheirPlans(t *testing.T) {
	t.Parallel()
	e := openTest(t, db.Options{Readers: 1})
	run(t, e, "CREATE TABLE p (a TEXT, b TEXT, c TEXT)")
	run(t, e, "CREATE UNIQUE INDEX ab ON p (a, b)")
	run(t, e, "INSERT INTO p VALUES ('x', '2', 'late'), ('x', '1', 'early')")
	order := func() string { return strings.Join(lines(t, e, "SELECT c FROM p WHERE a = 'x'"), " ") }
	before := order()
	if err := e.keeper.analyse(); err != nil {
		t.Fatal(err)
	}
	if after := order(); before != "early late" || after != before {
		t.Errorf("the order was %q and is %q", before, after)
	}
	run(t, e, "ANALYZE p")
	if err := e.keeper.analyse(); err != nil { // what has statistics keeps them fresh
		t.Fatal(err)
	}
	if order() == before {
		t.Error("the test does not show the effect of statistics")
	}
}

// TestLogStaysShort writes for a while and looks at the length of the log.
func TestLogStaysShort(t *testing.T) {
	t.Parallel()
	e := openTest(t, db.Options{})
	run(t, e, "CREATE TABLE p (id INTEGER PRIMARY KEY, v BLOB)")
	for range 4 {
		for range 800 {
			run(t, e, "INSERT INTO p (v) VALUES (?)", make([]byte, 9000))
		}
		if err := e.keeper.checkpoint(); err != nil {
			t.Fatal(err)
		}
	}
	st, err := os.Stat(e.path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if limit := int64(2 * restartPages * 4096); st.Size() > limit {
		t.Errorf("the log has %d bytes, expected less than %d", st.Size(), limit)
	}
	if err := e.Checkpoint(context.Background(), db.CheckpointTruncate); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(e.path + "-wal"); err != nil || st.Size() != 0 {
		t.Errorf("after truncating: %v, %v", st, err)
	}
}

func TestReadersAreReaped(t *testing.T) {
	t.Parallel()
	e := openTest(t, db.Options{})
	lines(t, e, "SELECT 1")
	e.readers.reap(time.Now())
	if e.readers.count != 1 {
		t.Errorf("%d connections, want 1", e.readers.count)
	}
	e.readers.reap(time.Now().Add(2 * keepIdle))
	if e.readers.count != 0 || len(e.wheel.conns) != 1 {
		t.Errorf("%d connections left, %d watched", e.readers.count, len(e.wheel.conns))
	}
	lines(t, e, "SELECT 1")
}

// TestWheelParks lets the wheel come to rest and checks that it still catches
// a query afterwards.
func TestWheelParks(t *testing.T) {
	t.Parallel()
	e := openTest(t, db.Options{QueryTimeout: 20 * time.Millisecond})
	deadline := time.After(10 * time.Second)
	for !e.wheel.parked.Load() {
		select {
		case <-deadline:
			t.Fatal("the wheel never rests")
		case <-time.After(10 * time.Millisecond):
		}
	}
	err := e.QueryRows(context.Background(), "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c", nil, func([]any) error { return nil })
	if err == nil {
		t.Error("no timeout")
	}
}

func TestStatementCache(t *testing.T) {
	t.Parallel()
	c, err := openConn(filepath.Join(t.TempDir(), "x.db"), 3)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.close(); err != nil {
			t.Error(err)
		}
	}()
	get := func(n int) *stmt {
		s, err := c.stmt(fmt.Sprint("SELECT ", n))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := get(1)
	same := get(1)
	if one == same || same.cached {
		t.Error("a statement in use was handed out twice")
	}
	c.release(same)
	for n := 2; n < 10; n++ {
		c.release(get(n))
	}
	if len(c.stmts.byTxt) != 3 || c.stmts.byTxt["SELECT 1"] != one {
		t.Errorf("cached: %v", c.stmts.byTxt)
	}
	c.release(one)
	if get(1) != one {
		t.Error("an idle statement was not found again")
	}
}

func TestKeyword(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]kind{
		"SELECT 1": kindRead, " \n(select 1)": kindRead, "-- x\nselect 1": kindRead, "/* a */ Select 1": kindRead,
		"insert into t": kindWrite, "WITH a AS (SELECT 1) DELETE FROM t": kindUnknown, "": kindUnknown, "--": kindUnknown, "/*": kindUnknown,
		"pragma table_info(t)": kindRead, "PRAGMA foreign_keys = OFF": kindAlone, "PRAGMA journal_mode": kindAlone,
		"Begin": kindControl, "vacuum": kindAlone, "SELECTED": kindUnknown,
	} {
		if got := keyword(query); got != want {
			t.Errorf("%q: %d, want %d", query, got, want)
		}
	}
}

// TestPanicOfKeeper has a keeper whose engine misses everything it needs: the
// process goes on and the log knows why.
func TestPanicOfKeeper(t *testing.T) {
	t.Parallel()
	var logged bytes.Buffer
	k := &keeper{e: &engine{log: slog.New(slog.NewTextHandler(&logged, nil))}}
	k.guarded(true)
	if !strings.Contains(logged.String(), "panic: ") {
		t.Errorf("logged %q", &logged)
	}
}
