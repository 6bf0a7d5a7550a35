// Package dialecttest is the conformance suite that every dialect and engine of
// core/db has to pass: one place that says what the rest of the program relies
// on when it leaves SQL to the dialect.
package dialecttest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// Run runs the suite. Every call of open gives a fresh, empty database that
// the test closes by itself.
func Run(t *testing.T, open func(t *testing.T) *db.DB) {
	t.Helper()
	tests := map[string]func(t *testing.T, d *db.DB){
		"quoting":     testQuoting,
		"columnTypes": testColumnTypes,
		"jsonExtract": testJSONExtract,
		"jsonLists":   testJSONLists,
		"nullOrder":   testNullOrder,
		"like":        testLike,
		"hour":        testHour,
		"random":      testRandom,
		"constraints": testConstraints,
		"rollback":    testRollback,
		"inspect":     testInspect,
		"values":      testValues,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// exec runs statements in which every ? stands for an argument.
func exec(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	if err := d.Exec(t.Context(), db.Op{SQL: place(d, query), Args: args}); err != nil {
		t.Fatalf("exec %s: %v", query, err)
	}
}

// place replaces every ? by the placeholder of the dialect.
func place(d *db.DB, query string) string {
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r == '?' {
			n++
			b.WriteString(d.Dialect().Placeholder(n))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// column returns the first column of a query as text.
func column(t *testing.T, q db.Querier, query string, args ...any) []string {
	t.Helper()
	list := []string{}
	err := q.QueryRows(t.Context(), query, args, func(row []any) error {
		if row[0] == nil {
			list = append(list, "NULL")
		} else {
			list = append(list, fmt.Sprint(row[0]))
		}
		return nil
	})
	if err != nil {
		t.Fatalf("query %s: %v", query, err)
	}
	return list
}

func expect(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func testQuoting(t *testing.T, d *db.DB) {
	q := d.Dialect().Quote
	for i, name := range []string{"plain", "order", "with space", "q`uote", `dou"ble`, "brack]et", "ünï", "a.b", "semi;--"} {
		table := q(fmt.Sprintf("t%d %s", i, name))
		exec(t, d, "CREATE TABLE "+table+" ("+q(name)+" TEXT)")
		exec(t, d, "INSERT INTO "+table+" ("+q(name)+") VALUES (?)", name)
		expect(t, name, column(t, d, "SELECT "+q(name)+" FROM "+table), []string{name})
	}
}

func testColumnTypes(t *testing.T, d *db.DB) {
	ct := d.Dialect().ColumnType
	exec(t, d, "CREATE TABLE t (k INTEGER, id "+ct("id")+", created "+ct("date")+", a "+ct("text")+", b "+ct("number")+
		", c "+ct("bool")+", d "+ct("json")+", e "+ct("strings")+")")
	exec(t, d, "INSERT INTO t (k) VALUES (1)")
	exec(t, d, "INSERT INTO t (k) VALUES (2)")
	for col, want := range map[string]string{"a": "", "b": "0", "d": "NULL", "e": "[]"} {
		expect(t, col, column(t, d, "SELECT "+col+" FROM t WHERE k = 1"), []string{want})
	}
	ids := column(t, d, "SELECT id FROM t")
	if len(ids[0]) != 15 || ids[0] == ids[1] {
		t.Errorf("default ids: %q", ids)
	}
	if c := column(t, d, "SELECT created FROM t")[0]; len(c) != len("2006-01-02 15:04:05.000Z") {
		t.Errorf("default date: %q", c)
	}
	if got := ct("no such kind"); got != "" {
		t.Errorf("unknown kind: %q", got)
	}
}

func testJSONExtract(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v "+d.Dialect().ColumnType("json")+")")
	exec(t, d, "INSERT INTO t (v) VALUES (?)", `{"a":{"b":[10,{"c":"x"}]},"n":null,"s":"text"}`)
	exec(t, d, "INSERT INTO t (v) VALUES (?)", `not json`)
	exec(t, d, "INSERT INTO t (v) VALUES (NULL)")
	for path, want := range map[string]string{
		"s": "text", "a.b[0]": "10", "a.b[1].c": "x", "n": "NULL", "missing": "NULL", "a.b[7]": "NULL",
	} {
		got := column(t, d, "SELECT "+d.Dialect().JSONExtract("v", path)+" FROM t")
		expect(t, path, got, []string{want, "NULL", "NULL"})
	}
}

func testJSONLists(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v TEXT)")
	for _, c := range []struct {
		value  any
		items  []string
		length string
	}{
		{`["a","b"]`, []string{"a", "b"}, "2"},
		{`[]`, []string{}, "0"},
		{`single`, []string{"single"}, "1"},
		{``, []string{""}, "0"},
		{nil, []string{"NULL"}, "0"},
	} {
		exec(t, d, "DELETE FROM t")
		exec(t, d, "INSERT INTO t (v) VALUES (?)", c.value)
		what := fmt.Sprint(c.value)
		expect(t, what+" items", column(t, d, "SELECT e.value FROM t, "+d.Dialect().JSONEach("t.v")+" e"), c.items)
		expect(t, what+" length", column(t, d, "SELECT "+d.Dialect().JSONLength("v")+" FROM t"), []string{c.length})
	}
}

func testNullOrder(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v TEXT)")
	exec(t, d, "INSERT INTO t (v) VALUES ('b'), (NULL), ('a')")
	expect(t, "ascending", column(t, d, "SELECT v FROM t ORDER BY v ASC"), []string{"NULL", "a", "b"})
	expect(t, "descending", column(t, d, "SELECT v FROM t ORDER BY v DESC"), []string{"b", "a", "NULL"})
}

func testLike(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v TEXT)")
	exec(t, d, "INSERT INTO t (v) VALUES ('Hello'), ('hELLo'), ('50%'), ('500')")
	expect(t, "case", column(t, d, place(d, `SELECT v FROM t WHERE v LIKE ? ESCAPE '\' ORDER BY v`), "%hello%"), []string{"Hello", "hELLo"})
	expect(t, "escape", column(t, d, place(d, `SELECT v FROM t WHERE v LIKE ? ESCAPE '\'`), `50\%`), []string{"50%"})
}

func testHour(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v "+d.Dialect().ColumnType("date")+")")
	for _, v := range []string{"2026-01-02 03:00:00.000Z", "2026-01-02 03:59:59.999Z", "2026-12-31 23:30:00.000Z"} {
		exec(t, d, "INSERT INTO t (v) VALUES (?)", v)
	}
	expect(t, "hours", column(t, d, "SELECT "+d.Dialect().Hour("v")+" FROM t ORDER BY v"),
		[]string{"2026-01-02 03:00:00", "2026-01-02 03:00:00", "2026-12-31 23:00:00"})
}

func testRandom(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v TEXT)")
	exec(t, d, "INSERT INTO t (v) VALUES ('a'), ('b')")
	got := column(t, d, "SELECT v FROM t ORDER BY "+d.Dialect().Random())
	slices.Sort(got)
	expect(t, "rows", got, []string{"a", "b"})
}

func testConstraints(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE p (id TEXT PRIMARY KEY)")
	exec(t, d, "CREATE TABLE c (id TEXT PRIMARY KEY, p TEXT REFERENCES p(id), u TEXT UNIQUE)")
	exec(t, d, "INSERT INTO p (id) VALUES ('p1')")
	exec(t, d, "INSERT INTO c (id, p, u) VALUES ('c1', 'p1', 'x')")
	for query, want := range map[string]error{
		"INSERT INTO p (id) VALUES ('p1')":               db.ErrUnique,
		"INSERT INTO c (id, p, u) VALUES ('2','p1','x')": db.ErrUnique,
		"INSERT INTO c (id, p) VALUES ('3', 'none')":     db.ErrForeignKey,
		"DELETE FROM p": db.ErrForeignKey,
	} {
		err := d.Exec(t.Context(), db.Op{SQL: query})
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", query, err, want)
		}
		_, err = d.Builder().NewQuery(query).Execute()
		if !errors.Is(d.Dialect().Classify(err), want) {
			t.Errorf("%s by builder: got %v, want %v", query, err, want)
		}
	}
	if err := d.Dialect().Classify(nil); err != nil {
		t.Errorf("classify nil: %v", err)
	}
	plain := errors.New("something else")
	if err := d.Dialect().Classify(plain); err != plain { //nolint:errorlint // it has to be the same
		t.Errorf("classify a foreign error: %v", err)
	}
}

func testRollback(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (v TEXT UNIQUE)")
	boom := errors.New("boom")
	err := d.Transact(t.Context(), func(tx *db.Tx) error {
		if err := tx.Exec(t.Context(), db.Op{SQL: "INSERT INTO t (v) VALUES ('a')"}); err != nil {
			return err
		}
		expect(t, "inside", column(t, tx, "SELECT v FROM t"), []string{"a"})
		expect(t, "outside", column(t, d, "SELECT v FROM t"), []string{})
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("transact: %v", err)
	}
	err = d.Exec(t.Context(), db.Op{SQL: "INSERT INTO t (v) VALUES ('b')"}, db.Op{SQL: "INSERT INTO t (v) VALUES ('b')"})
	if !errors.Is(err, db.ErrUnique) {
		t.Errorf("unit: %v", err)
	}
	expect(t, "after", column(t, d, "SELECT v FROM t"), []string{})
}

func testInspect(t *testing.T, d *db.DB) {
	q := d.Dialect().Quote
	exec(t, d, "CREATE TABLE "+q("my table")+" (id TEXT PRIMARY KEY NOT NULL, a "+d.Dialect().ColumnType("text")+", b TEXT UNIQUE)")
	exec(t, d, "CREATE UNIQUE INDEX "+q("idx one")+" ON "+q("my table")+" (a, b) WHERE a != ''")
	exec(t, d, "CREATE VIEW v AS SELECT id, a FROM "+q("my table"))
	tab, err := d.Dialect().Inspect(t.Context(), d, "my table")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range tab.Columns {
		names = append(names, c.Name)
	}
	expect(t, "columns", names, []string{"id", "a", "b"})
	if id, a := tab.Columns[0], tab.Columns[1]; id.PrimaryKey != 1 || !id.NotNull || a.PrimaryKey != 0 || !a.HasDefault || tab.View {
		t.Errorf("table: %+v", tab)
	}
	if len(tab.Indexes) != 1 || tab.Indexes[0].Name != "idx one" || !tab.Indexes[0].Unique ||
		!slices.Equal(tab.Indexes[0].Columns, []string{"a", "b"}) || !strings.Contains(tab.Indexes[0].SQL, "WHERE") {
		t.Errorf("indexes: %+v", tab.Indexes)
	}
	view, err := d.Dialect().Inspect(t.Context(), d, "v")
	if err != nil || !view.View || len(view.Columns) != 2 {
		t.Errorf("view: %+v, %v", view, err)
	}
	if _, err := d.Dialect().Inspect(t.Context(), d, "missing"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("missing table: %v", err)
	}
}

// stringer is a type that only becomes a value by its base type.
type stringer string

func testValues(t *testing.T, d *db.DB) {
	exec(t, d, "CREATE TABLE t (n INTEGER, v TEXT)")
	long := strings.Repeat("ä", 100_000)
	text := "x"
	for i, c := range []struct{ in, out any }{
		{"", ""},
		{"a\x00b", "a\x00b"},
		{long, long},
		{nil, nil},
		{&text, "x"},
		{(*string)(nil), nil},
		{stringer("s"), "s"},
		{sql.NullString{}, nil},
		{sql.NullString{String: "y", Valid: true}, "y"},
	} {
		exec(t, d, "INSERT INTO t (n, v) VALUES (?, ?)", i, c.in)
		err := d.QueryRows(context.Background(), place(d, "SELECT v, n FROM t WHERE n = ?"), []any{int32(i)}, func(row []any) error {
			if row[0] != c.out || row[1] != int64(i) {
				t.Errorf("case %d: got %.40q", i, row)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Exec(t.Context(), db.Op{SQL: place(d, "INSERT INTO t (n, v) VALUES (?, ?)"), Args: []any{1}}); err == nil {
		t.Error("a missing argument is no error")
	}
	if err := d.Exec(t.Context(), db.Op{SQL: place(d, "INSERT INTO t (v) VALUES (?)"), Args: []any{struct{ X int }{}}}); err == nil {
		t.Error("a value that cannot be stored is no error")
	}
}
