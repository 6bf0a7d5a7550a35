package daos_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// shape writes what is expanded as field(title…) nested.
func shape(r *models.Record) string {
	expand := r.Expand()
	names := make([]string, 0, len(expand))
	for name := range expand {
		names = append(names, name)
	}
	slices.Sort(names)
	out := r.GetString("title")
	for _, name := range names {
		switch v := expand[name].(type) {
		case *models.Record:
			out += "{" + name + ":" + shape(v) + "}"
		case []*models.Record:
			list := make([]string, len(v))
			for i, e := range v {
				list[i] = shape(e)
			}
			out += "{" + name + ":[" + strings.Join(list, " ") + "]}"
		}
	}
	return out
}

func expandWorld(t *testing.T) *daos.Dao {
	t.Helper()
	dao := open(t)
	base(t, dao, "tags", field("title", "text", ""))
	posts := &models.Collection{
		Name: "posts", Type: "base",
		Schema:  schema.NewSchema(field("title", "text", ""), relate("tags", idOf("tags"), 0, false), relate("next", idOf("posts"), 1, false), relate("only", idOf("tags"), 1, false)),
		Indexes: types.JsonArray[string]{"create unique index only_idx on posts (only) where only != ''"},
	}
	posts.SetId(idOf("posts"))
	ok(t, dao.SaveCollection(posts))
	record(t, dao, "tags", "red", map[string]any{"title": "red"})
	record(t, dao, "tags", "blue", map[string]any{"title": "blue"})
	record(t, dao, "posts", "a", map[string]any{"title": "A", "tags": []string{idOf("red"), idOf("blue")}, "next": idOf("b"), "only": idOf("red")})
	record(t, dao, "posts", "b", map[string]any{"title": "B", "tags": []string{idOf("blue"), "missing00000000"}, "next": idOf("a")})
	record(t, dao, "posts", "c", map[string]any{"title": "C"})
	return dao
}

func TestExpandRecord(t *testing.T) {
	t.Parallel()
	dao := expandWorld(t)

	cases := map[string]struct {
		collection, key string
		expands         []string
		want            string
		failed          []string
	}{
		"single":             {"posts", "a", []string{"next"}, "A{next:B}", nil},
		"many, in order":     {"posts", "a", []string{"tags"}, "A{tags:[red blue]}", nil},
		"missing left out":   {"posts", "b", []string{"tags"}, "B{tags:[blue]}", nil},
		"nothing related":    {"posts", "c", []string{"tags", "next.tags"}, "C", nil},
		"nested":             {"posts", "a", []string{"next.tags", "next.next"}, "A{next:B{next:A}{tags:[blue]}}", nil},
		"unknown":            {"posts", "a", []string{"nope", "title", "tags"}, "A{tags:[red blue]}", []string{"nope", "title"}},
		"unknown deeper":     {"posts", "a", []string{"next.nope", "next"}, "A{next:B}", []string{"next.nope"}},
		"back":               {"tags", "blue", []string{"posts_via_tags"}, "blue{posts_via_tags:[A B]}", nil},
		"back, legacy":       {"tags", "blue", []string{"posts(tags)"}, "blue{posts(tags):[A B]}", nil},
		"back, unique":       {"tags", "red", []string{"posts_via_only"}, "red{posts_via_only:A}", nil},
		"back, single":       {"posts", "b", []string{"posts_via_next"}, "B{posts_via_next:[A]}", nil},
		"back, nested":       {"tags", "red", []string{"posts_via_tags.next"}, "red{posts_via_tags:[A{next:B}]}", nil},
		"back, wrong target": {"posts", "a", []string{"posts_via_tags"}, "A", []string{"posts_via_tags"}},
		"back, unknown":      {"tags", "red", []string{"nope_via_tags", "posts_via_nope"}, "red", []string{"nope_via_tags", "posts_via_nope"}},
		"deepest":            {"posts", "a", []string{"next.next.next.next.next.tags"}, "A{next:B{next:A{next:B{next:A{next:B{tags:[blue]}}}}}}", nil},
		"too deep":           {"posts", "a", []string{"next.next.next.next.next.next.tags"}, "A{next:B{next:A{next:B{next:A{next:B{next:A}}}}}}", []string{"next.next.next.next.next.next.tags"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := find(t, dao, tc.collection, tc.key)
			failed := dao.ExpandRecord(r, tc.expands, nil)
			if shape(r) != tc.want {
				t.Errorf("got  %s\nwant %s", shape(r), tc.want)
			}
			var paths []string
			for path, err := range failed {
				paths = append(paths, path)
				if err == nil {
					t.Errorf("%s: nil error", path)
				}
			}
			slices.Sort(paths)
			slices.Sort(tc.failed)
			if !reflect.DeepEqual(paths, tc.failed) {
				t.Errorf("failed: %v", failed)
			}
		})
	}
}

func TestExpandRecordsFetchesOncePerRelation(t *testing.T) {
	t.Parallel()
	dao := expandWorld(t)
	records, err := dao.FindRecordsByFilter("posts", "id != ''", "title", 0, 0)
	ok(t, err)

	var fetched []string
	fetch := func(c *models.Collection, ids []string) ([]*models.Record, error) {
		slices.Sort(ids)
		for i, id := range ids {
			ids[i] = strings.TrimRight(id, "0")
		}
		fetched = append(fetched, c.Name+":"+strings.Join(ids, ","))
		for i, id := range ids {
			ids[i] = idOf(id)
		}
		return dao.FindRecordsByIds(c.Id, ids)
	}
	if failed := dao.ExpandRecords(records, []string{"tags", "next.tags", "next.only"}, fetch); len(failed) != 0 {
		t.Fatal(failed)
	}
	want := []string{"tags:blue,missing,red", "posts:a,b", "tags:blue,missing,red", "tags:red"}
	if !reflect.DeepEqual(fetched, want) {
		t.Errorf("fetched %v", fetched)
	}
	got := shape(records[0]) + " " + shape(records[1]) + " " + shape(records[2])
	if got != "A{next:B{tags:[blue]}}{tags:[red blue]} B{next:A{only:red}{tags:[red blue]}}{tags:[blue]} C" {
		t.Errorf("got %s", got)
	}
	// what is there already is kept
	if failed := dao.ExpandRecords(records[:1], []string{"next.next"}, nil); len(failed) != 0 || shape(records[0]) != "A{next:B{next:A}{tags:[blue]}}{tags:[red blue]}" {
		t.Errorf("got %s, %v", shape(records[0]), failed)
	}
	refuse := func(*models.Collection, []string) ([]*models.Record, error) { return nil, errStop }
	failed := dao.ExpandRecords(records, []string{"only", "next.tags"}, refuse)
	if len(failed) != 2 || failed["only"] != errStop || failed["next.tags"] != errStop { //nolint:errorlint // the very same
		t.Errorf("failed: %v", failed)
	}
	if failed := dao.ExpandRecords(nil, []string{"tags"}, nil); len(failed) != 0 {
		t.Errorf("no records: %v", failed)
	}
}

func TestExpandBackRelationsAreBounded(t *testing.T) {
	t.Parallel()
	dao := expandWorld(t)
	posts, err := dao.FindCollectionByNameOrId("posts")
	ok(t, err)
	ok(t, dao.RunInTransaction(func(tx *daos.Dao) error {
		for i := range 1010 {
			r := models.NewRecord(posts)
			r.Set("title", fmt.Sprint(i))
			r.Set("next", idOf("c"))
			if err := tx.SaveRecord(r); err != nil {
				return err
			}
		}
		return nil
	}))
	r := find(t, dao, "posts", "c")
	if failed := dao.ExpandRecord(r, []string{"posts_via_next"}, nil); len(failed) != 0 {
		t.Fatal(failed)
	}
	if got := len(r.ExpandedAll("posts_via_next")); got != 1000 {
		t.Errorf("%d expanded", got)
	}
}
