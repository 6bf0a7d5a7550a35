package apis_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/apis/openapi"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

// everyKind is a collection with a field of every kind.
const everyKind = `{"name":"kinds","type":"base","listRule":"","viewRule":"@request.auth.id != ''","schema":[
	{"name":"text","type":"text","required":true,"options":{"min":2,"max":9,"pattern":"^[a-z]+$"}},
	{"name":"number","type":"number","options":{"min":1,"max":5}},
	{"name":"whole","type":"number","options":{"noDecimal":true}},
	{"name":"bool","type":"bool"},
	{"name":"email","type":"email"},
	{"name":"url","type":"url"},
	{"name":"editor","type":"editor"},
	{"name":"date","type":"date"},
	{"name":"one","type":"select","options":{"maxSelect":1,"values":["a","b"]}},
	{"name":"some","type":"select","options":{"maxSelect":2,"values":["a","b"]}},
	{"name":"json","type":"json","options":{"maxSize":100}},
	{"name":"file","type":"file","options":{"maxSelect":1,"maxSize":100}},
	{"name":"files","type":"file","options":{"maxSelect":3,"maxSize":100}},
	{"name":"user","type":"relation","options":{"collectionId":"_pb_users_auth_","maxSelect":1}},
	{"name":"users","type":"relation","options":{"collectionId":"_pb_users_auth_","maxSelect":null}}
]}`

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := serve(t, route("/api/own/:name", func(c *echo.Context) error { return c.NoContent(http.StatusNoContent) }))
	token := s.admin("a@example.com")
	s.collection(token, everyKind)
	s.collection(token, `{"name":"shown","type":"view","options":{"query":"select id, text from kinds"}}`)

	if got := s.do(call{method: http.MethodGet, path: "/api/openapi.json"}); got.status != http.StatusUnauthorized {
		t.Errorf("guest: %d", got.status)
	}
	got := s.do(call{method: http.MethodGet, path: "/api/openapi.json", token: token})
	if got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	var doc struct {
		OpenAPI    string
		Info       struct{ Title, Version string }
		Paths      map[string]map[string]operationObject
		Components struct {
			Schemas map[string]struct {
				Properties map[string]json.RawMessage
				Required   []string
			}
			SecuritySchemes map[string]any
		}
	}
	if err := json.Unmarshal([]byte(got.body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Info.Title == "" || doc.Info.Version == "" {
		t.Errorf("head: %s %+v", doc.OpenAPI, doc.Info)
	}
	checkOperations(t, doc.Paths, doc.Components.SecuritySchemes)
	checkReferences(t, got.body)
	for name, want := range map[string]string{
		"text": `{"maxLength":9,"minLength":2,"pattern":"^[a-z]+$","type":"string"}`, "number": `{"maximum":5,"minimum":1,"type":"number"}`,
		"whole": `{"type":"integer"}`, "bool": `{"type":"boolean"}`, "one": `{"enum":["","a","b"],"type":"string"}`,
		"some":  `{"items":{"enum":["a","b"],"type":"string"},"maxItems":2,"type":"array"}`,
		"files": `{"items":{"contentMediaType":"application/octet-stream","type":"string"},"maxItems":3,"type":"array"}`,
		"json":  `{"description":"Any JSON value."}`, "user": `{"description":"The id of a record of users.","type":"string"}`,
	} {
		if got := string(doc.Components.Schemas["kindsCreate"].Properties[name]); got != want {
			t.Errorf("%s is described as %s, want %s", name, got, want)
		}
	}
	if required := doc.Components.Schemas["kindsCreate"].Required; !slices.Equal(required, []string{"text"}) {
		t.Errorf("required: %v", required)
	}
	for path, methods := range map[string]string{
		"/api/collections/kinds/records": "get post", "/api/collections/kinds/records/{id}": "delete get patch",
		"/api/collections/shown/records": "get", "/api/collections/users/auth-with-password": "post",
		"/api/collections/kinds/auth-with-password": "", "/api/own/{name}": "get", "/api/openapi.json": "get",
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(doc.Paths[path])), " "); got != methods {
			t.Errorf("%s has %q, want %q", path, got, methods)
		}
	}
	if _, secret := doc.Components.Schemas["users"].Properties["tokenKey"]; secret {
		t.Error("records are said to show their token key")
	}
}

type operationObject struct {
	OperationID string `json:"operationId"`
	Tags        []string
	Parameters  []struct{ Name, In string }
	Security    []map[string]any
	Responses   map[string]any
}

var pathParams = regexp.MustCompile(`{(\w+)}`)

func checkOperations(t *testing.T, paths map[string]map[string]operationObject, schemes map[string]any) {
	t.Helper()
	ids := map[string]string{}
	for path, methods := range paths {
		for method, op := range methods {
			name := method + " " + path
			if other := ids[op.OperationID]; other != "" || op.OperationID == "" {
				t.Errorf("%s and %s have the id %q", name, other, op.OperationID)
			}
			ids[op.OperationID] = name
			if len(op.Responses) < 2 || len(op.Tags) != 1 {
				t.Errorf("%s: responses %v, tags %v", name, op.Responses, op.Tags)
			}
			var have, want []string
			for _, p := range op.Parameters {
				if p.In == "path" {
					have = append(have, p.Name)
				}
			}
			for _, match := range pathParams.FindAllStringSubmatch(path, -1) {
				want = append(want, match[1])
			}
			if !slices.Equal(have, want) {
				t.Errorf("%s: path parameters %v, want %v", name, have, want)
			}
			for _, requirement := range op.Security {
				for scheme := range requirement {
					if schemes[scheme] == nil {
						t.Errorf("%s: unknown security scheme %s", name, scheme)
					}
				}
			}
		}
	}
}

// checkReferences follows every reference of the document.
func checkReferences(t *testing.T, raw string) {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(raw), &doc); err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`"\$ref":"#/([^"]+)"`).FindAllStringSubmatch(raw, -1) {
		at := doc
		for step := range strings.SplitSeq(match[1], "/") {
			members, _ := at.(map[string]any)
			at = members[step]
		}
		if at == nil {
			t.Errorf("#/%s leads nowhere", match[1])
		}
	}
}

// TestOpenAPIKnowsTheRoutes compares the described routes with the router.
func TestOpenAPIKnowsTheRoutes(t *testing.T) {
	t.Parallel()
	router, err := apis.InitApi(coretest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	routes := map[openapi.Route]bool{}
	for _, r := range router.Router().Routes() {
		if strings.HasPrefix(r.Path, "/api/") && !strings.Contains(r.Path, "*") {
			routes[openapi.Route{Method: r.Method, Path: r.Path}] = true
		}
	}
	for _, described := range openapi.Described() {
		if !routes[described] {
			t.Errorf("there is no route %s %s", described.Method, described.Path)
		}
		delete(routes, described)
	}
	for r := range routes {
		t.Errorf("%s %s is not described", r.Method, r.Path)
	}
}
