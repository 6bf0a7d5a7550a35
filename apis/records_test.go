package apis_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

const posts = `{"name":"posts","listRule":"published = true","viewRule":"published = true","createRule":"@request.auth.id != '' && title != 'forbidden'",
	"updateRule":"@request.data.count < 10","deleteRule":"","schema":[
	{"name":"title","type":"text","options":{"min":2}},{"name":"published","type":"bool"},{"name":"count","type":"number"},
	{"name":"owner","type":"relation","options":{"collectionId":"_pb_users_auth_","maxSelect":1}},
	{"name":"tags","type":"select","options":{"maxSelect":3,"values":["a","b","c"]}}],
	"indexes":["CREATE UNIQUE INDEX idx_title ON posts (title)"]}`

func TestRecordRules(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.admin("a@example.com")
	s.collection(admin, posts)
	s.collection(admin, `{"name":"locked","schema":[{"name":"title","type":"text"}]}`)
	_, user := s.user("tester", nil)
	path := "/api/collections/posts/records"
	create := func(body, token string) answer {
		return s.do(call{method: http.MethodPost, path: path, body: body, token: token})
	}
	first, _ := create(`{"title":"first","published":true,"tags":["a"]}`, user).json(t)["id"].(string)
	hidden, _ := create(`{"title":"hidden"}`, admin).json(t)["id"].(string)

	s.expect([]expectation{
		{name: "guests fail the create rule", call: call{method: "POST", path: path, body: `{"title":"second"}`}, status: 400, contains: []string{"Failed to create record."}},
		{name: "rules see the new row", call: call{method: "POST", path: path, body: `{"title":"forbidden"}`, token: user}, status: 400, contains: []string{"Failed to create record.", `"data":{}`}},
		{name: "validation before the rule", call: call{method: "POST", path: path, body: `{"title":"x"}`, token: user}, status: 400, contains: []string{"Failed to create record.", "validation_min_text_constraint"}},
		{name: "unique index", call: call{method: "POST", path: path, body: `{"title":"first"}`, token: user}, status: 400, contains: []string{"Failed to create record.", "validation_not_unique"}},
		{name: "unique index for admins", call: call{method: "POST", path: path, body: `{"title":"first"}`, token: admin}, status: 400, contains: []string{"Failed to create record.", "validation_not_unique"}},
		{name: "validation for admins", call: call{method: "POST", path: path, body: `{"title":"x"}`, token: admin}, status: 400, contains: []string{"Something went wrong", "validation_min_text_constraint"}},
		{name: "list hides", call: call{path: path}, status: 200, contains: []string{"first", `"totalItems":1`}, lacks: []string{"hidden"}},
		{name: "list for admins", call: call{path: path, token: admin}, status: 200, contains: []string{"first", "hidden", `"totalItems":2`}},
		{name: "view", call: call{path: path + "/" + first}, status: 200},
		{name: "view hides", call: call{path: path + "/" + hidden}, status: 404},
		{name: "update rule sees modifiers", call: call{method: "PATCH", path: path + "/" + first, body: `{"count+":20}`}, status: 404},
		{name: "modifiers", call: call{method: "PATCH", path: path + "/" + first, body: `{"count+":7,"count-":2,"tags+":["b","a"]}`}, status: 200, contains: []string{`"count":5`, `"tags":["a","b"]`}},
		{name: "wrong id", call: call{method: "PATCH", path: path + "/" + first, body: `{"count":1,"id":"abcdefghijklmno"}`}, status: 400, contains: []string{"validation_in_invalid"}},
		{name: "bad relation", call: call{method: "PATCH", path: path + "/" + first, body: `{"count":1,"owner":"missing"}`}, status: 400, contains: []string{"validation_missing_rel_records"}},
		{name: "no rule list", call: call{path: "/api/collections/locked/records"}, status: 403, contains: []string{"Only admins can perform this action."}},
		{name: "no rule create", call: call{method: "POST", path: "/api/collections/locked/records", body: "{}"}, status: 403},
		{name: "missing collection", call: call{path: "/api/collections/none/records"}, status: 404},
		{name: "delete", call: call{method: "DELETE", path: path + "/" + first}, status: 204},
		{name: "gone", call: call{path: path + "/" + first}, status: 404},
	})
}

func TestRecordBodies(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.admin("a@example.com")
	s.collection(admin, posts)
	path := "/api/collections/posts/records"
	form, formType := multipartBody(t,
		part{name: "title", value: "from form"}, part{name: "tags", value: "a"}, part{name: "tags", value: "c"},
		part{name: "published", value: "true"}, part{name: "@jsonPayload", value: `{"count":3}`}, part{name: "@jsonPayload", value: `broken`})
	const failed = "Failed to load the submitted data due to invalid formatting."
	post := func(body, contentType string) call {
		return call{method: "POST", path: path, token: admin, body: body, contentType: contentType}
	}
	s.expect([]expectation{
		{name: "multipart", call: post(form, formType), status: 200, contains: []string{`"tags":["a","c"]`, `"published":true`, `"count":3`}},
		{name: "unknown keys", call: post(`{"title":"aa","created":"x","none":1,"expand":{"a":1}}`, "application/json; charset=x"), status: 200},
		{name: "empty", call: post("", "application/json"), status: 400, contains: []string{failed}},
		{name: "broken", call: post(`{"title":`, "application/json"), status: 400, contains: []string{failed}},
		{name: "array", call: post(`[]`, "application/json"), status: 400, contains: []string{failed}},
		{name: "urlencoded", call: post("title=xx", "application/x-www-form-urlencoded"), status: 400, contains: []string{failed}},
		{name: "case matters", call: post(`{"title":"bb"}`, "Application/json"), status: 400, contains: []string{failed}},
		{name: "broken multipart", call: post("--x", "multipart/form-data; boundary=x"), status: 400, contains: []string{failed}},
		{name: "too large", call: post(`{"title":"`+strings.Repeat("x", 32<<20)+`"}`, "application/json"), status: 413, contains: []string{"33554432"}},
		{name: "own id", call: post(`{"id":"ABCDEFGHIJKLMNO","title":"own"}`, ""), status: 200, contains: []string{"ABCDEFGHIJKLMNO"}},
		{name: "id taken", call: post(`{"id":"ABCDEFGHIJKLMNO","title":"own2"}`, ""), status: 400, contains: []string{"validation_invalid_id"}},
		{name: "bad id", call: post(`{"id":"ABCDEFGHIJKLM/O","title":"own3"}`, ""), status: 400, contains: []string{"validation_match_invalid"}},
	})
}

func TestRecordListParameters(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.admin("a@example.com")
	s.collection(admin, posts)
	path := "/api/collections/posts/records"
	for i := range 5 {
		s.do(call{method: "POST", path: path, token: admin, body: fmt.Sprintf(`{"title":"post %d","published":true,"count":%d}`, i, i)})
	}
	q := func(values ...string) string {
		query := url.Values{}
		for i := 0; i < len(values); i += 2 {
			query.Set(values[i], values[i+1])
		}
		return path + "?" + query.Encode()
	}
	s.expect([]expectation{
		{call: call{path: q("perPage", "2", "sort", "-count", "fields", "count")}, status: 200, contains: []string{`{"items":[{"count":4},{"count":3}],"page":1,"perPage":2,"totalItems":5,"totalPages":3}`}},
		{call: call{path: q("page", "3", "perPage", "2", "sort", "count", "fields", "count")}, status: 200, contains: []string{`"items":[{"count":4}],"page":3`}},
		{call: call{path: q("page", "9", "perPage", "2")}, status: 200, contains: []string{`{"page":9,"perPage":2,"totalItems":5,"totalPages":3,"items":[]}`}},
		{call: call{path: q("skipTotal", "1", "perPage", "1")}, status: 200, contains: []string{`"totalItems":-1,"totalPages":-1`}},
		{call: call{path: q("filter", "count>=3")}, status: 200, contains: []string{`"totalItems":2`}},
		{call: call{path: q("page", "x")}, status: 400},
		{call: call{path: q("skipTotal", "maybe")}, status: 400},
		{call: call{path: q("sort", "none")}, status: 400, contains: []string{"Something went wrong", `"data":{}`}},
		{call: call{path: q("filter", "none=1")}, status: 400},
		{call: call{path: q("filter", "count=")}, status: 400},
		{call: call{path: q("filter", "@collection.users.id=''")}, status: 403, contains: []string{"Only admins can filter by @collection."}},
		{call: call{path: q("sort", "@request.auth.id")}, status: 403, contains: []string{"Only admins can filter by @request."}},
		{call: call{path: q("filter", "@request.method='GET'"), token: admin}, status: 200},
		{call: call{path: q("filter", strings.Repeat("x", 2048))}, status: 400, contains: []string{"Query string is too large."}},
		{call: call{path: q("fields", "title:excerpt(0)")}, status: 400, contains: []string{"Something went wrong"}},
		{call: call{path: q("filter", "title='nothing'")}, status: 200, contains: []string{`"items":[]`}},
	})
}

func TestExpandAndEmailVisibility(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.admin("a@example.com")
	s.collection(admin, posts)
	owner, ownerToken := s.user("owner", nil)
	open, openToken := s.user("open", map[string]any{"emailVisibility": true})
	for _, user := range []string{owner.Id, open.Id} {
		s.do(call{method: "POST", path: "/api/collections/posts/records", token: admin, body: `{"title":"` + user + `","published":true,"owner":"` + user + `"}`})
	}
	list := "/api/collections/posts/records?expand=owner,none,%20owner.none"
	s.expect([]expectation{
		{name: "guests", call: call{path: list}, status: 200, lacks: []string{"expand"}},
		{name: "owner sees itself", call: call{path: list, token: ownerToken}, status: 200, contains: []string{"owner@example.com"}, lacks: []string{"open@example.com"}},
		{name: "the other one", call: call{path: list, token: openToken}, status: 200, contains: []string{"open@example.com"}, lacks: []string{"owner@example.com"}},
		{name: "admins", call: call{path: list, token: admin}, status: 200, contains: []string{"open@example.com", "owner@example.com"}},
		{name: "back relation", call: call{path: "/api/collections/users/records/" + owner.Id + "?expand=posts_via_owner", token: ownerToken}, status: 200, contains: []string{`"posts_via_owner":[{`}},
	})

	update := s.do(call{method: "PATCH", path: "/api/collections/_pb_users_auth_", token: admin, body: `{"listRule":"","options":{"manageRule":"@request.auth.username='open'","allowEmailAuth":true,"minPasswordLength":8}}`})
	if update.status != 200 {
		t.Fatal(update.body)
	}
	users := "/api/collections/users/records"
	s.expect([]expectation{
		{name: "guests see what is open", call: call{path: users}, status: 200, contains: []string{"open@example.com"}, lacks: []string{"owner@example.com"}},
		{name: "managers see all", call: call{path: users, token: openToken}, status: 200, contains: []string{"open@example.com", "owner@example.com"}},
		{name: "hidden emails cannot be searched", call: call{path: users + "?filter=email~'owner'"}, status: 200, contains: []string{`"totalItems":0`}},
	})
}

const documents = `{"name":"documents","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","schema":[
	{"name":"title","type":"text"},
	{"name":"one","type":"file","options":{"maxSelect":1,"maxSize":10}},
	{"name":"many","type":"file","options":{"maxSelect":3,"maxSize":1000,"mimeTypes":["text/plain"]}}],
	"indexes":["CREATE UNIQUE INDEX idx_documents ON documents (title)"]}`

// stored returns the files of the record's folder, sidecars left out.
func (s *server) stored(collectionID, recordID string) []string {
	s.t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.app.DataDir(), "storage", collectionID, recordID))
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".attrs") {
			names = append(names, entry.Name())
		}
	}
	return names
}

func names(value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, fmt.Sprint(item))
		}
		return out
	}
	return nil
}

func TestRecordFiles(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.admin("a@example.com")
	collectionID := s.collection(admin, documents)
	path := "/api/collections/documents/records"

	body, contentType := multipartBody(t, part{name: "title", value: "t"}, part{"one", "1", "My File.txt"}, part{"many", "a", "a.txt"}, part{"many", "b", "b.txt"})
	got := s.do(call{method: "POST", path: path, body: body, contentType: contentType})
	record := got.json(t)
	id := fmt.Sprint(record["id"])
	one, many := names(record["one"]), names(record["many"])
	if got.status != 200 || len(one) != 1 || len(many) != 2 || !strings.HasPrefix(one[0], "my_file_") {
		t.Fatalf("create: %d %s", got.status, got.body)
	}
	check := func(step string, got answer, wantMany []string, wantOne ...string) {
		t.Helper()
		if got.status != 200 {
			t.Fatalf("%s: %d %s", step, got.status, got.body)
		}
		record := got.json(t)
		if wantMany != nil && !slices.Equal(names(record["many"]), wantMany) {
			t.Errorf("%s: many is %v, want %v", step, record["many"], wantMany)
		}
		if wantOne != nil && !slices.Equal(names(record["one"]), wantOne) {
			t.Errorf("%s: one is %v, want %v", step, record["one"], wantOne)
		}
		expected := append(names(record["one"]), names(record["many"])...)
		slices.Sort(expected)
		if stored := s.stored(collectionID, id); !slices.Equal(stored, expected) {
			t.Errorf("%s: stored %v, record has %v", step, stored, expected)
		}
	}
	patch := func(body string) answer { return s.do(call{method: "PATCH", path: path + "/" + id, body: body}) }
	check("create", got, many, one...)
	check("reorder", patch(fmt.Sprintf(`{"many":[%q,%q]}`, many[1], many[0])), []string{many[1], many[0]})
	body, contentType = multipartBody(t, part{"one", "2", "other.txt"}, part{"many", "c", "c.txt"})
	got = s.do(call{method: "PATCH", path: path + "/" + id, body: body, contentType: contentType})
	check("replace and append", got, nil)
	if len(names(got.json(t)["many"])) != 3 || slices.Equal(names(got.json(t)["one"]), one) {
		t.Errorf("replace and append: %s", got.body)
	}
	check("remove by modifier", patch(fmt.Sprintf(`{"many-":%q}`, many[0])), nil)
	check("remove by index", patch(`{"many.0":""}`), nil)
	check("remove all", patch(`{"one":null,"many":[]}`), []string{}, []string{}...)

	s.expect([]expectation{
		{name: "unknown name", call: call{method: "PATCH", path: path + "/" + id, body: `{"many":["none.txt"]}`}, status: 400, contains: []string{"invalid formatting", "validation_unknown_filenames"}},
	})
}

func TestFailedWritesLeaveNoFiles(t *testing.T) {
	t.Parallel()
	s := serve(t, func(app *core.App) {
		app.OnModelBeforeCreate("documents").Add(func(e *core.ModelEvent) error {
			switch e.Model.(interface{ GetString(string) string }).GetString("title") {
			case "hook":
				return errors.New("refused")
			case "stop":
				return hook.StopPropagation
			}
			return nil
		})
		app.OnRecordBeforeCreateRequest("documents").Add(func(e *core.RecordCreateEvent) error {
			if e.Record.GetString("title") == "late" {
				e.Record.Set("title", "taken") // refused by the index only
			}
			return nil
		})
	})
	admin := s.admin("a@example.com")
	collectionID := s.collection(admin, documents)
	path := "/api/collections/documents/records"
	s.do(call{method: "POST", path: path, body: `{"title":"taken"}`})
	for _, tc := range []struct {
		title, value, name string
		status             int
		contains           string
	}{
		{"hook", "x", "a.txt", 400, "Failed to create record."},
		{"stop", "x", "a.txt", 200, `"title":"stop"`},
		{"late", "x", "a.txt", 400, "validation_not_unique"},
		{"taken", "x", "a.txt", 400, "validation_not_unique"},
		{"large", strings.Repeat("x", 11), "a.txt", 400, "validation_file_size_limit"},
	} {
		body, contentType := multipartBody(t, part{name: "title", value: tc.title}, part{"one", tc.value, tc.name})
		got := s.do(call{method: "POST", path: path, body: body, contentType: contentType})
		if got.status != tc.status || !strings.Contains(got.body, tc.contains) {
			t.Errorf("%s: %d %s", tc.title, got.status, got.body)
		}
	}
	body, contentType := multipartBody(t, part{name: "title", value: "mime"}, part{"many", "\x89PNG\r\n\x1a\n", "a.txt"})
	got := s.do(call{method: "POST", path: path, body: body, contentType: contentType})
	if got.status != 400 || !strings.Contains(got.body, "validation_invalid_mime_type") {
		t.Errorf("mime: %d %s", got.status, got.body)
	}
	entries, err := os.ReadDir(filepath.Join(s.app.DataDir(), "storage", collectionID))
	if err == nil {
		for _, entry := range entries {
			if left := s.stored(collectionID, entry.Name()); len(left) > 0 {
				t.Errorf("left over: %v", left)
			}
		}
	}
}

func TestRecordEvents(t *testing.T) {
	t.Parallel()
	var trail []string
	note := func(text string) { trail = append(trail, text) }
	s := serve(t, func(app *core.App) {
		app.OnRecordBeforeCreateRequest().Add(func(*core.RecordCreateEvent) error { note("before request"); return nil })
		app.OnRecordAfterCreateRequest().Add(func(e *core.RecordCreateEvent) error {
			note("after request")
			if e.Record.GetString("title") == "own answer" {
				return e.HttpContext.String(http.StatusAccepted, "own")
			}
			if e.Record.GetString("title") == "stop" {
				return hook.StopPropagation
			}
			return nil
		})
		app.OnModelBeforeCreate().Add(func(*core.ModelEvent) error { note("before model"); return nil })
		app.OnModelAfterCreate().Add(func(*core.ModelEvent) error { note("after model"); return nil })
		app.OnBeforeApiError().Add(func(*core.ApiErrorEvent) error { note("error"); return nil })
	})
	admin := s.admin("a@example.com")
	s.collection(admin, posts)
	s.collection(admin, `{"name":"staff","type":"auth","createRule":"","schema":[]}`)
	account, user := s.user("tester", nil)
	all := []string{"before request", "before model", "after model", "after request"}
	for _, tc := range []struct {
		body   string
		status int
		answer string
		trail  []string
	}{
		{`{"title":"fine"}`, 200, `"title":"fine"`, all},
		{`{"title":"own answer"}`, 202, "own", all},
		{`{"title":"stop"}`, 200, "", all},
		{`{"title":"x"}`, 400, "Failed to create record.", []string{"error"}},
		{`{"title":"fine"}`, 400, "validation_not_unique", []string{"error"}},
		{`{"title":"forbidden"}`, 400, "Failed to create record.", []string{"error"}},
	} {
		trail = nil
		got := s.do(call{method: "POST", path: "/api/collections/posts/records", token: user, body: tc.body})
		if got.status != tc.status || !strings.Contains(got.body, tc.answer) || !slices.Equal(trail, tc.trail) {
			t.Errorf("%s: %d %s, events %v", tc.body, got.status, got.body, trail)
		}
	}
	trail = nil
	got := s.do(call{method: "POST", path: "/api/collections/staff/records", body: `{"id":"` + account.Id + `","password":"12345678","passwordConfirm":"12345678"}`})
	if got.status != 400 || !strings.Contains(got.body, "Failed to create record.") || !slices.Equal(trail, []string{"error"}) {
		t.Errorf("id of another account: %d %s, events %v", got.status, got.body, trail)
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.admin("a@example.com")
	record, token := s.user("tester", nil)
	path := "/api/collections/users/records"
	s.expect([]expectation{
		{name: "nothing given", call: call{method: "POST", path: path, body: `{}`}, status: 400, contains: []string{`"password":{"code":"validation_required"`, `"passwordConfirm":{"code":"validation_required"`}},
		{name: "confirm differs", call: call{method: "POST", path: path, body: `{"password":"12345678","passwordConfirm":"12345679"}`}, status: 400, contains: []string{"validation_values_mismatch"}},
		{name: "verified is not for guests", call: call{method: "POST", path: path, body: `{"password":"12345678","passwordConfirm":"12345678","verified":true}`}, status: 400, contains: []string{"Something went wrong", `"verified":{"code":"validation_in_invalid"`}},
		{name: "username taken", call: call{method: "POST", path: path, body: `{"username":"TESTER","password":"12345678","passwordConfirm":"12345678"}`}, status: 400, contains: []string{"validation_invalid_username"}},
		{name: "email taken", call: call{method: "POST", path: path, body: `{"email":"tester@example.com","password":"12345678","passwordConfirm":"12345678"}`}, status: 400, contains: []string{"validation_invalid_email"}},
		{name: "email is fixed", call: call{method: "PATCH", path: path + "/" + record.Id, token: token, body: `{"email":"x@example.com"}`}, status: 400, contains: []string{"validation_in_invalid"}},
		{name: "empty values change nothing", call: call{method: "PATCH", path: path + "/" + record.Id, token: token, body: `{"email":"","verified":false}`}, status: 200, contains: []string{"tester@example.com"}},
		{name: "old password missing", call: call{method: "PATCH", path: path + "/" + record.Id, token: token, body: `{"password":"12345678","passwordConfirm":"12345678"}`}, status: 400, contains: []string{`"oldPassword":{"code":"validation_required"`}},
		{name: "old password wrong", call: call{method: "PATCH", path: path + "/" + record.Id, token: token, body: `{"password":"12345678","passwordConfirm":"12345678","oldPassword":"x"}`}, status: 400, contains: []string{"validation_invalid_old_password"}},
		{name: "unsupported", call: call{method: "POST", path: "/api/collections/none/auth-with-password", body: `{}`}, status: 404},
	})

	got := s.do(call{method: "POST", path: path, body: `{"email":"new@example.com","password":"12345678","passwordConfirm":"12345678"}`})
	if got.status != 200 || !strings.HasPrefix(fmt.Sprint(got.json(t)["username"]), "users") || strings.Contains(got.body, "new@example.com") {
		t.Fatalf("create: %d %s", got.status, got.body)
	}
	s.cheapen("users", "12345678")
	login := "/api/collections/users/auth-with-password"
	got = s.do(call{method: "POST", path: login, body: `{"identity":"new@example.com","password":"12345678"}`})
	fresh, _ := got.json(t)["token"].(string)
	if got.status != 200 || fresh == "" || !strings.Contains(got.body, "new@example.com") {
		t.Fatalf("login: %d %s", got.status, got.body)
	}
	s.expect([]expectation{
		{name: "wrong password", call: call{method: "POST", path: login, body: `{"identity":"new@example.com","password":"x"}`}, status: 400, contains: []string{"Failed to authenticate.", `"data":{}`}},
		{name: "nobody", call: call{method: "POST", path: login, body: `{"identity":"nobody","password":"x"}`}, status: 400, contains: []string{"Failed to authenticate."}},
		{name: "nothing", call: call{method: "POST", path: login}, status: 400, contains: []string{"Something went wrong", "identity", "password"}},
		{name: "not JSON", call: call{method: "POST", path: login, body: "{"}, status: 400, contains: []string{"An error occurred while loading the submitted data."}},
		{name: "refresh", call: call{method: "POST", path: "/api/collections/users/auth-refresh", token: fresh}, status: 200, contains: []string{"token"}},
		{name: "refresh of guests", call: call{method: "POST", path: "/api/collections/users/auth-refresh"}, status: 401},
	})
}
