package daos_test

import (
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// tableOf lists the columns and own indexes of a table.
func tableOf(t *testing.T, dao *daos.Dao, name string) (columns, indexes []string) {
	t.Helper()
	columns, err := dao.TableColumns(name)
	ok(t, err)
	byName, err := dao.TableIndexes(name)
	ok(t, err)
	for index := range byName {
		indexes = append(indexes, index)
	}
	slices.Sort(columns)
	slices.Sort(indexes)
	return columns, indexes
}

func TestSaveCollectionCreatesTable(t *testing.T) {
	t.Parallel()
	dao := open(t)
	accounts := &models.Collection{Name: "accounts", Type: "auth", Schema: schema.NewSchema(field("bio", "text", "")), Indexes: types.JsonArray[string]{"create index bio_idx on elsewhere (bio)"}}
	ok(t, dao.SaveCollection(accounts))
	if accounts.IsNew() || len(accounts.Id) != 15 {
		t.Errorf("id %q", accounts.Id)
	}
	columns, indexes := tableOf(t, dao, "accounts")
	wantColumns := append([]string{"bio", "created", "id", "updated"}, schema.AuthFieldNames()...)
	slices.Sort(wantColumns)
	wantIndexes := []string{"_" + accounts.Id + "_email_idx", "_" + accounts.Id + "_tokenKey_idx", "_" + accounts.Id + "_username_idx", "bio_idx"}
	if !reflect.DeepEqual(columns, wantColumns) || !reflect.DeepEqual(indexes, wantIndexes) {
		t.Errorf("got %v, %v", columns, indexes)
	}
	var statement string
	ok(t, dao.DB().NewQuery("SELECT sql FROM sqlite_master WHERE name = 'accounts'").Row(&statement))
	if !strings.HasPrefix(statement, "CREATE TABLE `accounts` (`bio` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%fZ')) NOT NULL, `email` ") {
		t.Errorf("got %s", statement)
	}
	stored, err := dao.FindCollectionByNameOrId("ACCOUNTS")
	ok(t, err)
	if stored.Indexes[0] != "create index bio_idx on elsewhere (bio)" || stored.Id != accounts.Id {
		t.Errorf("stored %s", toJSON(t, stored))
	}
}

// change stores a changed copy of a collection.
func change(t *testing.T, dao *daos.Dao, name string, fn func(c *models.Collection)) error {
	t.Helper()
	c, err := dao.FindCollectionByNameOrId(name)
	ok(t, err)
	fn(c)
	return dao.SaveCollection(c)
}

func TestSaveCollectionChangesTable(t *testing.T) {
	t.Parallel()

	rename := func(from, to string) func(c *models.Collection) {
		return func(c *models.Collection) { c.Schema.GetFieldByName(from).Name = to }
	}
	cases := map[string]struct {
		change  func(c *models.Collection)
		table   string
		columns string
		values  string // a|b of the only row
	}{
		"nothing":        {func(*models.Collection) {}, "posts", "a b created id updated", "1|2"},
		"rename":         {func(c *models.Collection) { c.Name = "articles" }, "articles", "a b created id updated", "1|2"},
		"rename by case": {func(c *models.Collection) { c.Name = "POSTS" }, "posts", "a b created id updated", "1|2"},
		"add a field":    {func(c *models.Collection) { c.Schema.AddField(field("c", "number", "")) }, "posts", "a b c created id updated", "1|2"},
		"remove a field": {func(c *models.Collection) { c.Schema.RemoveField("field_a") }, "posts", "b created id updated", "|2"},
		"rename a field": {rename("a", "c"), "posts", "b c created id updated", "|2"},
		"by case":        {rename("a", "A"), "posts", "A b created id updated", "1|2"},
		"swap two fields": {func(c *models.Collection) {
			f, g := c.Schema.GetFieldByName("a"), c.Schema.GetFieldByName("b")
			f.Name, g.Name = "b", "a"
		}, "posts", "a b created id updated", "2|1"},
		"replace a field": {func(c *models.Collection) {
			c.Schema.RemoveField("field_a")
			f := field("a", "text", "")
			f.Id = "another_a"
			c.Schema.AddField(f)
		}, "posts", "a b created id updated", "|2"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			c := base(t, dao, "posts", field("a", "text", ""), field("b", "text", ""))
			record(t, dao, "posts", "r", map[string]any{"a": "1", "b": "2"})
			ok(t, change(t, dao, "posts", tc.change))

			columns, _ := tableOf(t, dao, tc.table)
			if strings.Join(columns, " ") != tc.columns {
				t.Errorf("columns %v", columns)
			}
			r, err := dao.FindRecordById(c.Id, idOf("r"))
			ok(t, err)
			a := r.GetString("a")
			if a == "" {
				a = r.GetString("A")
			}
			if got := a + "|" + r.GetString("b"); got != tc.values {
				t.Errorf("values %s", got)
			}
			if tc.table == "articles" && dao.HasTable("posts") {
				t.Error("the former table is still there")
			}
			ok(t, dao.SaveRecord(r))
		})
	}
}

func TestSaveCollectionConvertsValues(t *testing.T) {
	t.Parallel()

	const single, multiple = `{"maxSelect":1,"values":["x","y","z"]}`, `{"maxSelect":3,"values":["x","y","z"]}`
	cases := map[string]struct {
		from, to string
		raw      []any
		want     []string
	}{
		"to multiple": {single, multiple, []any{"", "x", `["x","y"]`}, []string{"[]", `["x"]`, `["x","y"]`}},
		"to single":   {multiple, single, []any{"[]", `["x","y"]`, "plain", ""}, []string{"", "y", "plain", ""}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			base(t, dao, "posts", field("title", "text", ""), field("s", "select", tc.from))
			view(t, dao, "shown", "select id, s from posts")
			for i, raw := range tc.raw {
				key := string(rune('a' + i))
				record(t, dao, "posts", key, nil)
				_, err := dao.DB().NewQuery("UPDATE posts SET s = {:s} WHERE id = {:id}").Bind(map[string]any{"s": raw, "id": idOf(key)}).Execute()
				ok(t, err)
			}
			ok(t, change(t, dao, "posts", func(c *models.Collection) { c.Schema.GetFieldByName("s").Options = field("s", "select", tc.to).Options }))
			var got []string
			ok(t, dao.DB().NewQuery("SELECT s FROM posts ORDER BY id").Column(&got))
			if !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got %q", got)
			}
			info, err := dao.TableInfo("posts")
			ok(t, err)
			for _, column := range info {
				if column.Name == "s" && (column.Type == "JSON") != (name == "to multiple") {
					t.Errorf("type %s", column.Type)
				}
			}
			shown, err := dao.FindCollectionByNameOrId("shown")
			ok(t, err)
			if schema.IsMultiple(shown.Schema.GetFieldByName("s")) != (name == "to multiple") {
				t.Error("the field of the view has not changed")
			}
			find(t, dao, "shown", "b")
		})
	}
}

func TestSaveCollectionIndexes(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		change  func(c *models.Collection)
		want    []string
		message string // under indexes.1
	}{
		"replaced":       {func(c *models.Collection) { c.Indexes = types.JsonArray[string]{"create index n1 on posts (a)"} }, []string{"n1"}, ""},
		"kept and added": {func(c *models.Collection) { c.Indexes = append(c.Indexes, "create index n1 on posts (a, b)") }, []string{"i1", "n1"}, ""},
		"table renamed":  {func(c *models.Collection) { c.Name = "articles" }, []string{"i1"}, ""},
		"changed":        {func(c *models.Collection) { c.Indexes = types.JsonArray[string]{"create unique index i1 on posts (b)"} }, []string{"i1"}, ""},
		"bad column": {func(c *models.Collection) {
			c.Indexes = types.JsonArray[string]{"create index n1 on posts (a)", "create index n2 on posts (missing)"}
		}, []string{"i1"}, "Failed to create index n2 - no such column: missing"},
		"taken name": {func(c *models.Collection) {
			c.Indexes = types.JsonArray[string]{"create index n1 on posts (a)", "create index other on posts (a)"}
		}, []string{"i1"}, "Failed to create index other - index other already exists"},
		"no index": {func(c *models.Collection) {
			c.Indexes = types.JsonArray[string]{"create index n1 on posts (a)", "nonsense"}
		}, []string{"i1"}, "Invalid CREATE INDEX expression"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			other := &models.Collection{Name: "others", Type: "base", Schema: schema.NewSchema(field("a", "text", "")), Indexes: types.JsonArray[string]{"create index other on others (a)"}}
			ok(t, dao.SaveCollection(other))
			posts := &models.Collection{Name: "posts", Type: "base", Schema: schema.NewSchema(field("a", "text", ""), field("b", "text", "")), Indexes: types.JsonArray[string]{"create index i1 on posts (a)"}}
			ok(t, dao.SaveCollection(posts))
			before := toJSON(t, posts.Indexes)

			err := change(t, dao, "posts", tc.change)
			stored, findErr := dao.FindCollectionByNameOrId(posts.Id)
			ok(t, findErr)
			if _, indexes := tableOf(t, dao, stored.Name); !reflect.DeepEqual(indexes, tc.want) {
				t.Errorf("indexes %v", indexes)
			}
			if tc.message == "" {
				ok(t, err)
				return
			}
			var errs validation.Errors
			if !errors.As(err, &errs) || !strings.Contains(toJSON(t, errs), `"1":"`+tc.message+`"`) {
				t.Errorf("got %v", err)
			}
			if toJSON(t, stored.Indexes) != before {
				t.Errorf("stored %v", stored.Indexes)
			}
		})
	}
}

func TestFailedSaveCollectionLeavesEverything(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		change func(dao *daos.Dao, c *models.Collection)
	}{
		"hook fails": {func(dao *daos.Dao, _ *models.Collection) {
			dao.BeforeUpdateFunc = func(*daos.Dao, models.Model, func() error) error { return errStop }
		}},
		"hook fails late": {func(dao *daos.Dao, _ *models.Collection) {
			dao.BeforeUpdateFunc = func(_ *daos.Dao, _ models.Model, a func() error) error { return errors.Join(a(), errStop) }
		}},
		"index on old name": {func(_ *daos.Dao, c *models.Collection) { c.Schema.GetFieldByName("a").Name = "x" }},
		"name is taken":     {func(_ *daos.Dao, c *models.Collection) { c.Name = "users" }},
		"used by a view":    {func(_ *daos.Dao, c *models.Collection) { c.Schema.RemoveField("field_b") }},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain := open(t)
			posts := &models.Collection{Name: "posts", Type: "base", Schema: schema.NewSchema(field("a", "text", ""), field("b", "text", "")), Indexes: types.JsonArray[string]{"create index i1 on posts (a)"}}
			ok(t, plain.SaveCollection(posts))
			view(t, plain, "shown", "select id, b from posts")
			record(t, plain, "posts", "r", map[string]any{"a": "1", "b": "2"})
			before, err := plain.FindCollectionByNameOrId("posts")
			ok(t, err)
			columns, indexes := tableOf(t, plain, "posts")

			dao := plain.Clone()
			err = change(t, dao, "posts", func(c *models.Collection) {
				c.Schema.AddField(field("added", "text", ""))
				tc.change(dao, c)
			})
			if err == nil {
				t.Fatal("no error")
			}
			after, err := plain.FindCollectionByNameOrId("posts")
			ok(t, err)
			afterColumns, afterIndexes := tableOf(t, plain, "posts")
			if toJSON(t, after) != toJSON(t, before) || !reflect.DeepEqual(afterColumns, columns) || !reflect.DeepEqual(afterIndexes, indexes) {
				t.Errorf("got %s, %v, %v", toJSON(t, after), afterColumns, afterIndexes)
			}
			r := find(t, plain, "posts", "r")
			r.Set("a", "new")
			ok(t, plain.SaveRecord(r))
			find(t, plain, "shown", "r")
		})
	}
}

func TestStoppedSaveCollection(t *testing.T) {
	t.Parallel()
	dao := open(t)
	stopped := dao.Clone()
	stopped.BeforeCreateFunc = func(*daos.Dao, models.Model, func() error) error { return nil }
	c := &models.Collection{Name: "posts", Type: "base", Schema: schema.NewSchema(field("a", "text", ""))}
	ok(t, stopped.SaveCollection(c))
	if !c.IsNew() || dao.HasTable("posts") || !dao.IsCollectionNameUnique("posts") {
		t.Error("something was stored")
	}
}

func TestDeleteCollection(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		prepare func(t *testing.T, dao *daos.Dao)
		want    string
	}{
		"free": {func(*testing.T, *daos.Dao) {}, ""},
		"system": {func(t *testing.T, dao *daos.Dao) {
			ok(t, change(t, dao, "posts", func(c *models.Collection) { c.System = true }))
		}, `system collection "posts" cannot be deleted`},
		"referenced": {func(t *testing.T, dao *daos.Dao) { base(t, dao, "comments", relate("post", idOf("posts"), 1, false)) }, `is referenced by comments.post`},
		"in a view":  {func(t *testing.T, dao *daos.Dao) { view(t, dao, "shown", "select id, title from posts") }, `the view "shown" depends on it`},
		"self related": {func(t *testing.T, dao *daos.Dao) {
			ok(t, change(t, dao, "posts", func(c *models.Collection) { c.Schema.AddField(relate("self", c.Id, 1, false)) }))
		}, ""},
		"broken view elsewhere": {func(t *testing.T, dao *daos.Dao) {
			base(t, dao, "gone", field("title", "text", ""))
			view(t, dao, "broken", "select id, title from gone")
			ok(t, dao.DeleteTable("gone"))
		}, ""},
		"hook": {func(_ *testing.T, dao *daos.Dao) {
			dao.BeforeDeleteFunc = func(*daos.Dao, models.Model, func() error) error { return errStop }
		}, "stop"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			base(t, dao, "posts", field("title", "text", ""))
			record(t, dao, "posts", "r", nil)
			tc.prepare(t, dao)
			c, err := dao.FindCollectionByNameOrId("posts")
			ok(t, err)
			err = dao.DeleteCollection(c)
			if tc.want != "" {
				if err == nil || !strings.Contains(err.Error(), tc.want) {
					t.Fatalf("got %v", err)
				}
				find(t, dao, "posts", "r")
				return
			}
			ok(t, err)
			if _, err := dao.FindCollectionByNameOrId("posts"); !errors.Is(err, sql.ErrNoRows) || dao.HasTable("posts") {
				t.Errorf("still there: %v", err)
			}
		})
	}
}

func TestDeleteAuthCollectionDropsExternalAuths(t *testing.T) {
	t.Parallel()
	dao := open(t)
	u := user(t, dao, "u", true)
	ok(t, dao.SaveExternalAuth(&models.ExternalAuth{CollectionId: u.Collection().Id, RecordId: u.Id, Provider: "p", ProviderId: "1"}))
	c, err := dao.FindCollectionByNameOrId("users")
	ok(t, err)
	ok(t, dao.DeleteCollection(c))
	var links int
	ok(t, dao.DB().NewQuery("SELECT count(*) FROM _externalAuths").Row(&links))
	if links != 0 {
		t.Errorf("%d links left", links)
	}
}

func TestFindCollections(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "posts", relate("author", "_pb_users_auth_", 1, false))
	base(t, dao, "likes", relate("by", "_pb_users_auth_", 1, false), relate("post", idOf("posts"), 1, false))

	c, err := dao.FindCollectionByNameOrId("posts")
	ok(t, err)
	c.Name = "changed"
	c.Schema.Fields()[0].Name = "changed"
	again, err := dao.FindCollectionByNameOrId("POSTS")
	ok(t, err)
	if again.Name != "posts" || again.Schema.Fields()[0].Name != "author" {
		t.Error("a found collection shares its data")
	}
	found, err := dao.FindCollectionsByType("base")
	ok(t, err)
	names := make([]string, len(found))
	for i, c := range found {
		names[i] = c.Name
	}
	slices.Sort(names)
	if strings.Join(names, ",") != "likes,posts" {
		t.Errorf("found %v", names)
	}
	users, err := dao.FindCollectionByNameOrId("users")
	ok(t, err)
	refs, err := dao.FindCollectionReferences(users, idOf("posts"))
	ok(t, err)
	if len(refs) != 1 {
		t.Errorf("%d references", len(refs))
	}
	for c, fields := range refs {
		if c.Name != "likes" || len(fields) != 1 || fields[0].Name != "by" {
			t.Errorf("reference %s", c.Name)
		}
	}
	for name, want := range map[string]bool{"Posts": false, "posts2": true, "": false} {
		if dao.IsCollectionNameUnique(name) != want {
			t.Errorf("%q: got %v", name, !want)
		}
	}
	if !dao.IsCollectionNameUnique("posts", idOf("posts")) {
		t.Error("its own name counts as taken")
	}
	all := []*models.Collection{}
	ok(t, dao.CollectionQuery().OrderBy("name").All(&all))
	if len(all) != 3 || all[0].IsNew() || all[2].AuthOptions().MinPasswordLength != 8 {
		t.Errorf("query: %s", toJSON(t, all))
	}
}

func TestTableHelpers(t *testing.T) {
	t.Parallel()
	dao := open(t)
	if !dao.HasTable("USERS") || dao.HasTable("nope") {
		t.Error("HasTable")
	}
	if columns, err := dao.TableColumns("nope"); err != nil || len(columns) != 0 {
		t.Errorf("columns of nothing: %v, %v", columns, err)
	}
	if _, err := dao.TableInfo("nope"); err == nil {
		t.Error("info of nothing")
	}
	ok(t, dao.DeleteTable("users"))
	ok(t, dao.DeleteTable("users"))
	ok(t, dao.Vacuum())
}
