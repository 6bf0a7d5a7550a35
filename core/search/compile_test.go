package search_test

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/search"
)

// anyResolver resolves every name to the column x, without regard to the name.
type anyResolver struct{}

func (anyResolver) UpdateQuery(*dbx.SelectQuery) error { return nil }

func (anyResolver) Resolve(string) (*search.ResolverResult, error) {
	return &search.ResolverResult{Fragment: search.Fragment{SQL: "x"}}, nil
}

// failingResolver resolves nothing.
type failingResolver struct{ anyResolver }

func (failingResolver) Resolve(field string) (*search.ResolverResult, error) {
	return nil, fmt.Errorf("unknown field %q", field)
}

func TestBuild(t *testing.T) {
	t.Parallel()
	tests := []struct {
		filter, sql string
		args        []any
	}{
		{"t1 = t2", "(COALESCE(t1, '') = COALESCE(t2, ''))", nil},
		{"t1 != t2", "(COALESCE(t1, '') IS NOT COALESCE(t2, ''))", nil},
		{"t1 = 'x'", "(t1 = ?)", []any{"x"}},
		{"t1 != 'x'", "(t1 IS NOT ?)", []any{"x"}},
		{"t1 = ''", "((t1 = '' OR t1 IS NULL))", nil},
		{"null != t1", "((t1 IS NOT '' AND t1 IS NOT NULL))", nil},
		{"null = ''", "('' = '')", nil},
		{"'' != null", "('' IS NOT '')", nil},
		{"'' = 'x'", "('' = ?)", []any{"x"}},
		{"b = true && b != FALSE", "(b = 1 AND b IS NOT 0)", nil},
		{"j = t1", "((CASE WHEN 1 THEN j END) IS t1)", nil},
		{"j != null", "((CASE WHEN 1 THEN j END) IS NOT NULL)", nil},
		{"j = ''", "((CASE WHEN 1 THEN j END) IS ?)", []any{""}},
		{"n1 > 1.5 || n1 >= 2 && n1 < 3 || n1 <= t1", "(n1 > ? OR n1 >= ? AND n1 < ? OR n1 <= t1)", []any{1.5, 2.0, 3.0}},
		{"t1 ~ 'a_b'", `(t1 LIKE ? ESCAPE '\')`, []any{`%a\_b%`}},
		{"t1 !~ 'a%b'", `(t1 NOT LIKE ? ESCAPE '\')`, []any{"a%b"}},
		{"t1 ~ 12", `(t1 LIKE ? ESCAPE '\')`, []any{"%12%"}},
		{"t1 ~ t2", `(t1 LIKE ('%' || t2 || '%') ESCAPE '\')`, nil},
		{"'x' ?~ true", `(? LIKE ('%' || 1 || '%') ESCAPE '\')`, []any{"x"}},
		{"t1 = 1 && (t2 = 2 || n1 = 3)", "(t1 = ? AND (t2 = ? OR n1 = ?))", []any{1.0, 2.0, 3.0}},
		{"((t1 = 1))", "((t1 = ?))", []any{1.0}},
	}
	for _, test := range tests {
		got, err := search.FilterData(test.filter).Build(columnResolver{})
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		if got.SQL != test.sql || !reflect.DeepEqual(got.Args, test.args) {
			t.Errorf("%s: got %s %#v, want %s %#v", test.filter, got.SQL, got.Args, test.sql, test.args)
		}
	}
}

func TestBuildErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"zz = 1":    `invalid left operand "zz" - unknown field "zz"`,
		"1 = zz":    `invalid right operand "zz" - unknown field "zz"`,
		"f(1) = 1":  `invalid left operand "f" - unresolvable token type`,
		"a = {:up}": `invalid left operand "a" - unknown field "a"`,
		"1 = {:up}": `invalid right operand "up" - the placeholder has no value`,
		"":          "invalid or empty filter expression",
	}
	for filter, want := range tests {
		if _, err := search.FilterData(filter).BuildExpr(failingResolver{}); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", filter, err, want)
		}
	}
	if _, err := search.FilterData("").BuildExpr(failingResolver{}); !errors.Is(err, search.ErrEmptyFilter) {
		t.Errorf("got %v, want ErrEmptyFilter", err)
	}
	// the constants are not fields, so they resolve anyway
	if _, err := search.FilterData("null = TRUE || False != null").BuildExpr(failingResolver{}); err != nil {
		t.Error(err)
	}
}

func TestMacros(t *testing.T) {
	t.Parallel()
	before := time.Now().UTC()
	conditions := "@now >= @todayStart && @now <= @todayEnd && @todayStart >= @monthStart && @todayEnd <= @monthEnd" +
		" && @monthStart >= @yearStart && @monthEnd <= @yearEnd && @second < 60 && @minute < 60 && @hour < 24 && @weekday < 7" +
		fmt.Sprintf(" && @day = %d && @month = %d && @year = %d", before.Day(), before.Month(), before.Year())
	node, err := search.Parse(conditions)
	if err != nil {
		t.Fatal(err)
	}
	got, err := search.Evaluate(node, func(string) (any, bool) { return nil, false })
	if err != nil || (!got && before.Day() == time.Now().UTC().Day()) {
		t.Errorf("got %v, %v", got, err)
	}
	condition, err := search.FilterData("t1 > @todayEnd").Build(columnResolver{})
	if err != nil {
		t.Fatal(err)
	}
	if date, ok := condition.Args[0].(string); !ok || !strings.HasSuffix(date, " 23:59:59.999Z") || len(date) != 24 {
		t.Errorf("got %v", condition.Args[0])
	}
}

type named string

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	conn := openMemory(t)
	mustExec(t, conn, "CREATE TABLE t (t1 TEXT, t2 TEXT, n1 NUMERIC, b BOOLEAN)")
	mustExec(t, conn, `INSERT INTO t VALUES ('it''s "x" \ 100%', '2024-01-02 03:04:05.000Z', 7, 1)`)
	tests := []struct {
		filter string
		params dbx.Params
		want   int
	}{
		{"t1 = {:v}", dbx.Params{"v": `it's "x" \ 100%`}, 1},
		{"t1 = {:v}", dbx.Params{"v": "a' || 1=1 || '"}, 0},
		{"t1 ~ {:v}", dbx.Params{"v": named(`"X" \`)}, 1},
		{"n1 = {:v}", dbx.Params{"v": 7}, 1},
		{"n1 = {:v}", dbx.Params{"v": uint8(7)}, 1},
		{"n1 = {:v}", dbx.Params{"v": int64(7)}, 1},
		{"n1 > {:v}", dbx.Params{"v": 6.5}, 1},
		{"b = {:v}", dbx.Params{"v": true}, 1},
		{"b = {:v}", dbx.Params{"v": false}, 0},
		{"b != {:v}", dbx.Params{"v": nil}, 1},
		{"b = {:v}", dbx.Params{"v": (*string)(nil)}, 0},
		{"t2 = {:v}", dbx.Params{"v": time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)}, 1},
		{`{:v} = '["a",1]'`, dbx.Params{"v": []any{"a", 1}}, 1},
		{`{:v} = '{"a":1}'`, dbx.Params{"v": map[string]any{"a": 1}}, 1},
		{"{:v} = {:w} && {:v} = 'x'", dbx.Params{"v": "x", "w": "x"}, 1},
	}
	db := dbx.NewFromDB(conn, "sqlite")
	for _, test := range tests {
		expr, err := search.FilterData(test.filter).BuildExpr(columnResolver{}, dbx.Params{"other": 1}, test.params)
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		var count int
		if err := db.Select("count(*)").From("t").Where(expr).AndWhere(expr).Row(&count); err != nil || count != test.want {
			t.Errorf("%s with %v: got %d, %v, want %d", test.filter, test.params, count, err, test.want)
		}
	}
}

// TestHostileText sends texts that try to leave their place to the database.
func TestHostileText(t *testing.T) {
	t.Parallel()
	conn := openMemory(t)
	mustExec(t, conn, "CREATE TABLE t (x TEXT)")
	mustExec(t, conn, "INSERT INTO t VALUES ('v')")
	for _, text := range []string{"' OR 1=1 --", `\' OR 1=1`, "{:s0}", "[[x]]", "{{t}}", "?", "'; DROP TABLE t; --", "\x00", "%", "`x`"} {
		expr, err := search.FilterData("x = " + quoteText(text) + " || x = 'nothing?'").BuildExpr(anyResolver{})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var count int
		err = dbx.NewFromDB(conn, "sqlite").Select("count(*)").From("t").Where(expr).Row(&count)
		if err != nil || count != 0 {
			t.Errorf("%q: got %d, %v", text, count, err)
		}
	}
}

func TestSimpleFieldResolver(t *testing.T) {
	t.Parallel()
	conn := openMemory(t)
	mustExec(t, conn, "CREATE TABLE logs (id TEXT, data JSON)")
	mustExec(t, conn, `INSERT INTO logs VALUES ('a', '{"status":400,"tags":["x",{"y":null}]}'), ('b', '[5]')`)
	resolver := search.NewSimpleFieldResolver("id", "data", "data.*")
	tests := []struct {
		filter string
		want   int
	}{
		{"id = 'a'", 1},
		{"data.status > 200", 1},
		{"data.status = 400", 1},
		{"data.status != 400", 1},
		{"data.tags.0 = 'x'", 1},
		{"data.0 = 5", 1},
		{"data.nope = null", 2},
		{"data ~ 'status'", 1},
	}
	for _, test := range tests {
		expr, err := search.FilterData(test.filter).BuildExpr(resolver)
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		var count int
		err = dbx.NewFromDB(conn, "sqlite").Select("count(*)").From("logs").Where(expr).Row(&count)
		if err != nil || count != test.want {
			t.Errorf("%s: got %d, %v, want %d", test.filter, count, err, test.want)
		}
	}
	for _, field := range []string{"", "x", "id.x", "ID", "data.", "data.a..b", "data.a:b", "data.a'b", "@rowid", "@request.auth.id", "data.*", "data.é"} {
		if _, err := resolver.Resolve(field); err == nil || !strings.HasPrefix(err.Error(), "failed to resolve field") {
			t.Errorf("%q: got %v", field, err)
		}
	}
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	row := map[string]any{
		"title": "Hello", "views": 5, "live": true, "none": nil, "email": search.Cell{Value: "a@b.c", Hidden: true},
		"count": search.Cell{Value: int64(5), Affinity: search.AffinityNumeric, NoText: true},
		"meta":  search.Cell{JSON: true}, "day": sql.NullString{String: "2024-01-01", Valid: true},
	}
	tests := []struct {
		filter string
		want   bool
	}{
		{"title = 'Hello' && views > 4", true},
		{"title = 'x' && views > 4 || live = true", true},
		{"title = 'x' && (views > 4 || live = true)", false},
		{"none = '' && none = null", true},
		{"none > 1", false},
		{"none > 1 || views = 5", true},
		{"count = '5' && count < 6", true},
		{"meta = ''", false},
		{"meta = null", true},
		{"email ~ 'a'", false},
		{"email !~ 'x'", false},
		{"day >= '2024'", true},
		{"title ~ 'LL'", true},
		{"title !~ 'h%o'", false},
		{"title ~ 'h_llo%'", true},
	}
	lookup := func(field string) (any, bool) {
		value, ok := row[field]
		return value, ok
	}
	for _, test := range tests {
		node, err := search.Parse(test.filter)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := search.Evaluate(node, lookup); err != nil || got != test.want {
			t.Errorf("%s: got %v, %v, want %v", test.filter, got, err, test.want)
		}
	}
	for _, filter := range []string{"nope = 1", "1 = nope", "f(1) = 1", "title = {:x}", "count ~ '5'", "title !~ count", "title ~ '" + strings.Repeat("x", 60_000) + "'"} {
		node, err := search.Parse(filter)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := search.Evaluate(node, lookup); err == nil {
			t.Errorf("%.40s: got %v, want an error", filter, got)
		}
	}
}
