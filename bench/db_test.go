package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	_ "modernc.org/sqlite" // the yardstick: the same library behind its own driver

	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
)

const (
	createPosts = "CREATE TABLE posts (id TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, " +
		"created TEXT DEFAULT '' NOT NULL, updated TEXT DEFAULT '' NOT NULL, title TEXT DEFAULT '' NOT NULL, " +
		"body TEXT DEFAULT '' NOT NULL, views NUMERIC DEFAULT 0 NOT NULL, active BOOLEAN DEFAULT FALSE NOT NULL)"
	createIndex = "CREATE INDEX posts_created_idx ON posts (created)"
	insertPost  = "INSERT INTO posts (id, created, updated, title, body, views, active) VALUES (?, ?, ?, ?, ?, ?, ?)"
	viewPost    = "SELECT id, created, updated, title, body, views, active FROM posts WHERE id = ?"
	listPosts   = "SELECT id, created, updated, title, body, views, active FROM posts ORDER BY created DESC LIMIT 30"

	body = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua."
)

var ctx = context.Background()

func postID(n int64) string { return fmt.Sprintf("post%011d", n) }

func postArgs(n int64) []any {
	stamp := fmt.Sprintf("2024-05-%02d %02d:%02d:00.000Z", n%28+1, n%24, n%60)
	return []any{postID(n), stamp, stamp, "Title of the post", body, n, true}
}

// openDB opens a database of ours with an empty table posts.
func openDB(b *testing.B, o db.Options) *db.DB {
	b.Helper()
	d, err := db.Open(ctx, filepath.Join(b.TempDir(), "data.db"), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := d.Close(); err != nil {
			b.Error(err)
		}
	})
	for _, q := range []string{createPosts, createIndex} {
		if err := d.Exec(ctx, db.Op{SQL: q}); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

// fill inserts n posts.
func fill(b *testing.B, d *db.DB, n int64) {
	b.Helper()
	err := d.Transact(ctx, func(tx *db.Tx) error {
		for i := range n {
			if err := tx.Exec(ctx, db.Op{SQL: insertPost, Args: postArgs(i)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// openRaw opens the yardstick: one connection of the standard driver with the
// pragmas of ours.
func openRaw(b *testing.B, path string) *sql.DB {
	b.Helper()
	raw, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)"+
		"&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-16000)&_pragma=mmap_size(268435456)")
	if err != nil {
		b.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	b.Cleanup(func() {
		if err := raw.Close(); err != nil {
			b.Error(err)
		}
	})
	return raw
}

// callers runs fn b.N times from n goroutines.
func callers(b *testing.B, n int, fn func(i int64)) {
	b.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range n {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				fn(i)
			}
		})
	}
	wg.Wait()
}

// BenchmarkCreateRaw is the yardstick of the write path: a loop over one
// prepared insert on the standard driver, each its own commit.
func BenchmarkCreateRaw(b *testing.B) {
	raw := openRaw(b, filepath.Join(b.TempDir(), "data.db"))
	for _, q := range []string{createPosts, createIndex} {
		if _, err := raw.Exec(q); err != nil {
			b.Fatal(err)
		}
	}
	st, err := raw.Prepare(insertPost)
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close() // nothing depends on it
	b.ResetTimer()
	for i := range int64(b.N) {
		if _, err := st.Exec(postArgs(i)...); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCreate is one insert per call through the group commit.
func BenchmarkCreate(b *testing.B) {
	for _, durability := range []db.Durability{db.DurabilityNormal, db.DurabilityFull} {
		for _, n := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/callers=%d", durability, n), func(b *testing.B) {
				d := openDB(b, db.Options{Durability: durability})
				callers(b, n, func(i int64) {
					if err := d.Exec(ctx, db.Op{SQL: insertPost, Args: postArgs(i)}); err != nil {
						b.Error(err)
					}
				})
			})
		}
	}
}

// BenchmarkTransact is a function transaction with one insert.
func BenchmarkTransact(b *testing.B) {
	for _, n := range []int{1, 16} {
		b.Run(fmt.Sprintf("callers=%d", n), func(b *testing.B) {
			d := openDB(b, db.Options{})
			callers(b, n, func(i int64) {
				err := d.Transact(ctx, func(tx *db.Tx) error {
					return tx.Exec(ctx, db.Op{SQL: insertPost, Args: postArgs(i)})
				})
				if err != nil {
					b.Error(err)
				}
			})
		})
	}
}

// BenchmarkView reads one row by its primary key.
func BenchmarkView(b *testing.B) {
	d := openDB(b, db.Options{})
	fill(b, d, 10000)
	for _, n := range []int{1, 16} {
		b.Run(fmt.Sprintf("ours/callers=%d", n), func(b *testing.B) {
			callers(b, n, func(i int64) { readRows(b, d, viewPost, 1, postID(i%10000)) })
		})
	}
	b.Run("builder", func(b *testing.B) {
		for i := range b.N {
			var row struct{ ID, Created, Updated, Title, Body string }
			err := d.Builder().NewQuery("SELECT id, created, updated, title, body FROM posts WHERE id = {:id}").
				Bind(map[string]any{"id": postID(int64(i) % 10000)}).One(&row)
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("raw", func(b *testing.B) {
		rawReads(b, viewPost, func(i int) []any { return []any{postID(int64(i) % 10000)} })
	})
}

// BenchmarkList reads a page of 30 rows in the order of an indexed column.
func BenchmarkList(b *testing.B) {
	for _, rows := range []int64{1000, 10000, 50000} {
		b.Run(fmt.Sprintf("ours/rows=%d", rows), func(b *testing.B) {
			d := openDB(b, db.Options{})
			fill(b, d, rows)
			b.ResetTimer()
			for range b.N {
				readRows(b, d, listPosts, 30)
			}
		})
	}
	b.Run("raw", func(b *testing.B) { rawReads(b, listPosts, func(int) []any { return nil }) })
}

// readRows runs a query and checks the number of rows.
func readRows(b *testing.B, d *db.DB, query string, want int, args ...any) {
	b.Helper()
	got := 0
	err := d.QueryRows(ctx, query, args, func([]any) error { got++; return nil })
	if err != nil || got != want {
		b.Errorf("got %d rows, error %v", got, err)
	}
}

// rawReads runs a prepared query on the standard driver over 10000 rows.
func rawReads(b *testing.B, query string, args func(i int) []any) {
	b.Helper()
	dir := b.TempDir()
	d, err := db.Open(ctx, filepath.Join(dir, "data.db"), db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range []string{createPosts, createIndex} {
		if err := d.Exec(ctx, db.Op{SQL: q}); err != nil {
			b.Fatal(err)
		}
	}
	fill(b, d, 10000)
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	st, err := openRaw(b, filepath.Join(dir, "data.db")).Prepare(query)
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close() // nothing depends on it
	b.ResetTimer()
	for i := range b.N {
		rawRead(b, st, args(i)...)
	}
}

func rawRead(b *testing.B, st *sql.Stmt, args ...any) {
	b.Helper()
	rows, err := st.Query(args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close() // rows.Err tells
	var id, created, updated, title, text string
	var views float64
	var active bool
	for rows.Next() {
		if err := rows.Scan(&id, &created, &updated, &title, &text, &views, &active); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
