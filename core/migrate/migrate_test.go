package migrate_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
	"github.com/tackleboxdev/tacklebox/core/migrate"
)

func open(t *testing.T) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), filepath.Join(t.TempDir(), "data.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func runner(t *testing.T, d *db.DB, list *migrate.List) *migrate.Runner {
	t.Helper()
	r, err := migrate.NewRunner(d, list)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func statement(text string) migrate.Func {
	return func(b dbx.Builder) error {
		_, err := b.NewQuery(text).Execute()
		return err
	}
}

func tables(t *testing.T, d *db.DB) string {
	t.Helper()
	var names []string
	err := d.QueryRows(context.Background(), "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name", nil, func(row []any) error {
		names = append(names, row[0].(string))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, ",")
}

func sample() *migrate.List {
	list := &migrate.List{}
	list.Register(statement("CREATE TABLE b (id)"), statement("DROP TABLE b"), "dir/2_b.js")
	list.Register(statement("CREATE TABLE a (id)"), statement("DROP TABLE a"), "1_a.js")
	list.Register(statement("CREATE TABLE c (id)"), nil, "3_c.js")
	return list
}

func TestUpAndDown(t *testing.T) {
	t.Parallel()
	d := open(t)
	r := runner(t, d, sample())

	steps := []struct {
		name   string
		run    func() ([]string, error)
		files  []string
		tables string
	}{
		{"up", r.Up, []string{"1_a.js", "2_b.js", "3_c.js"}, "a,b,c"},
		{"up again", r.Up, nil, "a,b,c"},
		{"down 2", func() ([]string, error) { return r.Down(2) }, []string{"3_c.js", "2_b.js"}, "a,c"},
		{"down 0", func() ([]string, error) { return r.Down(0) }, nil, "a,c"},
		{"down all", func() ([]string, error) { return r.Down(-1) }, []string{"1_a.js"}, "c"},
	}
	for _, s := range steps {
		files, err := s.run()
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if len(files)+len(s.files) > 0 && !reflect.DeepEqual(files, s.files) {
			t.Errorf("%s: got %v", s.name, files)
		}
		if got := tables(t, d); got != s.tables {
			t.Errorf("%s: tables %s", s.name, got)
		}
	}
}

func TestUpFailureRollsBack(t *testing.T) {
	t.Parallel()

	cause := errors.New("no such thing")
	cases := map[string]struct {
		up   migrate.Func
		want string
	}{
		"error": {func(dbx.Builder) error { return cause }, "Failed to apply migration 4_bad.js: no such thing"},
		"panic": {func(dbx.Builder) error { panic(cause) }, "Failed to apply migration 4_bad.js: panic: no such thing"},
		"sql":   {statement("CREATE TABLE a (id)"), "Failed to apply migration 4_bad.js: "},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			list := sample()
			list.Register(tc.up, nil, "4_bad.js")
			_, err := runner(t, d, list).Up()
			var failed *migrate.Error
			if !errors.As(err, &failed) || failed.File != "4_bad.js" || !strings.HasPrefix(err.Error(), tc.want) {
				t.Fatalf("got %v", err)
			}
			if got := tables(t, d); got != "" {
				t.Errorf("tables %s", got)
			}
			if applied, err := runner(t, d, sample()).Up(); err != nil || len(applied) != 3 {
				t.Errorf("afterwards: %v, %v", applied, err)
			}
		})
	}
}

func TestDownFailureRollsBack(t *testing.T) {
	t.Parallel()
	d := open(t)
	list := sample()
	list.Register(statement("CREATE TABLE d (id)"), statement("DROP TABLE nope"), "0_d.js")
	r := runner(t, d, list)
	if _, err := r.Up(); err != nil {
		t.Fatal(err)
	}
	_, err := r.Down(-1)
	if err == nil || !strings.HasPrefix(err.Error(), "Failed to revert migration 0_d.js: ") {
		t.Fatalf("got %v", err)
	}
	if got := tables(t, d); got != "a,b,c,d" {
		t.Errorf("tables %s", got)
	}
}

func TestRemoveMissing(t *testing.T) {
	t.Parallel()
	d := open(t)
	r := runner(t, d, sample())
	for _, file := range []string{"9_elsewhere.js", "2_b.js"} {
		if err := d.Exec(context.Background(), db.Op{SQL: "INSERT INTO _migrations (file, applied) VALUES (?, 1)", Args: []any{file}}); err != nil {
			t.Fatal(err)
		}
	}
	if applied, err := r.Up(); err != nil || len(applied) != 2 {
		t.Fatalf("got %v, %v", applied, err)
	}
	if reverted, err := r.Down(1); err != nil || len(reverted) != 1 || reverted[0] == "9_elsewhere.js" {
		t.Fatalf("got %v, %v", reverted, err)
	}
	if err := r.RemoveMissing(); err != nil {
		t.Fatal(err)
	}
	var left []string
	err := d.QueryRows(context.Background(), "SELECT file FROM _migrations ORDER BY file", nil, func(row []any) error {
		left = append(left, row[0].(string))
		return nil
	})
	if err != nil || !reflect.DeepEqual(left, []string{"1_a.js", "2_b.js"}) {
		t.Fatalf("got %v, %v", left, err)
	}
}

func TestAfterAndGuard(t *testing.T) {
	t.Parallel()
	d := open(t)
	list := &migrate.List{}
	list.Register(statement("CREATE TABLE base (id)"), nil, "1_init.go")
	list.Add(migrate.Migration{File: "2_upgrade.go", After: "1_init.go", Up: statement("CREATE TABLE never (id)")})
	if applied, err := runner(t, d, list).Up(); err != nil || len(applied) != 2 {
		t.Fatalf("got %v, %v", applied, err)
	}
	if got := tables(t, d); got != "base" {
		t.Errorf("tables %s", got)
	}

	later := list.Copy()
	later.Add(migrate.Migration{File: "3_upgrade.go", After: "1_init.go", Up: statement("CREATE TABLE upgraded (id)")})
	if _, err := runner(t, d, later).Up(); err != nil {
		t.Fatal(err)
	}
	if got := tables(t, d); got != "base,upgraded" {
		t.Errorf("tables %s", got)
	}
	if len(list.Items()) != 2 {
		t.Error("a copy shares its items")
	}

	refuse := errors.New("not this one")
	later.AddGuard(func(context.Context, db.Querier) error { return refuse })
	if _, err := runner(t, d, later).Up(); !errors.Is(err, refuse) {
		t.Errorf("got %v", err)
	}
}
