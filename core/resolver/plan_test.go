package resolver_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/resolver"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// TestPlansOfDifferentRequests compiles the same lists for requests that differ
// in what they have; world.compile compares with what has no plans.
func TestPlansOfDifferentRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rule := "@request.auth.roles:each ?= 'admin' && id = @request.auth.id"
	team := newCollection("c_staff", "staff", models.CollectionTypeAuth, text("name"), text("team"))
	w.collections = append(w.collections, team)
	w.create(t, team)
	w.exec(t, "INSERT INTO staff (id, username, name, team) VALUES ('s1', 'eve', 'Eve', 'none')")
	infos := []*models.RequestInfo{
		nil,
		{},
		{AuthRecord: w.record(t, "users", "u1")},
		{AuthRecord: w.record(t, "users", "u2")},
		{AuthRecord: w.record(t, "staff", "s1")},
		{Query: map[string]any{"a": ""}, Data: map[string]any{"title": "", "author": "", "tags": []any{}}},
		{Query: map[string]any{"a": "x_1"}, Data: map[string]any{"title": "A%", "author": "u1", "tags": []any{"x"}}},
		{Query: map[string]any{"a": true}, Data: map[string]any{"title": 5.0, "author": "u2", "tags": []any{"y", "x"}}},
	}
	names := []string{
		"@request.auth.id", "@request.auth.name", "@request.auth.team", "@request.auth.team.title", "@request.auth.roles:each",
		"@request.query.a", "@request.query.a:isset", "@request.data.title", "@request.data.author.name", "@request.data.tags:each",
		"@request.data.tags:length", "@todayStart", "true",
	}
	var lists []search.ListQuery
	for i, name := range names {
		for _, op := range []string{"=", "!=", "~", "?>"} {
			lists = append(lists,
				search.ListQuery{Filters: []search.FilterData{search.FilterData(fmt.Sprintf("author.name %s %s || %s %s 'x'", op, name, name, op))}},
				search.ListQuery{Filters: []search.FilterData{
					search.FilterData("title " + op + " " + name), search.FilterData(names[(i+1)%len(names)] + op + "editors.id"),
				}},
			)
		}
	}
	byEmail := search.ListQuery{Sort: search.ParseSortFromString("email,-name"), Filters: []search.FilterData{"email != @request.auth.email"}}
	for range 2 {
		for _, info := range infos {
			for _, hidden := range []bool{true, false} {
				for _, list := range lists {
					_, _ = w.compile(t, "posts", list, info, hidden)
				}
				_, _ = w.compile(t, "users", byEmail, info, hidden)
			}
		}
		w.collection(t, "users").Options = map[string]any{"manageRule": rule}
		w.plans = search.Plans{} // the collections have changed
	}
}

func TestDraftsHaveNoPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft := w.collection(t, "posts").Clone()
	if plans, _ := resolver.New(w, draft, nil, true).Plans(); plans != nil {
		t.Error("a changed copy uses the plans of the collection")
	}
	draft.Schema.AddField(text("extra"))
	r := resolver.New(w, draft, nil, true)
	if _, err := search.FilterData("extra = parent.extra && posts_via_parent.extra ?= ''").BuildExpr(r); err != nil {
		t.Errorf("a draft that points to itself: %v", err)
	}
}

func TestPlaceholdersOfPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, value := range []any{"One", "", nil, 10, true, "e", "One"} {
		q := search.ListQuery{
			Filters: []search.FilterData{"title = {:v} || title ~ {:v} || {:v} != author.name"},
			Params:  []dbx.Params{{"v": value}},
		}
		if _, err := w.compile(t, "posts", q, nil, true); err != nil {
			t.Errorf("%v: %v", value, err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	w := newWorld(b)
	base := w.collection(b, "posts")
	info := &models.RequestInfo{AuthRecord: w.record(b, "users", "u1"), Method: "GET"}
	for _, filter := range []search.FilterData{
		"title = 'x'", "author = @request.auth.id && live = true", "@request.auth.id != '' && author.team.title = 'red'", "editors.name = 'x'",
	} {
		q := search.ListQuery{Filters: []search.FilterData{filter}, Sort: search.ParseSortFromString("-created")}
		for name, finder := range map[string]resolver.CollectionFinder{"planned": w, "new": planless{w}} {
			b.Run(name+" "+string(filter), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := search.Compile(q, resolver.New(finder, base, info, false)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func TestPlansConcurrently(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	base := w.collection(t, "posts")
	q := search.ListQuery{Filters: []search.FilterData{"author = @request.auth.id && title ~ @request.query.q"}, Sort: search.ParseSortFromString("id")}
	users := []*models.Record{w.record(t, "users", "u1"), w.record(t, "users", "u2"), nil}
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for i := range 300 {
				text := fmt.Sprint(worker, i)
				info := &models.RequestInfo{AuthRecord: users[i%3], Query: map[string]any{"q": text}}
				compiled, err := search.Compile(q, resolver.New(w, base, info, true))
				if err != nil {
					t.Error(err)
					return
				}
				args := compiled.Args()
				if args[len(args)-1] != "%"+text+"%" || (i%3 < 2 && args[0] != users[i%3].Id) {
					t.Errorf("got %v for %s", args, text)
				}
			}
		})
	}
	wg.Wait()
}
