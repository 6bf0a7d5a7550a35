package daos

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
)

// boundQuery ends a query after the timeout.
func boundQuery(timeout time.Duration) dbx.ExecHookFunc {
	return func(q *dbx.Query, op func() error) error {
		before := q.Context()
		if before == nil {
			before = context.Background()
		}
		ctx, cancel := context.WithTimeout(before, timeout)
		defer cancel()
		q.WithContext(ctx)
		defer q.WithContext(before)
		return op()
	}
}

// failQuery makes a query report err when it runs.
func failQuery(err error) dbx.BuildHookFunc {
	return func(q *dbx.Query) { q.LastError = err }
}
