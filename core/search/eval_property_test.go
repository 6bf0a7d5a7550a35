package search_test

import (
	"database/sql"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"github.com/tackleboxdev/tacklebox/core/search"
)

// columns are those of the table that filters and rows are made up for. The
// last is computed, so it has no affinity, and it is treated as JSON.
var columns = []struct {
	name, definition, sql string
	affinity              search.Affinity
	json                  bool
}{
	{"t1", "TEXT", "t1", search.AffinityText, false},
	{"t2", "TEXT", "t2", search.AffinityText, false},
	{"n1", "NUMERIC", "n1", search.AffinityNumeric, false},
	{"n2", "NUMERIC", "n2", search.AffinityNumeric, false},
	{"b", "BOOLEAN", "b", search.AffinityNumeric, false},
	{"j", "BLOB", "(CASE WHEN 1 THEN j END)", search.AffinityNone, true},
}

// columnResolver resolves the columns above.
type columnResolver struct{}

func (columnResolver) UpdateQuery(*dbx.SelectQuery) error { return nil }

func (columnResolver) Resolve(field string) (*search.ResolverResult, error) {
	for _, column := range columns {
		if column.name == field {
			return &search.ResolverResult{Fragment: search.Fragment{SQL: column.sql}, NoCoalesce: column.json}, nil
		}
	}
	return nil, fmt.Errorf("unknown field %q", field)
}

var (
	texts = []string{
		"", "a", "A", "ab", "aXb", "a%b", `a\%b`, "a_b", `\`, `a\`, `\\`, "%", "_", "é", "É", "日本", "5", "5.0", "05", " 5 ", "1e3", "1000",
		"-3", "-3.5", "+7", ".5", "0.5", "5.", "0x10", "abc", "null", "true", "9007199254740993", "9223372036854775808", "1e400", "0.1", "\n5\t", "5\x00", "5\x00a",
	}
	numbers = []float64{
		0, 1, -1, 5, -3, -3.5, 0.5, 0.1, 7, 1000, 1.0 / 3, 1e15, 1e16, 1e17, 1e20, 1e-5, 0.0001,
		9007199254740992, 9007199254740994, math.MaxInt64, 1.5e300, 123456789.125,
	}
	ints = []int64{0, 1, -1, 5, 7, -3, 1000, 9007199254740993, math.MaxInt64, math.MinInt64}
)

func drawValue(t *rapid.T, label string) any {
	switch rapid.IntRange(0, 4).Draw(t, label+" type") {
	case 0:
		return nil
	case 1:
		return rapid.SampledFrom(ints).Draw(t, label)
	case 2:
		return rapid.SampledFrom(numbers).Draw(t, label)
	case 3:
		return rapid.Float64Range(-1e9, 1e9).Draw(t, label)
	}
	return rapid.SampledFrom(texts).Draw(t, label)
}

func drawOperand(t *rapid.T) string {
	switch rapid.IntRange(0, 9).Draw(t, "operand") {
	case 0:
		return rapid.SampledFrom([]string{"null", "TRUE", "false"}).Draw(t, "constant")
	case 1, 2:
		number := rapid.SampledFrom(numbers).Draw(t, "number")
		return strings.TrimSuffix(fmt.Sprintf("%.4f", number), ".0000")
	case 3, 4:
		return quoteText(rapid.SampledFrom(texts).Draw(t, "text"))
	}
	return rapid.SampledFrom(columns).Draw(t, "column").name
}

func quoteText(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}

func drawFilter(t *rapid.T, depth int) string {
	count := rapid.IntRange(1, 3).Draw(t, "items")
	var sb strings.Builder
	for i := range count {
		if i > 0 {
			sb.WriteString(rapid.SampledFrom([]string{" && ", " || "}).Draw(t, "join"))
		}
		if depth > 0 && rapid.IntRange(0, 3).Draw(t, "group") == 0 {
			sb.WriteString("(" + drawFilter(t, depth-1) + ")")
			continue
		}
		op := rapid.SampledFrom([]string{"=", "!=", ">", ">=", "<", "<=", "~", "!~", "?=", "?!=", "?~"}).Draw(t, "op")
		sb.WriteString(drawOperand(t) + " " + op + " " + drawOperand(t))
	}
	return sb.String()
}

func openMemory(t testing.TB) *sql.DB {
	t.Helper()
	conn, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	conn.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// TestEvaluateAgreesWithSQL holds the evaluator against the database.
func TestEvaluateAgreesWithSQL(t *testing.T) {
	t.Parallel()
	conn := openMemory(t)
	definitions := make([]string, len(columns))
	for i, column := range columns {
		definitions[i] = column.name + " " + column.definition
	}
	mustExec(t, conn, "CREATE TABLE t ("+strings.Join(definitions, ", ")+")")
	rapid.Check(t, func(rt *rapid.T) {
		row := make([]any, len(columns))
		for i, column := range columns {
			row[i] = drawValue(rt, column.name)
		}
		stored := storeRow(t, conn, row)
		filter := drawFilter(rt, 2)
		node, err := search.Parse(filter)
		if err != nil {
			rt.Fatalf("parse %s: %v", filter, err)
		}
		condition, err := search.FilterData(filter).Build(columnResolver{})
		if err != nil {
			rt.Fatalf("build %s: %v", filter, err)
		}
		var want bool
		query := "SELECT EXISTS (SELECT 1 FROM t WHERE " + condition.SQL + ")"
		if err := conn.QueryRow(query, condition.Args...).Scan(&want); err != nil {
			rt.Fatalf("%s: %v", query, err)
		}
		got, err := search.Evaluate(node, func(field string) (any, bool) {
			cell, ok := stored[field]
			return cell, ok
		})
		if err != nil {
			rt.Fatalf("evaluate %s: %v", filter, err)
		}
		if got != want {
			rt.Fatalf("%s on %#v: evaluated %v, SQL %v (%s %#v)", filter, stored, got, want, condition.SQL, condition.Args)
		}
	})
}

// storeRow makes row the only one of the table and returns what the table holds.
func storeRow(t testing.TB, conn *sql.DB, row []any) map[string]search.Cell {
	t.Helper()
	mustExec(t, conn, "DELETE FROM t")
	mustExec(t, conn, "INSERT INTO t VALUES (?"+strings.Repeat(", ?", len(row)-1)+")", row...)
	held := make([]any, len(row))
	pointers := make([]any, len(row))
	for i := range held {
		pointers[i] = &held[i]
	}
	names := make([]string, len(columns))
	for i, column := range columns {
		// a plus keeps the driver from turning a declared type into a Go one
		names[i] = "+" + column.name
	}
	if err := conn.QueryRow("SELECT " + strings.Join(names, ", ") + " FROM t").Scan(pointers...); err != nil {
		t.Fatal(err)
	}
	cells := make(map[string]search.Cell, len(columns))
	for i, column := range columns {
		cells[column.name] = search.Cell{Value: held[i], Affinity: column.affinity, JSON: column.json}
	}
	return cells
}

func mustExec(t testing.TB, conn *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
