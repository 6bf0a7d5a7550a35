package daos_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// allCollections lists the collections with their fields by name.
func allCollections(t *testing.T, dao *daos.Dao) map[string]string {
	t.Helper()
	list := []*models.Collection{}
	ok(t, dao.CollectionQuery().All(&list))
	all := map[string]string{}
	for _, c := range list {
		all[c.Name] = fieldsOf(c.Schema)
		if !dao.HasTable(c.Name) {
			t.Errorf("%s has no table", c.Name)
		}
		if cached, err := dao.FindCollectionByNameOrId(c.Id); err != nil || cached.Name != c.Name {
			t.Errorf("%s is not in the cache: %v", c.Name, err)
		}
	}
	return all
}

func newBase(name string, fields ...*schema.SchemaField) *models.Collection {
	c := &models.Collection{Name: name, Type: "base", Schema: schema.NewSchema(fields...)}
	c.SetId(idOf(name))
	return c
}

func renamed(c *models.Collection, name string) *models.Collection {
	c.Name = name
	return c
}

func TestImportCollections(t *testing.T) {
	t.Parallel()

	const users = "name:text avatar:file"
	system := newBase("kept", field("title", "text", ""))
	system.System = true
	cases := map[string]struct {
		imported []*models.Collection
		delete   bool
		want     map[string]string
		wantErr  string
	}{
		"empty": {nil, false, nil, "no collections to import"},
		"new ones in any order": {
			[]*models.Collection{
				newView("v2", "select id, title from v1"), newView("v1", "select id, title from fresh"),
				newBase("fresh", relate("other", idOf("other"), 1, false), field("title", "text", "")), newBase("other", field("x", "text", "")),
				{Name: "without", Type: "auth"},
			},
			false,
			map[string]string{"users": users, "posts": "a:text b:text", "shown": "a:text", "v1": "title:text", "v2": "title:text", "fresh": "other:relation title:text", "other": "x:text", "without": ""},
			"",
		},
		"no type":       {[]*models.Collection{{Name: "plain", Schema: schema.NewSchema(field("x", "text", ""))}}, false, map[string]string{"users": users, "posts": "a:text b:text", "shown": "a:text", "plain": "x:text"}, ""},
		"merged fields": {[]*models.Collection{newBase("posts", field("c", "number", ""), field("b", "text", ""))}, false, map[string]string{"users": users, "posts": "c:number b:text a:text", "shown": "a:text"}, ""},
		"renamed":       {[]*models.Collection{renamed(newBase("posts"), "articles")}, false, map[string]string{"users": users, "articles": "a:text b:text", "shown": "a:text"}, ""},
		"delete the rest": {
			[]*models.Collection{newBase("posts", field("b", "text", ""), field("d", "text", ""))},
			true,
			map[string]string{"posts": "b:text d:text"},
			"",
		},
		"delete under a view":   {[]*models.Collection{newView("shown", "select id, a from posts")}, true, nil, `import collection "shown"`},
		"delete a view's table": {[]*models.Collection{newBase("fresh", field("x", "text", "")), newView("shown", "select id, x from fresh")}, true, map[string]string{"fresh": "x:text", "shown": "x:text"}, ""},
		"same name again":       {[]*models.Collection{renamed(newBase("another", field("x", "text", "")), "posts")}, true, map[string]string{"posts": "x:text"}, ""},
		"taken name":            {[]*models.Collection{renamed(newBase("another", field("x", "text", "")), "posts")}, false, nil, "UNIQUE constraint failed: _collections.name"},
		"other type":            {[]*models.Collection{{BaseModel: models.BaseModel{Id: idOf("posts")}, Name: "posts", Type: "auth"}}, false, nil, `the type of collection "posts" cannot be changed`},
		"broken view":           {[]*models.Collection{newView("v1", "select id from nowhere")}, false, nil, `import collection "v1": empty table info`},
		"views in a circle":     {[]*models.Collection{newView("v1", "select id from v2"), newView("v2", "select id from v1")}, false, nil, `import collection "v`},
		"renamed beside a view that changes": {
			[]*models.Collection{renamed(newBase("other", field("x", "text", "")), "accounts"), newBase("fresh", field("x", "text", "")), newView("shown", "select id, x from fresh")},
			true,
			map[string]string{"accounts": "x:text", "fresh": "x:text", "shown": "x:text"},
			"",
		},
		"used by a view": {[]*models.Collection{newBase("posts", field("b", "text", "")), newView("shown", "select id, a from posts")}, true, nil, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			base(t, dao, "posts", field("a", "text", ""), field("b", "text", ""))
			view(t, dao, "shown", "select id, a from posts")
			record(t, dao, "posts", "r", map[string]any{"a": "1", "b": "2"})
			if tc.want["accounts"] != "" {
				base(t, dao, "other", field("x", "text", ""))
			}
			before := allCollections(t, dao)

			err := dao.ImportCollections(tc.imported, tc.delete, nil)
			after := allCollections(t, dao)
			if tc.want == nil {
				if err == nil || !strings.Contains(err.Error(), tc.wantErr) {
					t.Errorf("got %v", err)
				}
				if !reflect.DeepEqual(after, before) {
					t.Errorf("left %v", after)
				}
				find(t, dao, "shown", "r")
				return
			}
			ok(t, err)
			if !reflect.DeepEqual(after, tc.want) {
				t.Errorf("got  %v\nwant %v", after, tc.want)
			}
		})
	}
}

func TestImportOrderOfDeletes(t *testing.T) {
	t.Parallel()
	plain := open(t)
	locked := newBase("locked", field("x", "text", ""))
	locked.System = true
	later := func(c *models.Collection, text string) {
		var err error
		c.Updated, err = types.ParseDateTime(text)
		ok(t, err)
		ok(t, plain.SaveCollection(c))
	}
	later(locked, "2130-01-01")
	later(newBase("late", field("x", "text", "")), "2130-01-02")

	var rec recorder
	dao := rec.attach(plain)
	err := dao.ImportCollections([]*models.Collection{newBase("fresh", field("x", "text", ""))}, true, nil)
	if err == nil || err.Error() != `system collection "locked" cannot be deleted` {
		t.Errorf("got %v", err)
	}
	// least recently changed first, so the users collection of the install comes before
	if rec.String() != "+delete _collections" {
		t.Errorf("callbacks: %s", rec.String())
	}
}

func TestImportAfterSync(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "posts", field("a", "text", ""))
	imported := []*models.Collection{newBase("posts", field("b", "text", "")), newBase("fresh", field("x", "text", ""))}
	ids := func(m map[string]*models.Collection) string {
		var list []string
		for id, c := range m {
			if id != c.Id {
				t.Errorf("%s under %s", c.Id, id)
			}
			list = append(list, c.Name+":"+fieldsOf(c.Schema))
		}
		slices.Sort(list)
		return strings.Join(list, ", ")
	}
	err := dao.ImportCollections(imported, false, func(tx *daos.Dao, now, before map[string]*models.Collection) error {
		if !tx.IsTransaction() || !tx.HasTable("fresh") {
			t.Error("not in the transaction")
		}
		if got := ids(now); got != "fresh:x:text, posts:b:text a:text" {
			t.Errorf("imported %s", got)
		}
		if got := ids(before); got != "posts:a:text, users:name:text avatar:file" {
			t.Errorf("existing %s", got)
		}
		return errStop
	})
	if !errors.Is(err, errStop) {
		t.Fatalf("got %v", err)
	}
	if got := allCollections(t, dao); len(got) != 2 || got["posts"] != "a:text" {
		t.Errorf("left %v", got)
	}
	if !imported[1].IsNew() {
		t.Error("an imported collection claims to be stored")
	}
}
