package daos_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// statements keeps what a database ran.
type statements struct {
	mu   sync.Mutex
	list []string
}

func (s *statements) add(sql string, _ time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, sql)
}

func (s *statements) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.list
	s.list = nil
	return list
}

// TestAccountsAreFoundByIndex explains every query that looks for an account.
func TestAccountsAreFoundByIndex(t *testing.T) {
	t.Parallel()
	content, err := template()
	ok(t, err)
	path := filepath.Join(t.TempDir(), "data.db")
	ok(t, os.WriteFile(path, content, 0o600))
	var ran statements
	database, err := db.Open(context.Background(), path, db.Options{Trace: ran.add})
	ok(t, err)
	t.Cleanup(func() { _ = database.Close() })
	dao := daos.New(database)
	for _, name := range []string{"Jane", "john", "JOE"} {
		user(t, dao, name, true)
	}
	for name, find := range map[string]func(){
		"by email":                   func() { _, _ = dao.FindAuthRecordByEmail("users", "john@example.com") },
		"by username":                func() { _, _ = dao.FindAuthRecordByUsername("users", "john") },
		"by username, other letters": func() { _, _ = dao.FindAuthRecordByUsername("users", "jANE") },
		"by username, unknown":       func() { _, _ = dao.FindAuthRecordByUsername("users", "nobody") },
		"email is free":              func() { dao.IsRecordValueUnique("users", "email", "new@example.com", "id") },
		"username is free":           func() { dao.IsRecordValueUnique("users", "username", "new", "id") },
		"by id":                      func() { _, _ = dao.FindRecordById("users", idOf("Jane")) },
	} {
		ran.take()
		find()
		queries := ran.take()
		if len(queries) == 0 {
			t.Errorf("%s: no query", name)
		}
		for _, query := range queries {
			plan := explain(t, dao, query)
			if strings.Contains(plan, "SCAN users") || !strings.Contains(plan, "SEARCH users USING ") {
				t.Errorf("%s: %s\n%s", name, query, plan)
			}
		}
	}
}

func explain(t *testing.T, dao *daos.Dao, query string) string {
	t.Helper()
	var steps []string
	ok(t, dao.Querier().QueryRows(t.Context(), "EXPLAIN QUERY PLAN "+query, nil, func(row []any) error {
		steps = append(steps, fmt.Sprint(row[3]))
		return nil
	}))
	return strings.Join(steps, "\n")
}

// TestUsernamesInAnyCase compares with the letters of the ASCII alphabet folded, as the
// database has always done.
func TestUsernamesInAnyCase(t *testing.T) {
	t.Parallel()
	dao := open(t)
	// names that the queries use themselves
	c := &models.Collection{Name: "spelling", Type: "auth", Schema: schema.NewSchema(field("text", "text", ""), field("wanted", "text", ""))}
	ok(t, dao.SaveCollection(c))
	stored := []string{"Jane", "jan", "J.a-n_e", "users12345", "users12346", "USERS9", "ÄRGER", "ärgern", "x", "Straße", "a\U0010FFFFb", "10", "50%", "'; --"}
	for i, name := range stored {
		r := models.NewRecord(c)
		r.Load(map[string]any{"username": name, "email": fmt.Sprintf("%d@example.com", i), "tokenKey": name})
		r.SetId(idOf(fmt.Sprintf("r%d_", i)))
		ok(t, dao.SaveRecord(r))
	}
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				return r + 'a' - 'A'
			}
			return r
		}, s)
	}
	asked := slices.Concat(stored, []string{
		"", "j", "JAN", "jANE", "janes", "j.A-N_e", "Users12345", "USERS12346", "users1234", "users9", "ärger", "Ärger", "ÄRGERN", "äRGERN",
		"X", "straSSE", "STRAßE", "STRASSE", "A\U0010FFFFB", "Jane\x00", "jane\x00x", "%", "_", "1", strings.Repeat("a", 10_000), "\xff",
	})
	for _, name := range asked {
		want := slices.IndexFunc(stored, func(s string) bool { return fold(s) == fold(name) })
		r, err := dao.FindAuthRecordByUsername("spelling", name)
		switch {
		case want < 0 && !errors.Is(err, sql.ErrNoRows):
			t.Errorf("%.20q: found %v, %v", name, r, err)
		case want >= 0 && (err != nil || r.Username() != stored[want]):
			t.Errorf("%.20q: want %q, %v", name, stored[want], err)
		}
		if free := dao.IsRecordValueUnique("spelling", "username", name); free != (want < 0) {
			t.Errorf("%.20q is free: %v", name, free)
		}
		if want >= 0 && !dao.IsRecordValueUnique("spelling", "username", name, idOf(fmt.Sprintf("r%d_", want))) {
			t.Errorf("%.20q: its own username counts as taken", name)
		}
	}
	if !dao.IsRecordValueUnique("spelling", "username", nil) || dao.IsRecordValueUnique("spelling", "username", 10) {
		t.Error("values that are no text")
	}
}

// TestEmptyEmails are those of accounts without one.
func TestEmptyEmails(t *testing.T) {
	t.Parallel()
	dao := open(t)
	if _, err := dao.FindAuthRecordByEmail("users", ""); !errors.Is(err, sql.ErrNoRows) || !dao.IsRecordValueUnique("users", "email", "") {
		t.Errorf("without accounts: %v", err)
	}
	r := record(t, dao, "users", "u", map[string]any{"username": "u", "tokenKey": "k"})
	if found, err := dao.FindAuthRecordByEmail("users", ""); err != nil || found.Id != r.Id || dao.IsRecordValueUnique("users", "email", "") {
		t.Errorf("with one: %v", err)
	}
}
