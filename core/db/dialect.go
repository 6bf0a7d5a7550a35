package db

import "context"

// Dialect holds every difference between SQL engines that code outside this
// package tree would otherwise have to know. Implementations are stateless and
// safe for concurrent use; dialecttest.Run is what each of them has to pass.
type Dialect interface { //nolint:interfacebloat // the one seam for SQL differences; each method is one of them
	// Quote returns ident as a quoted identifier, whatever it contains.
	Quote(ident string) string
	// Placeholder returns the placeholder of the n-th argument, from 1.
	Placeholder(n int) string
	// ColumnType returns the full column definition (type, default,
	// nullability) for a kind of column: text, number, bool, json, strings
	// (a JSON list), id, date, or "" for an unknown kind.
	ColumnType(kind string) string
	// JSONExtract returns an expression for the value at path ("a.b",
	// "a[0].b") in the JSON of a column, NULL when there is none. Text that is
	// no JSON is a value without parts.
	JSONExtract(column, path string) string
	// JSONEach returns a FROM item with a column named value that yields the
	// elements of a JSON list; anything else counts as a list of one.
	JSONEach(expr string) string
	// JSONLength returns an expression for the number of elements of a JSON
	// list; 0 for an empty text and NULL, 1 for any other plain value.
	JSONLength(expr string) string
	// Hour returns an expression for the begin of the hour of a date column.
	// The data folders of v0.22 have an index of exactly this expression.
	Hour(column string) string
	// Random returns an expression to order rows randomly by.
	Random() string
	// Inspect describes a table or view; sql.ErrNoRows when there is none.
	Inspect(ctx context.Context, q Querier, table string) (Table, error)
	// Classify returns err wrapped so that it matches the sentinel of this
	// package it stands for, or err itself when there is none.
	Classify(err error) error
}

// Table describes a table or view.
type Table struct {
	Name    string
	View    bool
	SQL     string // the statement that created it
	Columns []Column
	Indexes []Index // by name
}

// Column describes a column of a table.
type Column struct {
	Name       string
	Type       string
	NotNull    bool
	Default    string // the SQL text of the default
	HasDefault bool
	PrimaryKey int // position in the primary key from 1, 0 when not part of it
}

// Index describes an index that was created by a statement; those the engine
// made by itself for constraints are left out.
type Index struct {
	Name    string
	Unique  bool
	SQL     string
	Columns []string // "" where the index has an expression
}
