package daos

import (
	"errors"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// UniqueColumns returns the columns of the unique index of the table that a write has violated.
// It is empty for other errors, for other tables, and for an index over expressions.
func UniqueColumns(table string, err error) []string {
	if !errors.Is(err, db.ErrUnique) {
		return nil
	}
	_, list, ok := strings.Cut(err.Error(), "UNIQUE constraint failed: ")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, " (")
	var columns []string
	for item := range strings.SplitSeq(list, ",") {
		// The database names the table as it was created, whatever its letter case is now.
		if owner, column, ok := strings.Cut(strings.TrimSpace(item), "."); ok && strings.EqualFold(owner, table) {
			columns = append(columns, column)
		}
	}
	return columns
}
