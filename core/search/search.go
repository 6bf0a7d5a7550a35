// Package search turns the list language of the API (filters, sort lists and
// paging) into SQL.
//
// A filter is scanned and parsed once into an immutable tree of nodes (Parse),
// which is cached by its text. The tree is then compiled against a
// FieldResolver, the part that knows what the names in it stand for, into SQL
// whose values are always parameters. Conditions that need no join can also be
// evaluated in memory with the comparison rules of the database (Evaluate).
//
// The package knows nothing about collections and records: package resolver
// supplies that knowledge, SimpleFieldResolver is the flat alternative.
package search

// The bounds of the list language. Text past them is an error, so the work
// that foreign text can cause stays in proportion to its length.
const (
	// MaxFilterLength is the largest accepted filter text in bytes.
	MaxFilterLength = 256 << 10
	// MaxFilterDepth is the largest accepted nesting of groups.
	MaxFilterDepth = 1000
	// MaxSortFields is the largest accepted number of sort fields.
	MaxSortFields = 64
	// DefaultPerPage is the page size when none, or none that makes sense, is asked for.
	DefaultPerPage = 30
	// MaxPerPage is the largest page size; a larger one is lowered to it.
	MaxPerPage = 500
)
