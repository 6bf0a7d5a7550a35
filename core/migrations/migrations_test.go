package migrations_test

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
	"github.com/tackleboxdev/tacklebox/core/migrate"
	"github.com/tackleboxdev/tacklebox/core/migrations"
)

func open(t *testing.T) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), filepath.Join(t.TempDir(), "data.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func up(t *testing.T, d *db.DB, list *migrate.List) []string {
	t.Helper()
	r, err := migrate.NewRunner(d, list)
	if err != nil {
		t.Fatal(err)
	}
	applied, err := r.Up()
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

// strs runs a query and returns its rows with the columns joined by '|'.
func strs(t *testing.T, d *db.DB, query string) []string {
	t.Helper()
	var out []string
	err := d.QueryRows(context.Background(), query, nil, func(row []any) error {
		var parts []string
		for _, v := range row {
			switch v := v.(type) {
			case nil:
				parts = append(parts, "NULL")
			case string:
				parts = append(parts, v)
			default:
				raw, _ := json.Marshal(v)
				parts = append(parts, string(raw))
			}
		}
		out = append(out, strings.Join(parts, "|"))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got  %s\n want %s", what, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

const (
	idDefault   = "('r'||lower(hex(randomblob(7))))"
	dateDefault = "(strftime('%Y-%m-%d %H:%M:%fZ'))"
)

// columns lists a table as name|type|notnull|default|pk.
func columns(t *testing.T, d *db.DB, table string) []string {
	t.Helper()
	return strs(t, d, "SELECT name, type, `notnull`, dflt_value, pk FROM pragma_table_info('"+table+"') ORDER BY name")
}

func unparen(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, "("), ")") }

func TestFreshDataTables(t *testing.T) {
	t.Parallel()
	d := open(t)
	up(t, d, migrations.App())

	id, date := unparen(idDefault), unparen(dateDefault)
	want := map[string][]string{
		"_migrations": {"applied|INTEGER|1|NULL|0", "file|VARCHAR(255)|1|NULL|1"},
		"_admins": {
			"avatar|INTEGER|1|0|0", "created|TEXT|1|" + date + "|0", "email|TEXT|1|NULL|0", "id|TEXT|1|NULL|1",
			"lastResetSentAt|TEXT|1|\"\"|0", "passwordHash|TEXT|1|NULL|0", "tokenKey|TEXT|1|NULL|0", "updated|TEXT|1|" + date + "|0",
		},
		"_collections": {
			"createRule|TEXT|0|NULL|0", "created|TEXT|1|" + date + "|0", "deleteRule|TEXT|0|NULL|0", "id|TEXT|1|NULL|1",
			"indexes|JSON|1|\"[]\"|0", "listRule|TEXT|0|NULL|0", "name|TEXT|1|NULL|0", "options|JSON|1|\"{}\"|0",
			"schema|JSON|1|\"[]\"|0", "system|BOOLEAN|1|FALSE|0", "type|TEXT|1|\"base\"|0", "updateRule|TEXT|0|NULL|0",
			"updated|TEXT|1|" + date + "|0", "viewRule|TEXT|0|NULL|0",
		},
		"_params": {
			"created|TEXT|1|\"\"|0", "id|TEXT|1|NULL|1", "key|TEXT|1|NULL|0", "updated|TEXT|1|\"\"|0", "value|JSON|0|NULL|0",
		},
		"_externalAuths": {
			"collectionId|TEXT|1|NULL|0", "created|TEXT|1|" + date + "|0", "id|TEXT|1|NULL|1", "provider|TEXT|1|NULL|0",
			"providerId|TEXT|1|NULL|0", "recordId|TEXT|1|NULL|0", "updated|TEXT|1|" + date + "|0",
		},
		"users": {
			"avatar|TEXT|1|''|0", "created|TEXT|1|" + date + "|0", "email|TEXT|1|''|0", "emailVisibility|BOOLEAN|1|FALSE|0",
			"id|TEXT|1|" + id + "|1", "lastLoginAlertSentAt|TEXT|1|''|0", "lastResetSentAt|TEXT|1|''|0",
			"lastVerificationSentAt|TEXT|1|''|0", "name|TEXT|1|''|0", "passwordHash|TEXT|1|NULL|0", "tokenKey|TEXT|1|NULL|0",
			"updated|TEXT|1|" + date + "|0", "username|TEXT|1|NULL|0", "verified|BOOLEAN|1|FALSE|0",
		},
	}
	tables := strs(t, d, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
	equal(t, "tables", tables, []string{"_admins", "_collections", "_externalAuths", "_migrations", "_params", "users"})
	for table, list := range want {
		got := columns(t, d, table)
		for i := range got { // which columns default to NULL in so many words does not matter
			got[i] = strings.ReplaceAll(strings.ReplaceAll(got[i], "|("+id+")|", "|"+id+"|"), "|("+date+")|", "|"+date+"|")
		}
		equal(t, table, got, list)
	}
	equal(t, "views and triggers", strs(t, d, "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')"), nil)
}

func TestFreshDataIndexes(t *testing.T) {
	t.Parallel()
	d := open(t)
	up(t, d, migrations.App())

	const list = "SELECT m.tbl_name, l.name, l.`unique`, l.partial, (SELECT group_concat(i.name, ',') FROM pragma_index_info(l.name) i) " +
		"FROM sqlite_master m JOIN pragma_index_list(m.name) l WHERE m.type = 'table' AND l.origin = 'c' ORDER BY l.name"
	equal(t, "indexes", strs(t, d, list), []string{
		"users|__pb_users_auth__email_idx|1|1|email",
		"users|__pb_users_auth__tokenKey_idx|1|0|tokenKey",
		"users|__pb_users_auth__username_idx|1|0|username",
		"_externalAuths|_externalAuths_collection_provider_idx|1|0|collectionId,provider,providerId",
		"_externalAuths|_externalAuths_record_provider_idx|1|0|collectionId,recordId,provider",
	})
	const constraints = "SELECT m.name, l.origin, (SELECT group_concat(i.name, ',') FROM pragma_index_info(l.name) i) " +
		"FROM sqlite_master m JOIN pragma_index_list(m.name) l WHERE m.type = 'table' AND l.origin != 'c' ORDER BY 1, 2, 3"
	equal(t, "constraints", strs(t, d, constraints), []string{
		"_admins|pk|id", "_admins|u|email", "_admins|u|tokenKey",
		"_collections|pk|id", "_collections|u|name",
		"_externalAuths|pk|id", "_migrations|pk|file",
		"_params|pk|id", "_params|u|key", "users|pk|id",
	})
	equal(t, "foreign keys", strs(t, d, "SELECT `table`, `from`, `to`, on_update, on_delete FROM pragma_foreign_key_list('_externalAuths')"),
		[]string{"_collections|collectionId|id|CASCADE|CASCADE"})
	email := strs(t, d, "SELECT sql FROM sqlite_master WHERE name = '__pb_users_auth__email_idx'")
	if len(email) != 1 || !strings.HasSuffix(email[0], "WHERE `email` != ''") {
		t.Errorf("email index: %q", email)
	}
}

func TestFreshDataRows(t *testing.T) {
	t.Parallel()
	d := open(t)
	before := time.Now().UnixMicro()
	applied := up(t, d, migrations.App())

	files := []string{
		"1640988000_init.go", "1673167670_multi_match_migrate.go", "1677152688_rename_authentik_to_oidc.go",
		"1679943780_normalize_single_multiple_values.go", "1679943781_add_indexes_column.go", "1685164450_check_fk.go",
		"1689579878_renormalize_single_multiple_values.go", "1690319366_reset_null_values.go",
		"1690454337_transform_relations_to_views.go", "1691747913_resave_views.go", "1692609521_copy_display_fields.go",
		"1701496825_allow_single_oauth2_provider_in_multiple_auth_collections.go", "1702134272_set_default_json_max_size.go",
		"1718706525_add_login_alert_column.go",
	}
	equal(t, "applied", applied, files)
	equal(t, "history", strs(t, d, "SELECT file FROM _migrations ORDER BY file"), files)
	if late := strs(t, d, "SELECT count(*) FROM _migrations WHERE applied < "+jsonText(before)); late[0] != "0" {
		t.Errorf("applied is not in microseconds")
	}
	equal(t, "second run", up(t, d, migrations.App()), nil)

	equal(t, "params", strs(t, d, "SELECT key, json_valid(value), json_extract(value, '$.meta.appName') FROM _params"), []string{"settings|1|Acme"})
	equal(t, "admins", strs(t, d, "SELECT id FROM _admins"), nil)
	rows := strs(t, d, "SELECT id, name, type, system, listRule, viewRule, createRule, updateRule, deleteRule, indexes, options, schema FROM _collections")
	own := "id = @request.auth.id"
	equal(t, "collections", rows, []string{strings.Join([]string{
		"_pb_users_auth_", "users", "auth", "0", own, own, "", own, own, "[]",
		`{"allowEmailAuth":true,"allowOAuth2Auth":true,"allowUsernameAuth":true,"exceptEmailDomains":null,"manageRule":null,"minPasswordLength":8,"onlyEmailDomains":null,"onlyVerified":false,"requireEmail":false}`,
		`[{"system":false,"id":"users_name","name":"name","type":"text","required":false,"presentable":false,"unique":false,"options":{"min":null,"max":null,"pattern":""}},` +
			`{"system":false,"id":"users_avatar","name":"avatar","type":"file","required":false,"presentable":false,"unique":false,"options":{"mimeTypes":["image/jpeg","image/png","image/svg+xml","image/gif","image/webp"],"thumbs":null,"maxSelect":1,"maxSize":5242880,"protected":false}}]`,
	}, "|")})
	if dates := strs(t, d, "SELECT created GLOB '????-??-?? ??:??:??.???Z', created = updated FROM _collections"); dates[0] != "1|1" {
		t.Errorf("dates of the collection: %v", dates)
	}
}

func TestFreshLogs(t *testing.T) {
	t.Parallel()
	d := open(t)
	files := []string{
		"1640988000_init.go", "1660821103_add_user_ip_column.go", "1677760279_uppsercase_method.go", "1699187560_logs_generalization.go",
	}
	equal(t, "applied", up(t, d, migrations.Logs()), files)
	equal(t, "tables", strs(t, d, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"), []string{"_logs", "_migrations"})
	id, date := unparen(idDefault), unparen(dateDefault)
	equal(t, "_logs", columns(t, d, "_logs"), []string{
		"created|TEXT|1|" + date + "|0", "data|JSON|1|\"{}\"|0", "id|TEXT|1|" + id + "|1", "level|INTEGER|1|0|0",
		"message|TEXT|1|\"\"|0", "updated|TEXT|1|" + date + "|0",
	})
	equal(t, "indexes", strs(t, d, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"),
		[]string{"_logs_created_hour_idx", "_logs_level_idx", "_logs_message_idx"})
}

func TestOldFolders(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		prepare []string
		want    error
	}{
		"future, by table":  {[]string{"CREATE TABLE _superusers (id TEXT)"}, migrations.ErrFutureVersion},
		"future, by column": {[]string{"CREATE TABLE _collections (id TEXT, fields JSON)"}, migrations.ErrFutureVersion},
		"too old": {[]string{
			"CREATE TABLE _migrations (file VARCHAR(255) PRIMARY KEY NOT NULL, applied INTEGER NOT NULL)",
			"INSERT INTO _migrations VALUES ('1640988000_init.go', 1665395386)",
		}, migrations.ErrTooOld},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			for _, statement := range tc.prepare {
				if err := d.Exec(context.Background(), db.Op{SQL: statement}); err != nil {
					t.Fatal(err)
				}
			}
			r, err := migrate.NewRunner(d, migrations.App())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.Up(); !errors.Is(err, tc.want) {
				t.Fatalf("got %v", err)
			}
		})
	}
}

// TestUpgrades runs the later migrations on a folder from before them.
func TestUpgrades(t *testing.T) {
	t.Parallel()
	d := open(t)
	up(t, d, migrations.App())
	for _, statement := range []string{
		"DELETE FROM _migrations WHERE file >= '1691747913'",
		"ALTER TABLE users DROP COLUMN lastLoginAlertSentAt",
		"DROP INDEX _externalAuths_collection_provider_idx",
		"CREATE UNIQUE INDEX older ON _externalAuths (provider, providerId)",
		`INSERT INTO _collections (id, name, type, schema, options) VALUES ('abcdefghijklmno', 'posts', 'base', '[` +
			`{"id":"jsonfield","name":"data","type":"json","options":{}},` +
			`{"id":"relfield","name":"author","type":"relation","options":{"collectionId":"_pb_users_auth_","displayFields":["name"]}}]', '{}')`,
		`INSERT INTO _collections (id, name, type, schema, options) VALUES ('vbcdefghijklmno', 'names', 'view', '[]', '{"query":"select id, name from users"}')`,
		"CREATE TABLE posts (id TEXT PRIMARY KEY, created TEXT, updated TEXT, data JSON, author JSON)",
	} {
		if err := d.Exec(context.Background(), db.Op{SQL: statement}); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	daos.New(d).ForgetCollections()
	if applied := up(t, d, migrations.App()); len(applied) != 5 {
		t.Fatalf("applied %v", applied)
	}
	equal(t, "login alert", strs(t, d, "SELECT name FROM pragma_table_info('users') WHERE name = 'lastLoginAlertSentAt'"), []string{"lastLoginAlertSentAt"})
	equal(t, "indexes", strs(t, d, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '_externalAuths' ORDER BY name"),
		[]string{"_externalAuths_collection_provider_idx", "_externalAuths_record_provider_idx"})
	equal(t, "json", strs(t, d, "SELECT json_extract(schema, '$[0].options.maxSize') FROM _collections WHERE name = 'posts'"), []string{"2000000"})
	equal(t, "presentable", strs(t, d, "SELECT json_extract(schema, '$[0].presentable') FROM _collections WHERE name = 'users'"), []string{"1"})
	equal(t, "view", strs(t, d, "SELECT json_extract(schema, '$[0].type') FROM _collections WHERE name = 'names'"), []string{"text"})
}

func jsonText(v any) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}
