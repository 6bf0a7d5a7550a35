package daos

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
)

// boundQuery ends a query of this package, which always has a context, after the timeout.
func boundQuery(timeout time.Duration) dbx.ExecHookFunc {
	return func(q *dbx.Query, op func() error) error {
		own := q.Context()
		ctx, cancel := context.WithTimeout(own, timeout)
		defer cancel()
		q.WithContext(ctx)
		defer q.WithContext(own)
		return op()
	}
}

// failQuery makes a query report err when it runs.
func failQuery(err error) dbx.BuildHookFunc {
	return func(q *dbx.Query) { q.LastError = err }
}
