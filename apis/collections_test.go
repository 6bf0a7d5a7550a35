package apis_test

import (
	"net/http"
	"testing"
)

func TestCollections(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := s.admin("a@example.com")
	s.collection(token, posts)
	s.collection(token, `{"name":"titles","type":"view","listRule":"","schema":[{"name":"ignored!","type":"text"}],"options":{"query":"select id, title from posts"}}`)
	send := func(method, path, body string) call {
		return call{method: method, path: "/api/collections" + path, token: token, body: body}
	}
	post := func(body string) call { return send(http.MethodPost, "", body) }
	s.expect([]expectation{
		{name: "guests", call: call{path: "/api/collections"}, status: 401},
		{name: "list", call: send("GET", "?filter=name='posts'&fields=name", ""), status: 200, contains: []string{`"items":[{"name":"posts"}]`}},
		{name: "by any case", call: send("GET", "/POSTS", ""), status: 200},
		{name: "missing", call: send("GET", "/none", ""), status: 404},
		{name: "inferred", call: send("GET", "/titles", ""), status: 200, contains: []string{`"name":"title"`}, lacks: []string{"ignored"}},
		{name: "broken", call: post(`{"name":`), status: 400, contains: []string{"Failed to load the submitted data due to invalid formatting."}},
		{name: "unknown field type", call: post(`{"name":"x","schema":[{"name":"a","type":"none"}]}`), status: 400, contains: []string{"invalid formatting"}},
		{name: "nothing", call: post(`{}`), status: 400, contains: []string{`"name":{"code":"validation_required"`, `"schema":{"code":"validation_required"`}},
		{name: "names", call: post(`{"name":"a_via_b","schema":[{"name":"x_via_y","type":"text"},{"name":"a","type":"text"},{"name":"A","type":"text"}]}`), status: 400, contains: []string{`"name":{"code":"validation_invalid_name"`, "validation_duplicated_field_name"}},
		{name: "taken", call: post(`{"name":"POSTS","schema":[{"name":"a","type":"text"}]}`), status: 400, contains: []string{"validation_collection_name_exists"}},
		{name: "an id as name", call: post(`{"name":"_pb_users_auth_","schema":[{"name":"a","type":"text"}]}`), status: 400},
		{name: "relation", call: post(`{"name":"r","schema":[{"name":"a","type":"relation","options":{"collectionId":"none"}}]}`), status: 400, contains: []string{`"collectionId":{"code":"validation_field_invalid_relation"`}},
		{name: "rules", call: post(`{"name":"r","listRule":"none = 1","schema":[{"name":"a","type":"text"}]}`), status: 400, contains: []string{`"listRule":{"code":"validation_invalid_rule"`, `invalid left operand \"none\" - unknown field \"none\".`}},
		{name: "manage rule", call: post(`{"name":"r","type":"auth","options":{"manageRule":"none = 1"}}`), status: 400, contains: []string{`"options":{"manageRule":{"code":"validation_invalid_rule"`}},
		{name: "index", call: post(`{"name":"r","indexes":["nonsense"],"schema":[{"name":"a","type":"text"}]}`), status: 400, contains: []string{`"indexes":{"0":{"code":"validation_invalid_index_expression"`}},
		{name: "index on a missing column", call: post(`{"name":"r","indexes":["create index i on r (none)"],"schema":[{"name":"a","type":"text"}]}`), status: 400, contains: []string{"Failed to create the collection.", "Failed to create index i - "}},
		{name: "and nothing is left of it", call: send("GET", "/r", ""), status: 404},
		{name: "view rules", call: post(`{"name":"v","type":"view","createRule":"","indexes":["create index i on v (id)"],"options":{"query":"select id from posts"}}`), status: 400, contains: []string{`"createRule":{"code":"validation_nil"`, `"indexes":{"code":"validation_indexes_not_supported"`}},
		{name: "view query", call: post(`{"name":"v","type":"view","options":{"query":"select title from posts"}}`), status: 400, contains: []string{`"query":{"code":"validation_invalid_view_query"`}},
		{name: "type change", call: send("PATCH", "/posts", `{"type":"auth","system":true}`), status: 400, contains: []string{"validation_collection_type_change", "validation_collection_system_flag_change"}},
		{name: "whole replacements", call: send("PATCH", "/posts", `{"indexes":[],"listRule":null}`), status: 200, contains: []string{`"indexes":[]`, `"listRule":null`, `"viewRule":"published = true"`}},
		{name: "partial options", call: send("PATCH", "/users", `{"options":{"allowEmailAuth":true,"minPasswordLength":9}}`), status: 200, contains: []string{`"minPasswordLength":9`, `"allowUsernameAuth":false`}},
		{name: "rename", call: send("PATCH", "/posts", `{"name":"articles"}`), status: 200, contains: []string{`"name":"articles"`}},
		{name: "in use by a view", call: send("DELETE", "/articles", ""), status: 400, contains: []string{"Failed to delete collection due to existing dependency."}},
		{name: "delete the view", call: send("DELETE", "/titles", ""), status: 204},
		{name: "delete", call: send("DELETE", "/articles", ""), status: 204},
	})
}

func TestCollectionsImport(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := s.admin("a@example.com")
	put := func(body string) call {
		return call{method: http.MethodPut, path: "/api/collections/import", token: token, body: body}
	}
	view := func(name string) call { return call{path: "/api/collections/" + name, token: token} }
	s.expect([]expectation{
		{name: "nothing", call: put(`{"collections":[]}`), status: 400, contains: []string{`"collections":{"code":"validation_required"`}},
		{name: "import", call: put(`{"collections":[{"id":"one4567890abcde","name":"one","schema":[{"id":"field1","name":"a","type":"text"}]},{"name":"two","type":"auth"}]}`), status: 204},
		{name: "first", call: view("one"), status: 200, contains: []string{`"id":"one4567890abcde"`}},
		{name: "second", call: view("two"), status: 200},
		{
			name: "invalid", call: put(`{"collections":[{"name":"three","schema":[{"name":"a","type":"text"}]},{"id":"one4567890abcde","name":"one","listRule":"none = 1","schema":[{"id":"field1","name":"b","type":"text"}]}]}`), status: 400,
			contains: []string{"Failed to import the submitted collections.", "collections_import_validate_failure", `Data validations failed for collection \"one\" (one4567890abcde):`},
		},
		{
			name: "first invalid", call: put(`{"collections":[{"id":"abcdefghijklmno","name":"four"},{"name":"five"},{"name":"six"}]}`), status: 400,
			contains: []string{`Data validations failed for collection \"four\" (abcdefghijklmno):\n{\n  \"schema\": \"cannot be blank\"\n}.`},
		},
		{
			name: "relation to nothing", call: put(`{"collections":[{"name":"three","schema":[{"name":"a","type":"relation","options":{"collectionId":"missing"}}]}]}`), status: 400,
			contains: []string{"collections_import_validate_failure", "The relation collection doesn't exist"},
		},
		{
			name: "unknown field type", call: put(`{"collections":[{"name":"three","schema":[{"name":"a","type":"none"}]}]}`), status: 400,
			contains: []string{"An error occurred while loading the submitted data.", `"data":{}`},
		},
		{name: "nulls only", call: put(`{"collections":[null]}`), status: 400, contains: []string{`"collections":{"code":"validation_required"`}},
		{name: "all or nothing", call: view("three"), status: 404},
		{name: "unchanged", call: view("one"), status: 200, contains: []string{`"name":"a"`}, lacks: []string{`"name":"b"`}},
		{name: "delete missing", call: put(`{"deleteMissing":true,"collections":[{"id":"one4567890abcde","name":"one","schema":[{"id":"field1","name":"a","type":"text"}]}]}`), status: 204},
		{name: "deleted", call: view("two"), status: 404},
	})
}

func TestNamesChangePlaces(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := s.admin("a@example.com")
	for _, name := range []string{"one", "two"} {
		s.collection(token, `{"id":"`+name+`567890abcdef","name":"`+name+`","listRule":"","schema":[{"id":"field1","name":"a","type":"text"},{"id":"field2","name":"b","type":"text"}]}`)
		s.expect([]expectation{{call: call{method: http.MethodPost, path: "/api/collections/" + name + "/records", token: token, body: `{"a":"first of ` + name + `","b":"second"}`}, status: 200}})
	}
	fields := `"schema":[{"id":"field1","name":"a","type":"text"},{"id":"field2","name":"b","type":"text"}]`
	list := func(name string) call { return call{path: "/api/collections/" + name + "/records?fields=a,b"} }
	s.expect([]expectation{
		{name: "fields", call: call{method: http.MethodPatch, path: "/api/collections/one", token: token, body: `{"schema":[{"id":"field1","name":"b","type":"text"},{"id":"field2","name":"a","type":"text"}]}`}, status: 200},
		{name: "with their values", call: list("one"), status: 200, contains: []string{`"items":[{"a":"second","b":"first of one"}]`}},
		{
			name: "collections and fields", call: call{method: http.MethodPut, path: "/api/collections/import", token: token, body: `{"collections":[` +
				`{"id":"one567890abcdef","name":"two","listRule":"",` + fields + `},{"id":"two567890abcdef","name":"one","listRule":"",` + fields + `}]}`}, status: 204,
		},
		{name: "the second is the first", call: list("one"), status: 200, contains: []string{`"items":[{"a":"first of two","b":"second"}]`}},
		{name: "the first is the second", call: list("two"), status: 200, contains: []string{`"items":[{"a":"first of one","b":"second"}]`}},
		{name: "nothing else", call: call{path: "/api/collections?fields=name&sort=name", token: token}, status: 200, contains: []string{`"items":[{"name":"one"},{"name":"two"},{"name":"users"}]`}},
	})
}
