package sqlite

import (
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// Dialect is the SQL dialect of SQLite.
type Dialect struct{}

var _ db.Dialect = Dialect{}

// columnTypes maps a kind of column to its definition.
var columnTypes = map[string]string{
	"id":      "TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL",
	"date":    "TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%fZ')) NOT NULL",
	"text":    "TEXT DEFAULT '' NOT NULL",
	"number":  "NUMERIC DEFAULT 0 NOT NULL",
	"bool":    "BOOLEAN DEFAULT FALSE NOT NULL",
	"json":    "JSON DEFAULT NULL",
	"strings": "JSON DEFAULT '[]' NOT NULL",
}

// Quote implements db.Dialect.
func (Dialect) Quote(ident string) string {
	return "`" + strings.ReplaceAll(ident, "`", "``") + "`"
}

// Placeholder implements db.Dialect.
func (Dialect) Placeholder(int) string { return "?" }

// ColumnType implements db.Dialect.
func (Dialect) ColumnType(kind string) string { return columnTypes[kind] }

// JSONExtract implements db.Dialect. A column that holds no JSON is treated as
// a JSON text, so only the empty path finds something in it.
func (Dialect) JSONExtract(column, path string) string {
	if path != "" && !strings.HasPrefix(path, "[") {
		path = "." + path
	}
	path = strings.ReplaceAll(path, "'", "''")
	return "(CASE WHEN json_valid(" + column + ") THEN JSON_EXTRACT(" + column + ", '$" + path +
		"') ELSE JSON_EXTRACT(json_object('pb', " + column + "), '$.pb" + path + "') END)"
}

// JSONEach implements db.Dialect.
func (Dialect) JSONEach(expr string) string {
	return "json_each(CASE WHEN json_valid(" + expr + ") THEN " + expr + " ELSE json_array(" + expr + ") END)"
}

// JSONLength implements db.Dialect.
func (Dialect) JSONLength(expr string) string {
	return "json_array_length(CASE WHEN json_valid(" + expr + ") THEN " + expr +
		" ELSE (CASE WHEN " + expr + " = '' OR " + expr + " IS NULL THEN json_array() ELSE json_array(" + expr + ") END) END)"
}

// Hour implements db.Dialect.
func (Dialect) Hour(column string) string {
	return "strftime('%Y-%m-%d %H:00:00', " + column + ")"
}

// Random implements db.Dialect.
func (Dialect) Random() string { return "RANDOM()" }

// Classify implements db.Dialect.
func (Dialect) Classify(err error) error { return classify(err) }
