package jsvm

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

func contentOf(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestTypesFollowTheCollections(t *testing.T) {
	t.Parallel()
	app := coretest.Unopened(t)
	writeTypes(app)
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(app.DataDir(), typesFile)
	first := contentOf(t, path)
	if !regexp.MustCompile(`^// \d{10} [0-9a-f]{16}\n`).MatchString(first) || !strings.Contains(first, "\n  users: {\n    id: string;\n") {
		t.Fatalf("got %.100s … %s", first, first[len(first)-300:])
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := app.OnBeforeServe().Trigger(&core.ServeEvent{App: app}); err != nil {
		t.Fatal(err)
	}
	if again, err := os.Stat(path); err != nil || !again.ModTime().Equal(info.ModTime()) || !os.SameFile(info, again) {
		t.Errorf("written again without a change: %v", err)
	}
	c := &models.Collection{Name: "posts", Type: models.CollectionTypeBase, Schema: schema.NewSchema(
		&schema.SchemaField{Name: "title", Type: schema.FieldTypeText},
		&schema.SchemaField{Name: "state", Type: schema.FieldTypeSelect, Options: &schema.SelectOptions{MaxSelect: 1, Values: []string{"new", `o"k`}}},
		&schema.SchemaField{Name: "tags", Type: schema.FieldTypeSelect, Options: &schema.SelectOptions{MaxSelect: 2, Values: []string{"a"}}},
		&schema.SchemaField{Name: "data", Type: schema.FieldTypeJson, Options: &schema.JsonOptions{MaxSize: 1}},
		&schema.SchemaField{Name: "due", Type: schema.FieldTypeDate},
	)}
	if err := app.Dao().SaveCollection(c); err != nil {
		t.Fatal(err)
	}
	if err := app.ResetBootstrapState(); err != nil { // waits for what runs in the background
		t.Fatal(err)
	}
	const want = `
  posts: {
    id: string;
    created: types.DateTime;
    updated: types.DateTime;
    title: string;
    state: "new" | "o\"k" | "";
    tags: Array<"a">;
    data: types.JsonRaw;
    due: types.DateTime;
  };
`
	if text := contentOf(t, path); !strings.Contains(text, want) {
		t.Errorf("got %s", text[len(text)-600:])
	}
	if left, _ := filepath.Glob(filepath.Join(app.DataDir(), ".types*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestTypesWithoutCollections(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: filepath.Join(t.TempDir(), "pb_data")})
	writeTypes(app)
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.ResetBootstrapState() })
	if text := contentOf(t, filepath.Join(app.DataDir(), typesFile)); !strings.HasSuffix(text, baseTypes) {
		t.Errorf("got %.100s", text)
	}
}

func TestReferenceTypes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hooks := filepath.Join(dir, "pb_hooks")
	files := map[string]string{"empty.pb.js": "", "other.pb.ts": "let x", "readme.txt": ""}
	if err := os.MkdirAll(hooks, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(hooks, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	referenceTypes(hooks, filepath.Join(dir, "pb_data"))
	files["empty.pb.js"] = "/// <reference path=\"../pb_data/types.d.ts\" />\n\n"
	for name, want := range files {
		if got := contentOf(t, filepath.Join(hooks, name)); got != want {
			t.Errorf("%s: got %q", name, got)
		}
	}
	referenceTypes(filepath.Join(dir, "missing"), dir)
}
