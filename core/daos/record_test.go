package daos_test

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

func TestFindRecords(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "posts", field("title", "text", ""), field("n", "number", ""), relate("next", idOf("posts"), 1, false))
	record(t, dao, "posts", "a", map[string]any{"title": "one", "n": 1})
	record(t, dao, "posts", "b", map[string]any{"title": "two", "n": 2, "next": idOf("a")})
	record(t, dao, "posts", "c", map[string]any{"title": "three", "n": 2, "next": idOf("b")})

	some := func(e dbx.Expression) func(*dbx.SelectQuery) error {
		return func(q *dbx.SelectQuery) error { q.AndWhere(e); return nil }
	}
	one := func(r *models.Record, err error) ([]*models.Record, error) {
		if err != nil {
			return nil, err
		}
		return []*models.Record{r}, nil
	}
	cases := map[string]struct {
		run     func() ([]*models.Record, error)
		want    string
		wantErr string
	}{
		"by id":             {func() ([]*models.Record, error) { return one(dao.FindRecordById("POSTS", idOf("b"))) }, "two", ""},
		"by id, missing":    {func() ([]*models.Record, error) { return one(dao.FindRecordById("posts", "x")) }, "", "sql: no rows in result set"},
		"by id, collection": {func() ([]*models.Record, error) { return one(dao.FindRecordById("nope", "x")) }, "", "sql: no rows in result set"},
		"by id, nil filter": {func() ([]*models.Record, error) { return one(dao.FindRecordById("posts", idOf("b"), nil)) }, "two", ""},
		"by id and filter": {func() ([]*models.Record, error) {
			return one(dao.FindRecordById("posts", idOf("b"), some(dbx.HashExp{"n": 2})))
		}, "two", ""},
		"by id, filtered": {func() ([]*models.Record, error) {
			return one(dao.FindRecordById("posts", idOf("b"), some(dbx.HashExp{"n": 1})))
		}, "", "sql: no rows in result set"},
		"by id, bad filter": {func() ([]*models.Record, error) {
			return one(dao.FindRecordById("posts", "x", func(*dbx.SelectQuery) error { return errStop }))
		}, "", "stop"},
		"by ids": {func() ([]*models.Record, error) {
			return dao.FindRecordsByIds("posts", []string{idOf("c"), "x", idOf("a")})
		}, "one,three", ""},
		"by ids and filter": {func() ([]*models.Record, error) {
			return dao.FindRecordsByIds("posts", []string{idOf("c"), idOf("a")}, some(dbx.HashExp{"n": 2}))
		}, "three", ""},
		"by no ids": {func() ([]*models.Record, error) { return dao.FindRecordsByIds("posts", nil) }, "", ""},
		"by expressions": {func() ([]*models.Record, error) {
			return dao.FindRecordsByExpr("posts", dbx.HashExp{"n": 2}, nil, dbx.NewExp("title != 'two'"))
		}, "three", ""},
		"by no expressions": {func() ([]*models.Record, error) { return dao.FindRecordsByExpr("posts") }, "one,two,three", ""},
		"by data":           {func() ([]*models.Record, error) { return one(dao.FindFirstRecordByData("posts", "title", "two")) }, "two", ""},
		"by data, missing":  {func() ([]*models.Record, error) { return one(dao.FindFirstRecordByData("posts", "title", "x")) }, "", "sql: no rows in result set"},
		"by filter": {func() ([]*models.Record, error) {
			return dao.FindRecordsByFilter("posts", "n > {:n}", "-title", 0, 0, dbx.Params{"n": 1})
		}, "two,three", ""},
		"by filter, page": {func() ([]*models.Record, error) { return dao.FindRecordsByFilter("posts", "n > 0", "-n,title", 1, 1) }, "two", ""},
		"by filter, relation": {func() ([]*models.Record, error) {
			return dao.FindRecordsByFilter("posts", "next.next.title = 'one'", "", 0, 0)
		}, "three", ""},
		"by filter, quotes": {func() ([]*models.Record, error) {
			return dao.FindRecordsByFilter("posts", "title = {:t}", "", 0, 0, dbx.Params{"t": "a' || 1=1 || '"})
		}, "", ""},
		"by filter, unknown": {func() ([]*models.Record, error) { return dao.FindRecordsByFilter("posts", "zz = 1", "", 0, 0) }, "", `invalid left operand "zz" - unknown field "zz"`},
		"by filter, sort":    {func() ([]*models.Record, error) { return dao.FindRecordsByFilter("posts", "n = 1", "zz", 0, 0) }, "", `invalid sort field "zz"`},
		"by filter, empty":   {func() ([]*models.Record, error) { return dao.FindRecordsByFilter("posts", "", "", 0, 0) }, "", "invalid or empty filter expression"},
		"by filter, first": {func() ([]*models.Record, error) {
			return one(dao.FindFirstRecordByFilter("posts", "n = {:n}", dbx.Params{"n": 2}))
		}, "two", ""},
		"by filter, none":    {func() ([]*models.Record, error) { return one(dao.FindFirstRecordByFilter("posts", "n = 9")) }, "", "sql: no rows in result set"},
		"by filter, nowhere": {func() ([]*models.Record, error) { return dao.FindRecordsByFilter("nope", "1=1", "", 0, 0) }, "", "sql: no rows in result set"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tc.run()
			if tc.wantErr != "" {
				if err == nil || !strings.HasPrefix(err.Error(), tc.wantErr) {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil || got == nil || titles(got) != tc.want {
				t.Fatalf("got %q, %v", titles(got), err)
			}
		})
	}
}

func TestRecordQueryTargets(t *testing.T) {
	t.Parallel()
	dao := open(t)
	posts := base(t, dao, "posts", field("title", "text", ""), field("tags", "select", `{"maxSelect":2,"values":["x","y"]}`))
	record(t, dao, "posts", "a", map[string]any{"title": "one", "tags": []string{"x", "y"}})
	record(t, dao, "posts", "b", map[string]any{"title": "two"})

	var pointers []*models.Record
	ok(t, dao.RecordQuery(posts).OrderBy("title").All(&pointers))
	var values []models.Record
	ok(t, dao.RecordQuery("posts").OrderBy("title").All(&values))
	var single models.Record
	ok(t, dao.RecordQuery(posts.Id).AndWhere(dbx.HashExp{"title": "one"}).One(&single))
	var pointer *models.Record
	ok(t, dao.RecordQuery(posts).AndWhere(dbx.HashExp{"title": "one"}).One(&pointer))
	var names []string
	ok(t, dao.RecordQuery(posts).Select("title").OrderBy("title").Column(&names))
	rows := []dbx.NullStringMap{}
	ok(t, dao.RecordQuery(posts).All(&rows))

	if titles(pointers) != "one,two" || len(values) != 2 || len(rows) != 2 || strings.Join(names, ",") != "one,two" {
		t.Errorf("got %s, %d, %d, %v", titles(pointers), len(values), len(rows), names)
	}
	for _, r := range []*models.Record{pointers[0], &values[0], &single, pointer} {
		if r.IsNew() || !reflect.DeepEqual(r.Get("tags"), []string{"x", "y"}) || r.Collection().Name != "posts" {
			t.Errorf("got %s", toJSON(t, r))
		}
	}
	byID := models.NewRecord(posts)
	ok(t, dao.FindById(byID, idOf("a")))
	if byID.GetString("title") != "one" || byID.IsNew() {
		t.Errorf("by id: %s", toJSON(t, byID))
	}
	if err := dao.FindById(byID, "x"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("by unknown id: %v", err)
	}
	if err := dao.FindById(&models.Record{}, "x"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("without collection: %v", err)
	}
	for _, target := range []any{"nope", (*models.Collection)(nil), 12} {
		if err := dao.RecordQuery(target).One(&single); err == nil {
			t.Errorf("%v: no error", target)
		}
	}
	if err := dao.RecordQuery("nope").One(&single); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("got %v", err)
	}
}

func TestSaveRecordStoresAllKinds(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "kinds",
		field("text", "text", ""), field("number", "number", ""), field("bool", "bool", ""), field("date", "date", ""),
		field("json", "json", `{"maxSize":100}`), field("one", "select", `{"maxSelect":1,"values":["a","b"]}`),
		field("many", "select", `{"maxSelect":2,"values":["a","b"]}`))
	r := record(t, dao, "kinds", "a", map[string]any{
		"text": "it's", "number": 1.5, "bool": true, "date": "2022-01-02", "json": map[string]any{"k": []int{1}}, "one": "a", "many": []string{"b", "a"},
	})
	got := find(t, dao, "kinds", "a")
	if toJSON(t, got) != toJSON(t, r) {
		t.Errorf("got  %s\nwant %s", toJSON(t, got), toJSON(t, r))
	}
	var raw struct{ Text, Number, Bool, Date, JSON, One, Many, Created string }
	err := dao.DB().NewQuery("SELECT text, typeof(number)||number, typeof(bool)||bool, date, json, one, many, created FROM kinds").
		Row(&raw.Text, &raw.Number, &raw.Bool, &raw.Date, &raw.JSON, &raw.One, &raw.Many, &raw.Created)
	ok(t, err)
	if raw.Text != "it's" || raw.Number != "real1.5" || raw.Bool != "integer1" || raw.Date != "2022-01-02 00:00:00.000Z" ||
		raw.JSON != `{"k":[1]}` || raw.One != "a" || raw.Many != `["b","a"]` || raw.Created != r.Created.String() {
		t.Errorf("stored %+v", raw)
	}
	got.Set("text", "")
	got.Set("json", nil)
	ok(t, dao.SaveRecord(got))
	if again := find(t, dao, "kinds", "a"); toJSON(t, again) != toJSON(t, got) {
		t.Errorf("after the update: %s", toJSON(t, again))
	}
}

func TestSaveRecordErrors(t *testing.T) {
	t.Parallel()
	dao := open(t)
	posts := &models.Collection{Name: "posts", Type: "base", Schema: schema.NewSchema(field("title", "text", ""), field("n", "number", "")), Indexes: types.JsonArray[string]{
		"create unique index one on posts (title) where title != ''",
		"create unique index both on posts (title, n)",
	}}
	ok(t, dao.SaveCollection(posts))
	names := view(t, dao, "names", "select id, title from posts")
	record(t, dao, "posts", "a", map[string]any{"title": "x"})
	user(t, dao, "first", false)
	accounts := &models.Collection{Name: "accounts", Type: "auth"}
	ok(t, dao.SaveCollection(accounts))

	newIn := func(collection string, data map[string]any) *models.Record {
		c, err := dao.FindCollectionByNameOrId(collection)
		ok(t, err)
		r := models.NewRecord(c)
		r.Load(data)
		return r
	}
	cases := map[string]struct {
		record  *models.Record
		want    string
		columns []string
	}{
		"unique":        {newIn("posts", map[string]any{"title": "x", "n": 5}), "UNIQUE constraint failed", []string{"title"}},
		"id":            {newIn("posts", map[string]any{"id": idOf("a")}), "UNIQUE constraint failed", []string{"id"}},
		"view":          {models.NewRecord(names), `"names" is a view`, nil},
		"no collection": {&models.Record{}, "no collection", nil},
		"no username":   {newIn("users", nil), "without username", nil},
		"username":      {newIn("users", map[string]any{"username": "first"}), "UNIQUE constraint failed", []string{"username"}},
		"taken auth id": {newIn("accounts", map[string]any{"id": idOf("first"), "username": "y"}), "unique across all auth collections", nil},
	}
	for name, tc := range cases {
		err := dao.SaveRecord(tc.record)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if errors.Is(err, db.ErrUnique) != (tc.columns != nil) || !reflect.DeepEqual(daos.UniqueColumns(tc.record.TableName(), err), tc.columns) {
			t.Errorf("%s: columns %v", name, daos.UniqueColumns(tc.record.TableName(), err))
		}
		if !tc.record.IsNew() {
			t.Errorf("%s: the record claims to be stored", name)
		}
	}
	both := newIn("posts", map[string]any{"n": 0})
	ok(t, dao.SaveRecord(both))
	err := dao.SaveRecord(newIn("posts", map[string]any{"n": 0}))
	if got := daos.UniqueColumns("Posts", err); !reflect.DeepEqual(got, []string{"title", "n"}) {
		t.Errorf("two columns: %v", got)
	}
	withoutKey := newIn("users", map[string]any{"username": "second"})
	ok(t, dao.SaveRecord(withoutKey))
	if len(withoutKey.TokenKey()) != 50 {
		t.Errorf("token key %q", withoutKey.TokenKey())
	}
}

func TestBecomingVerifiedDropsExternalAuths(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		verified bool // before
		links    int
		change   func(r *models.Record)
		dropped  bool
	}{
		"turns verified":   {false, 2, func(r *models.Record) { r.Set("verified", true) }, true},
		"no links":         {false, 0, func(r *models.Record) { r.Set("verified", true) }, false},
		"stays unverified": {false, 1, func(r *models.Record) { r.Set("name", "x") }, false},
		"was verified":     {true, 1, func(r *models.Record) { r.Set("name", "x") }, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain := open(t)
			var rec recorder
			dao := rec.attach(plain)
			r := user(t, plain, "u", tc.verified)
			for i := range tc.links {
				ok(t, plain.SaveExternalAuth(&models.ExternalAuth{CollectionId: r.Collection().Id, RecordId: r.Id, Provider: string(rune('a' + i)), ProviderId: "1"}))
			}
			loaded := find(t, plain, "users", "u")
			tc.change(loaded)
			ok(t, dao.SaveRecord(loaded))

			links, err := plain.FindAllExternalAuthsByRecord(loaded)
			ok(t, err)
			stored := find(t, plain, "users", "u")
			if (len(links) == 0) != (tc.dropped || tc.links == 0) || (stored.TokenKey() == "u-key") == tc.dropped {
				t.Errorf("%d links, token key %q", len(links), stored.TokenKey())
			}
			if tc.dropped {
				want := "+delete _externalAuths; +delete _externalAuths; +update users/u; -delete _externalAuths; -delete _externalAuths; -update users/u"
				if rec.String() != want {
					t.Errorf("got %s", rec.String())
				}
			}
			// the same record once more, after another link
			ok(t, plain.SaveExternalAuth(&models.ExternalAuth{CollectionId: r.Collection().Id, RecordId: r.Id, Provider: "late", ProviderId: "1"}))
			ok(t, dao.SaveRecord(loaded))
			if _, err := plain.FindExternalAuthByRecordAndProvider(loaded, "late"); err != nil {
				t.Errorf("a second save dropped the link: %v", err)
			}
		})
	}
}

func TestFailedVerificationKeepsTokenKey(t *testing.T) {
	t.Parallel()
	dao := open(t)
	r := user(t, dao, "u", false)
	ok(t, dao.SaveExternalAuth(&models.ExternalAuth{CollectionId: r.Collection().Id, RecordId: r.Id, Provider: "a", ProviderId: "1"}))
	loaded := find(t, dao, "users", "u")
	loaded.Set("verified", true)
	dao.BeforeUpdateFunc = func(e *daos.Dao, _ models.Model, _ func() error) error {
		if !e.IsTransaction() {
			t.Error("not in a transaction")
		}
		return errStop
	}
	if err := dao.SaveRecord(loaded); !errors.Is(err, errStop) {
		t.Fatalf("got %v", err)
	}
	links, err := dao.FindAllExternalAuthsByRecord(r)
	ok(t, err)
	if len(links) != 1 || loaded.TokenKey() != "u-key" {
		t.Errorf("%d links, token key %q", len(links), loaded.TokenKey())
	}
}

func TestCanAccessRecord(t *testing.T) {
	t.Parallel()
	dao := open(t)
	me, other := user(t, dao, "me", true), user(t, dao, "other", true)
	base(t, dao, "posts", field("title", "text", ""), relate("owner", me.Collection().Id, 0, false))
	post := record(t, dao, "posts", "a", map[string]any{"owner": []string{me.Id, other.Id}})

	rule := func(s string) *string { return &s }
	cases := map[string]struct {
		info *models.RequestInfo
		rule *string
		want bool
		err  bool
	}{
		"admin":        {&models.RequestInfo{Admin: &models.Admin{}}, nil, true, false},
		"nil rule":     {&models.RequestInfo{AuthRecord: me}, nil, false, false},
		"empty rule":   {&models.RequestInfo{}, rule(""), true, false},
		"no request":   {nil, rule("title = ''"), true, false},
		"any of many":  {&models.RequestInfo{AuthRecord: me}, rule("owner.id ?= @request.auth.id"), true, false},
		"all of many":  {&models.RequestInfo{AuthRecord: me}, rule("owner.id = @request.auth.id"), false, false},
		"guest":        {&models.RequestInfo{}, rule("@request.auth.id != ''"), false, false},
		"invalid rule": {&models.RequestInfo{}, rule("zz = 1"), false, true},
	}
	for name, tc := range cases {
		got, err := dao.CanAccessRecord(post, tc.info, tc.rule)
		if got != tc.want || (err != nil) != tc.err {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}

func TestRecordsWithCancelledContext(t *testing.T) {
	t.Parallel()
	dao := open(t)
	posts := base(t, dao, "posts", field("title", "text", ""))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	bound := dao.WithContext(ctx)
	if err := bound.SaveRecord(models.NewRecord(posts)); !errors.Is(err, context.Canceled) {
		t.Errorf("save: %v", err)
	}
	if _, err := bound.FindRecordById("posts", "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("find: %v", err)
	}
	if err := bound.RunInTransaction(func(*daos.Dao) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("transaction: %v", err)
	}
}

func TestModelQueryTimeout(t *testing.T) {
	t.Parallel()
	dao := open(t)
	dao.ModelQueryTimeout = time.Nanosecond
	users := []*models.Record{}
	if err := dao.RecordQuery("users").All(&users); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	dao.ModelQueryTimeout = time.Minute
	ok(t, dao.RecordQuery("users").All(&users))
	ok(t, dao.AdminQuery().All(&[]*models.Admin{}))
}
