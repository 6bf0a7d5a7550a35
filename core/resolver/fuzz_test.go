package resolver_test

import (
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// limits are the errors of the database that a well-formed list may run into.
var limits = []string{
	"Expression tree is too large", "LIKE or GLOB pattern too complex", "too many SQL variables",
	"parser stack overflow", "tables in a join", "too many terms", "string or blob too big",
}

// FuzzList runs whatever resolves: names and texts from outside must never
// break the SQL.
func FuzzList(f *testing.F) {
	for _, seed := range [][2]string{
		{"title = 'x' && views > 1", "title"},
		{"author.name ~ 'a' || editors.team.title ?= 'red'", "-author.name"},
		{"tags:each = 'x' && tags:length > 1 && kind:each != ''", "@random"},
		{"posts_via_parent.title != '' && @collection.users:a.name ?= title", "tags:length"},
		{"@request.auth.team.title = 'red' && @request.data.editors.email ~ '@'", "meta.a.0"},
		{"meta.a.b.0.c = 5 || meta = null", "meta"},
		{"@request.data.tags:each ?= tags:each && @request.query.a:isset = true", "editors"},
		{"editors.email != editors.name", "author.email"},
		{`title ~ 'a\\%_' && other ~ title`, "+id,-id"},
	} {
		f.Add(seed[0], seed[1])
	}
	w := newWorld(f)
	infos := []*models.RequestInfo{
		nil,
		{
			Query: map[string]any{"a": "1"}, Data: map[string]any{"tags": []any{"x"}, "editors": []any{"u1", "u2"}, "author": "u1"},
			AuthRecord: w.record(f, "users", "u1"),
		},
	}
	f.Fuzz(func(t *testing.T, filter, sort string) {
		for i, info := range infos {
			q := search.ListQuery{Filters: []search.FilterData{search.FilterData(filter)}, Sort: search.ParseSortFromString(sort)}
			if filter == "" {
				q.Filters = nil
			}
			if _, err := w.compile(t, "posts", q, info, i == 0); err != nil {
				continue
			}
			_, err := w.list(t, "posts", q, info, i == 0)
			if err == nil {
				continue
			}
			known := false
			for _, limit := range limits {
				known = known || strings.Contains(err.Error(), limit)
			}
			if !known {
				t.Errorf("%q, %q: %v", filter, sort, err)
			}
		}
	})
}
