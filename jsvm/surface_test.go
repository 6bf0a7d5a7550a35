package jsvm

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	found "github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/mailer"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// TestSurface compares the members of all objects that scripts meet with the
// golden file: whatever appears, goes or changes its number of arguments shows
// up in a diff.
func TestSurface(t *testing.T) {
	t.Parallel()
	const golden = "testdata/surface.txt"
	got := renderSurface(readSurface(t))
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("the surface differs from %s, run the test with -update and review:\n%s", golden, firstDifference(string(want), string(got)))
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d\n-%s\n+%s", i+1, strings.Join(a[i:min(i+1, len(a))], ""), strings.Join(b[i:min(i+1, len(b))], ""))
		}
	}
	return ""
}

func renderSurface(surface map[string][]string) []byte {
	var b strings.Builder
	b.WriteString("# What scripts see, by object. Written by go test ./jsvm -run TestSurface -update.\n")
	for _, name := range slices.Sorted(maps.Keys(surface)) {
		fmt.Fprintf(&b, "\n## %s\n", name)
		for _, member := range surface[name] {
			fmt.Fprintln(&b, member)
		}
	}
	return []byte(b.String())
}

// readSurface enumerates the objects from a script.
func readSurface(t *testing.T) map[string][]string {
	t.Helper()
	s := newScriptServer(t, nil)
	extra := surfaceObjects(t, s)
	env, err := s.host.current.Load().newRuntime()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("testdata/surface.js")
	if err != nil {
		t.Fatal(err)
	}
	handling := globalKeys(env)
	env.bindRegistrations()
	loading := globalKeys(env)
	var result goja.Value
	err = env.enter(endlessBudget, func(bool) error {
		fn, err := env.vm.RunScript("surface.js", string(source))
		if err != nil {
			return err
		}
		call, _ := goja.AssertFunction(fn)
		result, err = call(nil, env.toJS(loading), env.toJS(handling), env.toJS(eventObjects(env, s.app)), env.toJS(extra))
		return env.caught(err)
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := result.ToObject(env.vm).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var surface map[string][]string
	if err := json.Unmarshal(raw, &surface); err != nil {
		t.Fatal(err)
	}
	return surface
}

func globalKeys(env *environment) []string {
	env.makeAllLate()
	names := env.vm.GlobalObject().GetOwnPropertyNames()
	slices.Sort(names)
	return names
}

// surfaceObjects are those that a script cannot make by itself.
func surfaceObjects(t *testing.T, s *scriptServer) map[string]any {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, "/probe/1?a=1", nil)
	c := s.router.NewContext(req, httptest.NewRecorder())
	c.SetPathValues(echo.PathValues{{Name: "id", Value: "1"}})
	record := surfaceRecord(t, s.app)
	system, err := s.app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = system.Close() }()
	if err := system.Upload([]byte("x"), "probe/x.txt"); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	provider, err := auth.NewProviderByName(auth.NameGoogle)
	if err != nil {
		t.Fatal(err)
	}
	ours := []string{}
	for _, c := range constructors {
		ours = append(ours, c.Name)
	}
	return map[string]any{
		"setup": map[string]any{
			"c": c, "collection": record.Collection(), "auth": record, "file": "probe/x.txt", "dir": dir,
			"admin": &models.Admin{Email: "a@example.com"},
		},
		"ours":                                ours,
		"externalAuth":                        &models.ExternalAuth{},
		"$http.send()":                        &httpResponse{},
		"$os.readFile()":                      []byte("x"),
		"module (require result)":             map[string]any{"describe": func(any) {}},
		"event member api e.oAuth2User":       &auth.AuthUser{},
		"event member api e.providerClient":   provider,
		"event member api e.error":            &web.ApiError{},
		"event member api e.result":           &found.Result{},
		"event member mail e.mailClient":      &mailer.SMTPClient{},
		"event member mail e.message":         &mailer.Message{},
		"event member realtime e.client":      realtime.NewClient(),
		"event member realtime e.message":     &realtime.Message{},
		"event member realtime e.idleTimeout": time.Minute,
	}
}

// surfaceRecord stores an account with a value of every kind.
func surfaceRecord(t *testing.T, app *core.App) *models.Record {
	t.Helper()
	users, err := app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*schema.SchemaField{
		{Name: "text", Type: schema.FieldTypeText, Options: &schema.TextOptions{}},
		{Name: "json", Type: schema.FieldTypeJson, Options: &schema.JsonOptions{MaxSize: 100}},
		{Name: "select", Type: schema.FieldTypeSelect, Options: &schema.SelectOptions{MaxSelect: 2, Values: []string{"a", "b"}}},
		{Name: "file", Type: schema.FieldTypeFile, Options: &schema.FileOptions{MaxSelect: 1, MaxSize: 100}},
	} {
		users.Schema.AddField(f)
	}
	if err := app.Dao().SaveCollection(users); err != nil {
		t.Fatal(err)
	}
	record := models.NewRecord(users)
	record.Load(map[string]any{"username": "probe", "text": "x", "json": "[]", "select": []string{"a", "b"}})
	if err := app.Dao().SaveRecord(record); err != nil {
		t.Fatal(err)
	}
	return record
}

// eventObjects returns an object with an event of every script hook.
func eventObjects(env *environment, app *core.App) map[string]goja.Value {
	events := map[string]goja.Value{}
	for _, binding := range core.HookBindings {
		if !binding.JS {
			continue
		}
		getter := reflect.ValueOf(app).MethodByName("On" + binding.Name)
		trigger, _ := getter.Type().Out(0).MethodByName("Trigger")
		event := reflect.New(trigger.Type.In(1).Elem())
		fillEvent(event.Elem())
		events["on"+binding.Name] = env.toJS(event.Interface())
	}
	return events
}

// fillEvent gives an event members that are not nil.
func fillEvent(event reflect.Value) {
	for field, value := range event.Fields() {
		switch value.Kind() {
		case reflect.Struct:
			if field.Anonymous {
				fillEvent(value)
			}
		case reflect.Pointer:
			value.Set(reflect.New(value.Type().Elem()))
		case reflect.Map:
			value.Set(reflect.MakeMap(value.Type()))
		case reflect.Interface:
			for _, candidate := range []any{&models.Admin{}, &mailer.SMTPClient{}} {
				if value.NumMethod() > 0 && reflect.TypeOf(candidate).Implements(value.Type()) {
					value.Set(reflect.ValueOf(candidate))
				}
			}
		}
	}
}
