package daos_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// TestImportMovesNames gives names that are taken to others, of which the rows of each
// collection and what the views read tell the outcome.
func TestImportMovesNames(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		names   string // old=new, in the order of the import
		missing bool   // delete what is not imported
		want    string // the row of each new name
		saves   int
	}{
		"swap":                       {"one=two two=one", false, "one:2 two:1 three:3", 3},
		"swap in another letter":     {"one=Two two=ONE", false, "ONE:2 Two:1 three:3", 3},
		"circle":                     {"one=two two=three three=one", false, "one:3 two:1 three:2", 5},
		"the last makes room":        {"one=two two=four", false, "two:1 four:2 three:3", 3},
		"the first makes room":       {"two=four one=two", false, "two:1 four:2 three:3", 2},
		"a new one takes the name":   {"new=one one=four", false, "four:1 two:2 three:3", 3},
		"of a deleted one":           {"one=three two=one", true, "one:2 three:1", 2},
		"of one that keeps its name": {"one=two two=two", false, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain := open(t)
			for row, name := range map[string]string{"1": "one", "2": "two", "3": "three"} {
				c := newBase(name, field("title", "text", ""))
				c.Indexes = types.JsonArray[string]{"CREATE INDEX idx_" + name + " ON " + name + " (title)"}
				ok(t, plain.SaveCollection(c))
				record(t, plain, name, "r", map[string]any{"title": row})
			}
			view(t, plain, "shown", "select id, title as aliased from one")

			var imported []*models.Collection
			for pair := range strings.FieldsSeq(tc.names) {
				from, to, _ := strings.Cut(pair, "=")
				c := newBase(from, field("title", "text", ""))
				c.Name = to
				c.Indexes = types.JsonArray[string]{"CREATE INDEX idx_" + from + " ON " + from + " (title)"}
				imported = append(imported, c)
			}
			if tc.missing {
				imported = append(imported, newView("shown", "select id, title as aliased from one"))
			}
			var rec recorder
			err := rec.attach(plain).ImportCollections(imported, tc.missing, nil)
			if tc.want == "" {
				if err == nil || !strings.Contains(err.Error(), "UNIQUE constraint failed: _collections.name") {
					t.Errorf("got %v", err)
				}
				return
			}
			ok(t, err)
			for pair := range strings.FieldsSeq(tc.want) {
				name, row, _ := strings.Cut(pair, ":")
				if got := find(t, plain, name, "r").GetString("title"); got != row {
					t.Errorf("%s holds %s, want %s", name, got, row)
				}
				if _, indexes := tableOf(t, plain, name); len(indexes) != 1 {
					t.Errorf("indexes of %s: %v", name, indexes)
				}
				ok(t, plain.SaveRecord(find(t, plain, name, "r")))
				if lower := strings.ToLower(name); lower == "one" && find(t, plain, "shown", "r").GetString("aliased") != row {
					t.Errorf("the view reads %s", find(t, plain, "shown", "r").GetString("aliased"))
				}
			}
			if saves := strings.Count(rec.String(), "-update") + strings.Count(rec.String(), "-create"); saves != tc.saves+boolInt(tc.missing) {
				t.Errorf("%d saves: %s", saves, rec.String())
			}
			allCollections(t, plain)
		})
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestViewsFollowTheirQuery changes what the names in the queries of views stand for.
func TestViewsFollowTheirQuery(t *testing.T) {
	t.Parallel()
	swapFields := func(c *models.Collection) {
		a, b := c.Schema.GetFieldByName("a"), c.Schema.GetFieldByName("b")
		a.Name, b.Name = "b", "a"
	}
	for name, tc := range map[string]struct {
		query  string
		change func(c *models.Collection)
		want   string
	}{
		"swapped fields":          {"select id, a from posts", swapFields, "2"},
		"swapped, aliased fields": {"select id, a as x from posts", swapFields, "2"},
		"stacked":                 {"select id, a from below", swapFields, "2"},
		"a number as id":          {"select (row_number() over ()) as id, a from posts", swapFields, "2"},
		"a field takes over": {"select id, a from posts", func(c *models.Collection) {
			c.Schema.GetFieldByName("a").Name = "c"
			c.Schema.GetFieldByName("b").Name = "a"
		}, "2"},
		"a fresh field": {"select id, a from posts", func(c *models.Collection) {
			c.Schema.GetFieldByName("a").Name = "c"
			f := field("a", "text", "")
			f.Id = "another_a"
			c.Schema.AddField(f)
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			base(t, dao, "posts", field("a", "text", ""), field("b", "text", ""))
			record(t, dao, "posts", "r", map[string]any{"a": "1", "b": "2"})
			view(t, dao, "below", "select id, a from posts")
			c := view(t, dao, "shown", tc.query)
			before := c.Updated.String()
			ok(t, change(t, dao, "posts", tc.change))

			records, err := dao.FindRecordsByFilter("shown", "id != ''", "", 0, 0)
			ok(t, err)
			var values []string
			for _, r := range records {
				for _, f := range r.Collection().Schema.Fields() {
					values = append(values, f.Name+"="+r.GetString(f.Name))
				}
			}
			stored, err := dao.FindCollectionByNameOrId("shown")
			ok(t, err)
			want := stored.Schema.Fields()[0].Name + "=" + tc.want
			if !slices.Equal(values, []string{want}) || stored.Updated.String() != before {
				t.Errorf("got %v, want %s; changed at %s, made at %s", values, want, stored.Updated, before)
			}
		})
	}
}

// TestImportSwapsFields swaps the names of fields and of collections at once.
func TestImportSwapsFields(t *testing.T) {
	t.Parallel()
	dao := open(t)
	for _, name := range []string{"one", "two"} {
		c := newBase(name, field("a", "text", ""), field("b", "number", ""), relate("other", idOf(name), 1, false))
		c.Indexes = types.JsonArray[string]{"CREATE UNIQUE INDEX idx_" + name + " ON " + name + " (a)"}
		ok(t, dao.SaveCollection(c))
		record(t, dao, name, name, map[string]any{"a": name, "b": len(name), "other": idOf(name)})
	}
	swapped := func(name, to string) *models.Collection {
		a, b := field("a", "text", ""), field("b", "number", "")
		a.Name, b.Name = "b", "a"
		c := &models.Collection{Name: to, Type: "base", Schema: schema.NewSchema(a, b, relate("other", idOf(name), 1, false))}
		c.SetId(idOf(name))
		c.Indexes = types.JsonArray[string]{"CREATE UNIQUE INDEX idx_" + name + " ON " + to + " (b)"}
		return c
	}
	ok(t, dao.ImportCollections([]*models.Collection{swapped("one", "two"), swapped("two", "one")}, true, func(_ *daos.Dao, _, before map[string]*models.Collection) error {
		if before[idOf("one")].Name != "one" {
			t.Errorf("before the import it was %q", before[idOf("one")].Name)
		}
		return nil
	}))
	for name, old := range map[string]string{"one": "two", "two": "one"} {
		r := find(t, dao, name, old)
		if r.GetString("b") != old || r.GetInt("a") != 3 || r.GetString("other") != idOf(old) {
			t.Errorf("%s: %s", name, toJSON(t, r))
		}
		if failed := dao.ExpandRecord(r, []string{"other"}, nil); len(failed) != 0 {
			t.Errorf("%s: expand: %v", name, failed)
		}
	}
}

// TestConvertUnderStackedViews changes a column that views on top of each other read.
func TestConvertUnderStackedViews(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "posts", field("s", "select", `{"values":["x","y"],"maxSelect":1}`))
	record(t, dao, "posts", "r", map[string]any{"s": "x"})
	view(t, dao, "below", "select id, s from posts")
	view(t, dao, "shown", "select id, s from below")
	ok(t, change(t, dao, "posts", func(c *models.Collection) {
		c.Schema.GetFieldByName("s").Options.(*schema.SelectOptions).MaxSelect = 2
	}))
	if got := toJSON(t, find(t, dao, "shown", "r").Get("s")); got != `["x"]` {
		t.Errorf("got %s", got)
	}
}
