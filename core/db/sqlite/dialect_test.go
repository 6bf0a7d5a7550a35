package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/db/dialecttest"
)

func TestDialect(t *testing.T) {
	t.Parallel()
	dialecttest.Run(t, func(t *testing.T) *db.DB {
		t.Helper()
		return openAt(t, filepath.Join(t.TempDir(), "data.db"), db.Options{})
	})
}
