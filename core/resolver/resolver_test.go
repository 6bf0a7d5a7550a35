package resolver_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

func TestFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tests := []struct{ filter, want string }{
		{"id = 'p1'", "p1"},
		{"created > '2024-01-02 23:00:00.000Z'", "p3 p4"},
		{"title = 'one'", ""},
		{"title ~ 'ONE'", "p1"},
		{"title ~ 'a_b'", "p4"},
		{"title ~ '_wo%'", "p2"},
		{"title ~ '50%'", ""},
		{`title ~ '50\%'`, "p2"},
		{"title !~ 'o'", "p3 p4"},
		{"title = other", "p1 p3"},
		{"title != other", "p2 p4"},
		{"title ~ other", "p1 p2 p3"},
		{"title = ''", "p3"},
		{"title != null", "p1 p2 p4"},
		{"'' = ''", "p1 p2 p3 p4"},
		{"null != ''", ""},
		{"views > 4 && views <= 10", "p1 p4"},
		{"views = -1.5", "p3"},
		{"views = '5'", "p4"},
		{"views ~ 5", "p3 p4"},
		{"live = true", "p1 p3"},
		{"live = 'true'", ""},
		{"live = False", "p2 p4"},
		{"day > @now", "p3"},
		{"day < @now && day != ''", "p1"},
		{"live = true || views = 0 && title = 'x'", "p1 p3"},
		{"(live = true || views = 0) && title ~ 't'", "p2"},
		{"(id = 'p1')(live = true)", "p1"},
		// lists
		{"tags ~ 'x'", "p1 p3 p4"},
		{"tags = '[]'", "p2"},
		{"tags:length = 0", "p2"},
		{"tags:length >= 2", "p1 p4"},
		{"kind:length = 1", "p1 p3 p4"},
		{"kind:each = 'a'", "p1 p4"},
		{"tags:each = 'x'", "p3"},
		{"tags:each ?= 'x'", "p1 p3 p4"},
		{"tags:each ?= 'z' && tags:each ?= 'x'", ""},
		{"tags:each != 'y'", "p3"},
		{"tags:each ?!= 'y'", "p1 p2 p3 p4"},
		{"tags:each = ''", "p2"},
		{"tags:each ~ ''", "p1 p3 p4"},
		{"tags:isset = '[\"x\"]'", "p3"},
		{"title:length = 'One'", "p1"},
		{"files:length < 2 && files:length > 0", "p3"},
		// JSON
		{"meta.a.b.0 = 1", "p1"},
		{"meta.a.b.2.c = 'deep'", "p1"},
		{"meta.n = 5", "p1"},
		{"meta.t = 5", ""},
		{"meta.t = '5'", "p1"},
		{"meta = 'text'", "p3"},
		{"meta = null", "p2 p4"},
		{"meta = ''", ""},
		{"meta != ''", "p1 p2 p3 p4"},
		{"meta.n != 5", "p2 p3 p4"},
	}
	for _, test := range tests {
		ids, err := w.find(t, "posts", test.filter, nil, true)
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.filter, got, test.want)
		}
	}
}

func TestRelations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tests := []struct{ collection, filter, want string }{
		{"posts", "author.name = 'Ann'", "p1"},
		{"posts", "author.name != 'Ann'", "p2 p3 p4"},
		{"posts", "author.name = ''", "p3 p4"},
		{"posts", "author.id = author", "p1 p2 p3 p4"},
		{"posts", "author.team.title = 'red'", "p1"},
		{"posts", "author.roles:each ?= 'dev'", "p1 p4"},
		{"posts", "author.roles:each = 'dev'", "p4"},
		{"posts", "author.roles:length = 0", "p2 p3"},
		{"posts", "author.meta.lang = 'de'", "p1"},
		{"posts", "parent.parent.title = 'One'", "p3"},
		{"posts", "editors ~ 'u1'", "p1 p4"},
		// several values: all of them, or any
		{"posts", "editors.name ?= 'Ann'", "p1 p4"},
		{"posts", "editors.name = 'Bob'", "p2"},
		{"posts", "editors.score >= 2", "p4"},
		{"posts", "editors.score ?>= 2", "p1 p4"},
		{"posts", "editors.name != 'Bob'", "p4"},
		{"posts", "editors.name ?!= 'Bob'", "p1 p3 p4"},
		{"posts", "editors.name = ''", "p3"},
		{"posts", "editors.id = null", "p3"},
		{"posts", "editors.name ~ 'b'", "p2"},
		{"posts", "editors.name !~ 'b'", "p4"},
		{"posts", "'Bob' = editors.name", "p2"},
		{"posts", "editors.id = author", "p2 p3"},
		{"posts", "editors.id ?= author", "p1 p2 p3 p4"},
		{"posts", "editors.id = editors.id", "p2 p3"},
		{"posts", "editors.score ?> 5 && editors.name ?= 'Bob'", ""},
		{"posts", "editors.score ?> 5 && editors.name ?= 'Ann'", "p1 p4"},
		{"posts", "editors.team.title ?= 'red'", "p1 p4"},
		// back-relations
		{"users", "posts_via_author.title = 'One'", "u1"},
		{"users", "c_posts_via_author.title ?~ 't'", "u2"},
		{"users", "posts_via_editors.views ?> 0", "u1 u2 u3"},
		{"users", "posts_via_editors.views > 0", "u1 u3"},
		{"users", "posts_via_editors.id = ''", ""},
		{"users", "teams_via_boss.title = 'blue'", "u3"},
		{"users", "teams_via_boss.title != 'blue'", "u1 u2"},
		{"users", "teams_via_members.title = 'red'", "u1 u2"},
		{"posts", "author.teams_via_members.title = 'blue'", "p4"},
		{"posts", "posts_via_parent.title = ''", "p2 p4"},
		{"posts", "parent.parent.parent.parent.parent.parent.title = ''", "p1 p2 p3 p4"},
		// other collections
		{"posts", "@collection.users.name ?= title", "p3"},
		{"posts", "@collection.teams.title = 'red'", ""},
		{"posts", "id = 'p1' && @collection.users.name ?= 'Bob' && @collection.users.username ?= 'ann'", ""},
		{"posts", "id = 'p1' && @collection.users:a.name ?= 'Bob' && @collection.users:b.username ?= 'ann'", "p1"},
		{"posts", "id = 'p1' && @collection.c_users.email ?= 'bob@x.io'", "p1"},
		{"posts", "author = 'u2' && @collection.teams.members.id ?= author", "p2"},
	}
	for _, test := range tests {
		ids, err := w.find(t, test.collection, test.filter, nil, false)
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.filter, got, test.want)
		}
	}
}

func TestRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.record(t, "users", "u1")
	info := &models.RequestInfo{
		Method: "PATCH",
		Query:  map[string]any{"page": "2", "empty": "", "views": "10"},
		Headers: map[string]any{
			"x_token": "abc",
		},
		Data: map[string]any{
			"title": "One", "views": 10.0, "live": true, "none": nil, "tags": []any{"x", "y"}, "nested": map[string]any{"a": map[string]any{"b": "c"}},
			"author": "u1", "editors": []any{"u1", "u3"}, "list": []any{1.0, "a"}, "kind": "a", "parent": "",
		},
		AuthRecord: ann,
	}
	tests := []struct {
		filter string
		want   bool
	}{
		{"@request.context = 'default'", true},
		{"@request.method = 'PATCH'", true},
		{"@request.headers.x_token = 'abc'", true},
		{"@request.headers.other = ''", true},
		{"@request.query.page = '2'", true},
		{"@request.query.page = 2", false},
		{"@request.query.views = 10", true},
		{"@request.query.page:isset = true", true},
		{"@request.query.empty:isset = true", true},
		{"@request.query.nope:isset = false", true},
		{"@request.query.nope = null", true},
		{"@request.data.title = 'One'", true},
		{"@request.data.title:isset = true", true},
		{"@request.data.none:isset = true", true},
		{"@request.data.none = ''", true},
		{"@request.data.nested.a.b = 'c'", true},
		{"@request.data.nested.a = '{\"b\":\"c\"}'", true},
		{"@request.data.nested.x.b = null", true},
		{"@request.data.list = '[1,\"a\"]'", true},
		{"@request.data.live = true", true},
		{"@request.data.views > 9", true},
		{"@request.data.tags:length = 2", true},
		{"@request.data.tags:each ~ 'x'", false},
		{"@request.data.tags:each ?= 'x'", true},
		{"@request.data.tags:each != 'z'", true},
		{"@request.data.kind:each = 'a'", true},
		{"@request.data.files:length = 0", true},
		{"@request.data.author.name = 'Ann'", true},
		{"@request.data.author.posts_via_author.title = 'One'", true},
		{"@request.data.editors.name ?= 'Ann'", true},
		{"@request.data.editors.name = 'Ann'", false},
		{"@request.data.editors.score > 2", true},
		{"@request.data.editors.email ?= 'ann@x.io'", true},
		{"@request.data.parent.title = null", true},
		{"@request.data.title != title", false},
		{"@request.auth.id = 'u1'", true},
		{"@request.auth.collectionName = 'users' && @request.auth.collectionId = 'c_users'", true},
		{"@request.auth.email = 'ann@x.io' && @request.auth.verified = true", true},
		{"@request.auth.name = 'Ann'", true},
		{"@request.auth.score > 5", true},
		{"@request.auth.meta.lang = 'de'", true},
		{"@request.auth.meta.n.1.k = 'v'", true},
		{"@request.auth.roles:each ?= 'admin'", true},
		{"@request.auth.roles:length = 2", true},
		{"@request.auth.roles ~ 'admin'", true},
		{"@request.auth.team.title = 'red'", true},
		{"@request.auth.team = 't1'", true},
		{"@request.auth.teams_via_members.title = 'red'", true},
		{"@request.auth.missing = null", true},
		{"@request.auth.team.missing = null", true},
		{"@request.auth.tokenKey = null", true},
		{"@request.auth.id:isset = null", true},
		{"author = @request.auth.id", true},
		{"@request.auth.team.title ~ 'e' && author.team.title = @request.auth.team.title", true},
	}
	for _, test := range tests {
		ids, err := w.find(t, "posts", "id = 'p1' && ("+test.filter+")", info, true)
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		if got := len(ids) == 1; got != test.want {
			t.Errorf("%s: got %v, want %v", test.filter, got, test.want)
		}
	}
}

func TestGuestRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fields := []string{
		"@request.auth.id", "@request.auth.team.title", "@request.auth.x", "@request.data.title", "@request.data.author.name",
		"@request.query.a", "@request.headers.a",
	}
	for _, info := range []*models.RequestInfo{nil, {}} {
		for _, name := range fields {
			ids, err := w.find(t, "posts", name+" = null && "+name+" = ''", info, true)
			if err != nil || len(ids) != 4 {
				t.Errorf("%s of %v: got %v, %v", name, info, ids, err)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tests := []struct{ filter, want string }{
		{"", "invalid or empty filter expression"},
		{"// nothing", "invalid or empty filter expression"},
		{"zz = 1", `invalid left operand "zz" - unknown field "zz"`},
		{"1 = zz", `invalid right operand "zz" - unknown field "zz"`},
		{"tokenKey = 1", `invalid left operand "tokenKey" - unknown field "tokenKey"`},
		{"author.tokenKey = 1", `invalid left operand "author.tokenKey" - unknown field "tokenKey"`},
		{"author.passwordHash ~ 1", `unknown field "passwordHash"`},
		{"collectionId = 1", `unknown field "collectionId"`},
		{"email = 1", `unknown field "email"`},
		{"title:up = 1", `unknown modifier in "title:up"`},
		{"title:each:length = 1", `unknown field "title:each:length"`},
		{"tags:each.x = 1", `unknown field "tags:each.x"`},
		{"title.x = 1", `field "title" is not a relation`},
		{"nope_via_author.x = 1", `find collection "nope"`},
		{"posts_via_title.x = 1", `field "title" is not a relation of "posts"`},
		{"posts_via_author.x = 1", `does not point to "posts"`},
		{"parent.parent.parent.parent.parent.parent.parent.title = ''", "max nested relations reached"},
		{"@collection.nope.x = 1", `find collection "nope"`},
		{"@collection.users = 1", `failed to resolve field "@collection.users"`},
		{"@collection.users:a:b.x = 1", `failed to resolve field "@collection.users:a:b.x"`},
		{"@request.foo = 1", `failed to resolve field "@request.foo"`},
		{"@request.body.a = 1", `failed to resolve field "@request.body.a"`},
		{"@request.method:isset = 1", `failed to resolve field "@request.method:isset"`},
		{"@request.headers.a:isset = 1", `failed to resolve field "@request.headers.a:isset"`},
		{"@request.auth = 1", `failed to resolve field "@request.auth"`},
		{"@yesterday = 1", `failed to resolve field "@yesterday"`},
		{"#a = 1", `failed to resolve field "#a"`},
		{"é = 1", `failed to resolve field "é"`},
		{"upper(title) = 1", "unresolvable token type"},
		{"title = {:x}", `invalid right operand "x" - the placeholder has no value`},
		{"@request.data.author.zz = 1", `unknown field "zz"`},
	}
	info := &models.RequestInfo{Data: map[string]any{"author": "u1"}}
	for _, test := range tests {
		ids, err := w.find(t, "posts", test.filter, info, true)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v and error %v, want %s", test.filter, ids, err, test.want)
		}
	}
}

func TestEmailVisibility(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tests := []struct {
		collection, filter  string
		visible, everything string
	}{
		{"users", "email ~ '@'", "u1", "u1 u2"},
		{"users", "email = 'bob@x.io'", "", "u2"},
		{"users", "email != 'bob@x.io'", "u1", "u1 u3"},
		{"users", "email = ''", "", "u3"},
		{"users", "id = 'u2' || email = 'x'", "u2", "u2"},
		{"posts", "author.email ~ '@'", "p1", "p1 p2"},
		{"posts", "editors.email ?= 'bob@x.io'", "", "p1 p2"},
		{"posts", "editors.email !~ 'bob'", "", "p4"},
		{"posts", "editors.email ?!~ 'bob'", "p1 p4", "p1 p4"},
		{"users", "id = 'u1' && @collection.users.email ?= 'bob@x.io'", "u1", "u1"},
	}
	for _, test := range tests {
		for allow, want := range map[bool]string{false: test.visible, true: test.everything} {
			ids, err := w.find(t, test.collection, test.filter, nil, allow)
			if got := strings.Join(ids, " "); err != nil || got != want {
				t.Errorf("%s (all: %v): got %q, %v, want %q", test.filter, allow, got, err, want)
			}
		}
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tests := []struct{ collection, sort, want string }{
		{"posts", "title", "p3 p1 p4 p2"},
		{"posts", "-title", "p2 p4 p1 p3"},
		{"posts", "-live,+views", "p3 p1 p2 p4"},
		{"posts", " -live , views ", "p3 p1 p2 p4"},
		{"posts", "author.name,id", "p3 p4 p1 p2"},
		{"posts", "-author.team.title,id", "p1 p4 p2 p3"},
		{"posts", "-meta.n,id", "p1 p2 p3 p4"},
		{"posts", "tags:length,id", "p2 p3 p1 p4"},
		{"users", "-posts_via_author.title,id", "u2 u3 u1"},
	}
	for _, test := range tests {
		ids, err := w.list(t, test.collection, search.ListQuery{Sort: search.ParseSortFromString(test.sort)}, nil, true)
		if got := strings.Join(ids, " "); err != nil || got != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.sort, got, err, test.want)
		}
	}
	for _, sort := range []string{"@random", "-@random", "+@random,title"} {
		ids, err := w.list(t, "posts", search.ListQuery{Sort: search.ParseSortFromString(sort)}, nil, true)
		if err != nil || len(ids) != 4 {
			t.Errorf("%s: got %v, %v", sort, ids, err)
		}
	}
	for _, sort := range []string{"nope", "@now", "null", "@request.auth.id", "@request.auth.team.title", ",title", "title,", "-", "--title", "@rowid", "title desc", "a`b"} {
		if ids, err := w.list(t, "posts", search.ListQuery{Sort: search.ParseSortFromString(sort)}, &models.RequestInfo{}, true); err == nil {
			t.Errorf("%s: got %v, want an error", sort, ids)
		}
	}
	tooMany := search.ParseSortFromString(strings.Repeat("title,", search.MaxSortFields) + "title")
	if _, err := w.list(t, "posts", search.ListQuery{Sort: tooMany}, nil, true); err == nil {
		t.Error("too many sort fields are accepted")
	}
}

func TestSortByHiddenEmail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(t, "UPDATE users SET email = 'aaa@x.io' WHERE id = 'u3'")
	rule := "@request.auth.roles:each ?= 'admin'"
	w.collection(t, "users").Options = map[string]any{"manageRule": rule}
	byEmail := search.ListQuery{Sort: search.ParseSortFromString("-email,id")}
	tests := []struct {
		name  string
		info  *models.RequestInfo
		allow bool
		want  string
	}{
		{"admin", &models.RequestInfo{}, true, "u2 u1 u3"},
		{"guest", &models.RequestInfo{}, false, "u1 u2 u3"},
		{"owner", &models.RequestInfo{AuthRecord: w.record(t, "users", "u2")}, false, "u2 u1 u3"},
		{"owner", &models.RequestInfo{AuthRecord: w.record(t, "users", "u3")}, false, "u1 u3 u2"},
		{"manager", &models.RequestInfo{AuthRecord: w.record(t, "users", "u1")}, false, "u2 u1 u3"},
		{"rule check", nil, false, "u1 u2 u3"},
	}
	for _, test := range tests {
		ids, err := w.list(t, "users", byEmail, test.info, test.allow)
		if got := strings.Join(ids, " "); err != nil || got != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}

func TestJoinsAreShared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := search.ListQuery{
		Filters: []search.FilterData{"author.name = 'a' || author.score = 1", "author.team.title = 'x'"},
		Sort:    search.ParseSortFromString("author.name,parent.title"),
	}
	compiled, err := search.Compile(q, newResolver(w, t, "posts"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(compiled.Joins, "LEFT JOIN"); got != 3 {
		t.Errorf("got %d joins: %s", got, compiled.Joins)
	}
	if got := strings.Count(compiled.CountJoins, "LEFT JOIN"); got != 2 {
		t.Errorf("got %d joins for the count: %s", got, compiled.CountJoins)
	}
	if compiled.Distinct || compiled.CountDistinct || !compiled.HasJoins {
		t.Error("joins with single records cannot repeat rows")
	}
	if !slices.Equal(compiled.WhereArgs, []any{"a", 1.0, "x"}) {
		t.Errorf("got arguments %v", compiled.WhereArgs)
	}
}
