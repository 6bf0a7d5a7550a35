package daos

import (
	"errors"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// UniqueColumns returns the columns of the unique index that a write has violated, without
// their table. It is empty for other errors, and for an index over expressions.
func UniqueColumns(err error) []string {
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
		if _, column, ok := strings.Cut(strings.TrimSpace(item), "."); ok {
			columns = append(columns, column)
		}
	}
	return columns
}
