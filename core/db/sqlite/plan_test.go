package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// TestPageOfJoinReadsNoWholeTable looks at the plan of a page that is filtered by
// another table, once there are statistics of both.
func TestPageOfJoinReadsNoWholeTable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	d := openAt(t, path, db.Options{})
	for _, query := range []string{
		"CREATE TABLE authors (id TEXT PRIMARY KEY NOT NULL, age NUMERIC DEFAULT 0 NOT NULL)",
		"CREATE TABLE posts (id TEXT PRIMARY KEY NOT NULL, created TEXT NOT NULL, author TEXT NOT NULL)",
		"CREATE INDEX idx_posts_created ON posts (created)",
		"WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x < 400) INSERT INTO authors SELECT 'a'||x, x FROM c",
		"WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x < 4000) INSERT INTO posts SELECT 'p'||x, x, 'a'||(x%400) FROM c",
		"ANALYZE",
	} {
		mustExec(t, d, query)
	}
	again := openAt(t, path, db.Options{}) // reads the statistics
	for _, join := range []string{"LEFT JOIN", "JOIN", "CROSS JOIN"} {
		var plan []string
		query := "EXPLAIN QUERY PLAN SELECT p.* FROM posts p " + join + " authors a ON a.id = p.author WHERE a.age > 10 ORDER BY p.created DESC LIMIT 30"
		err := again.QueryRows(ctx, query, nil, func(row []any) error {
			plan = append(plan, fmt.Sprint(row[3]))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(plan, "; "); strings.Contains(text, "BLOOM") || !strings.Contains(text, "SEARCH a USING INDEX") {
			t.Errorf("%s: %s", join, text)
		}
	}
}
