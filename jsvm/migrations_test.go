package jsvm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/coretest"
)

// migrationDir returns a configuration with the files as migrations.
func migrationDir(t *testing.T, files map[string]string) Config {
	t.Helper()
	dir := t.TempDir()
	for name, source := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Config{MigrationsDir: dir, ScriptMemory: 8 << 30} // the heap is that of all tests
}

func TestMigrationRuns(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	cfg := migrationDir(t, map[string]string{"1_a.js": `
		const name = "made" // the functions see their file
		migrate((db) => {
			new Dao(db).saveCollection(new Collection({ name, type: "base", schema: [{ name: "title", type: "text" }] }))
			db.insert(name, { id: "row000000000001", title: "first" }).execute()
		}, (db) => {
			const dao = new Dao(db)
			return dao.deleteCollection(dao.findCollectionByNameOrId(name))
		})`})
	up, down, err := loadMigration(app, cfg, "1_a.js")
	if err != nil {
		t.Fatal(err)
	}
	if err := up(app.DB()); err != nil {
		t.Fatal(err)
	}
	record, err := app.Dao().FindRecordById("made", "row000000000001")
	if err != nil || record.GetString("title") != "first" {
		t.Fatalf("record = %v, %v", record, err)
	}
	if err := down(app.DB()); err != nil {
		t.Fatal(err)
	}
	if app.Dao().HasTable("made") {
		t.Fatal("the table is still there")
	}
}

func TestMigrationErrors(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	tests := []struct{ name, source, load, run string }{
		{"syntax", "migrate((db) => {\n this is not js })", "Line 2", ""},
		{"throws while loading", "const x = 1\nthrow new Error('early')", "line 2: Error: early", ""},
		{"no function", "migrate('text')", "could not convert", ""},
		{"throws", "migrate((db) => {\n\n  throw new Error('late')\n})", "", "line 3: Error: late"},
		{"bad query", "migrate((db) => { db.newQuery('select nothing from nowhere').execute() })", "", "line 1: GoError: "},
		{"returns false", "migrate((db) => false)", "", "could not convert false to error"},
		{"returns an error", "migrate((db) => new ValidationError('c', 'refused'))", "", "refused"},
		{"returns null", "migrate((db) => null)", "", ""},
		{"returns nothing", "migrate((db) => {})", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cfg := migrationDir(t, map[string]string{"1_x.js": tt.source})
			up, _, err := loadMigration(app, cfg, "1_x.js")
			checkError(t, "load", err, tt.load)
			if err != nil {
				return
			}
			checkError(t, "run", up(app.DB()), tt.run)
		})
	}
}

func checkError(t *testing.T, step string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Fatalf("%s: error = %v, want %q", step, err, want)
	}
}

func TestRegisterMigrations(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	before := len(app.Migrations().Items())
	if err := registerMigrations(app, Config{MigrationsDir: filepath.Join(t.TempDir(), "none")}); err != nil {
		t.Fatal(err)
	}
	cfg := migrationDir(t, map[string]string{
		"2_b.ts": "migrate(() => {})", "1_a.js": "migrate(() => {})", "3_none.js": "", "readme.txt": "not code",
	})
	if err := registerMigrations(app, cfg); err != nil {
		t.Fatal(err)
	}
	var added []string
	for _, m := range app.Migrations().Items() {
		if !strings.HasSuffix(m.File, ".go") {
			added = append(added, m.File)
		}
	}
	if got := strings.Join(added, " "); got != "1_a.js 2_b.ts" || len(app.Migrations().Items()) != before+2 {
		t.Fatalf("added %q", got)
	}
	bad := migrationDir(t, map[string]string{"9_bad.js": "nope("})
	if err := registerMigrations(app, bad); err == nil || !strings.Contains(err.Error(), "9_bad.js") {
		t.Fatalf("error = %v, want one that names the file", err)
	}
}

func TestMigrationGlobals(t *testing.T) {
	t.Parallel()
	cfg := migrationDir(t, map[string]string{"1_g.js": `
		const want = {
			$app: "undefined", $dbx: "object", $os: "object", $security: "object", $tokens: "object", $filepath: "object", $http: "object",
			$apis: "undefined", $filesystem: "undefined", $mails: "undefined", $template: "undefined", __hooks: "undefined",
			Dao: "function", Record: "function", RecordUpsertForm: "undefined", ApiError: "undefined", require: "function",
			process: "object", console: "object", routerAdd: "undefined", onModelBeforeCreate: "undefined", cronAdd: "undefined",
		}
		for (const name in want) {
			if (typeof globalThis[name] !== want[name]) throw new Error(name + " is " + typeof globalThis[name])
		}
		migrate((db) => {})`})
	if _, _, err := loadMigration(coretest.New(t), cfg, "1_g.js"); err != nil {
		t.Fatal(err)
	}
}
