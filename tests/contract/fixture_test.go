// Package contract checks the app against data written by v0.22. The recorded
// data is not part of this repository; TACKLEBOX_CONTRACT names its folder, and
// without it only the parts that need no recording run.
package contract

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver that looks into the folders

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// column is a row of PRAGMA table_info.
type column struct {
	Name, Type, Default string
	NotNull             bool
	PK                  int
}

// probeSchema has every field kind, and both forms of those that have two.
var probeSchema = []map[string]any{
	{"name": "a_text", "type": "text"},
	{"name": "a_number", "type": "number"},
	{"name": "a_bool", "type": "bool"},
	{"name": "an_email", "type": "email"},
	{"name": "a_url", "type": "url"},
	{"name": "an_editor", "type": "editor"},
	{"name": "a_date", "type": "date"},
	{"name": "a_json", "type": "json", "options": map[string]any{"maxSize": 2000}},
	{"name": "one_select", "type": "select", "options": map[string]any{"maxSelect": 1, "values": []string{"a", "b"}}},
	{"name": "many_select", "type": "select", "options": map[string]any{"maxSelect": 2, "values": []string{"a", "b"}}},
	{"name": "one_file", "type": "file", "options": map[string]any{"maxSelect": 1, "maxSize": 1000}},
	{"name": "many_file", "type": "file", "options": map[string]any{"maxSelect": 2, "maxSize": 1000}},
}

const (
	idDefault   = `'r'||lower(hex(randomblob(7)))`
	dateDefault = `strftime('%Y-%m-%d %H:%M:%fZ')`
)

func probeColumns() []column {
	text := func(name string) column { return column{Name: name, Type: "TEXT", Default: "''", NotNull: true} }
	list := func(name string) column { return column{Name: name, Type: "JSON", Default: "'[]'", NotNull: true} }
	columns := []column{
		{Name: "id", Type: "TEXT", Default: idDefault, NotNull: true, PK: 1},
		{Name: "created", Type: "TEXT", Default: dateDefault, NotNull: true},
		{Name: "updated", Type: "TEXT", Default: dateDefault, NotNull: true},
		text("a_text"), text("an_email"), text("a_url"), text("an_editor"), text("a_date"), text("one_select"), text("one_file"),
		list("many_select"), list("many_file"),
		{Name: "a_number", Type: "NUMERIC", Default: "0", NotNull: true},
		{Name: "a_bool", Type: "BOOLEAN", Default: "FALSE", NotNull: true},
		{Name: "a_json", Type: "JSON", Default: "NULL"},
	}
	slices.SortFunc(columns, func(a, b column) int { return strings.Compare(a.Name, b.Name) })
	return columns
}

// TestTablesOfWrittenFolder opens a folder, writes to it through the API and
// compares its tables with the documented format: on a fresh folder always, on
// the recorded one where it is present.
func TestTablesOfWrittenFolder(t *testing.T) {
	t.Parallel()
	t.Run("fresh", func(t *testing.T) {
		t.Parallel()
		folder := apptest.NewFolder(t)
		server := folder.Serve(t)
		writeProbe(t, folder, server, server.Admin())
	})
	recorded := os.Getenv("TACKLEBOX_CONTRACT")
	if recorded == "" {
		return
	}
	t.Run("recorded", func(t *testing.T) {
		t.Parallel()
		folder := apptest.NewFolder(t)
		copyTree(t, filepath.Join(recorded, "pb_data"), folder.Path("pb_data"))
		before := tables(t, folder.Path("pb_data", "data.db"))
		server := folder.Serve(t)
		var signedIn struct{ Token string }
		server.Must(http.MethodPost, "/api/admins/auth-with-password", "", map[string]any{
			"identity": "test@example.com", "password": "1234567890",
		}).JSON(t, &signedIn)
		updated := server.Must(http.MethodPatch, "/api/collections/demo2/records/0yxhwia2amd8gec", signedIn.Token, map[string]any{"title": "written by us"})
		writeProbe(t, folder, server, signedIn.Token)

		after := tables(t, folder.Path("pb_data", "data.db"))
		for name, columns := range before {
			if !slices.Equal(columns, after[name]) {
				t.Errorf("table %s changed\n before %+v\n after  %+v", name, columns, after[name])
			}
		}
		var record struct{ Title, Updated string }
		updated.JSON(t, &record)
		if got := row(t, folder, "SELECT title, updated FROM demo2 WHERE id = '0yxhwia2amd8gec'"); got[0] != "written by us" || got[1] != record.Updated {
			t.Errorf("stored %v, answered %+v", got, record)
		}
	})
}

// writeProbe creates a collection and a record of every kind, stops the server
// and looks at what is on disk.
func writeProbe(t *testing.T, folder apptest.Folder, server *apptest.Server, token string) {
	t.Helper()
	server.Must(http.MethodPost, "/api/collections", token, map[string]any{
		"name": "probe", "type": "base", "schema": probeSchema,
		"indexes": []string{"create index if not exists probe_idx on probe (a_text, a_number)"},
	})
	created := server.Must(http.MethodPost, "/api/collections/probe/records", token, map[string]any{
		"a_text": "text", "a_number": 1.5, "a_bool": true, "a_date": "2024-02-03", "a_json": map[string]any{"k": []int{1}},
		"one_select": "a", "many_select": []string{"b", "a"},
	})
	var record struct{ ID, Created string }
	created.JSON(t, &record)
	if code := server.Stop(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, server.Output())
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(folder.Path("pb_data", "data.db"+suffix)); err == nil {
			t.Errorf("data.db%s is left after a clean stop", suffix)
		}
	}

	if got, want := tables(t, folder.Path("pb_data", "data.db"))["probe"], probeColumns(); !slices.Equal(got, want) {
		t.Errorf("table probe\n got  %+v\n want %+v", got, want)
	}
	got := row(t, folder, `SELECT a_text, a_number, a_bool, a_date, a_json, one_select, many_select, one_file, many_file, created FROM probe WHERE id = '`+record.ID+`'`)
	want := []any{"text", 1.5, int64(1), "2024-02-03 00:00:00.000Z", `{"k":[1]}`, "a", `["b","a"]`, "", "[]", record.Created}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("stored row\n got  %v\n want %v", got, want)
	}
	index := row(t, folder, `SELECT sql FROM sqlite_master WHERE name = 'probe_idx'`)[0].(string)
	if !strings.Contains(index, "`a_text`,\n  `a_number`") {
		t.Errorf("index %q", index)
	}
	checkStoredSchema(t, row(t, folder, `SELECT schema FROM _collections WHERE name = 'probe'`)[0])
}

var schemaItem = regexp.MustCompile(`^\{"system":false,"id":"[a-z0-9]{8}","name":"a_text","type":"text","required":false,"presentable":false,"unique":false,"options":\{"min":null,"max":null,"pattern":""\}\}$`)

func checkStoredSchema(t *testing.T, stored any) {
	t.Helper()
	var items []json.RawMessage
	if err := json.Unmarshal([]byte(fmt.Sprint(stored)), &items); err != nil {
		t.Fatal(err)
	}
	if len(items) != len(probeSchema) || !schemaItem.Match(items[0]) {
		t.Errorf("stored schema %s", stored)
	}
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// tables returns the columns of every table by table name.
func tables(t *testing.T, path string) map[string][]column {
	t.Helper()
	db := open(t, path)
	defer func() { _ = db.Close() }() // or the app could not tidy up at its end
	rows, err := db.QueryContext(t.Context(), `SELECT m.name, c.name, c.type, coalesce(c.dflt_value, ''), c."notnull", c.pk
		FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	found := map[string][]column{}
	for rows.Next() {
		var table string
		var c column
		if err := rows.Scan(&table, &c.Name, &c.Type, &c.Default, &c.NotNull, &c.PK); err != nil {
			t.Fatal(err)
		}
		found[table] = append(found[table], c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

func row(t *testing.T, folder apptest.Folder, query string) []any {
	t.Helper()
	db := open(t, folder.Path("pb_data", "data.db"))
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil || !rows.Next() {
		t.Fatalf("%s: no row: %v %v", query, err, rows.Err())
	}
	values := make([]any, len(names))
	targets := make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		if b, ok := v.([]byte); ok {
			values[i] = string(b)
		}
	}
	return values
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	// The source may be read-only.
	err := filepath.WalkDir(to, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chmod(path, 0o755)
	})
	if err != nil {
		t.Fatal(err)
	}
}
