package search_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/search"
)

type item struct {
	ID   string `db:"id" json:"id"`
	Rank int    `db:"rank" json:"rank"`
}

func openItems(t testing.TB) *dbx.DB {
	t.Helper()
	conn := openMemory(t)
	mustExec(t, conn, "CREATE TABLE items (id TEXT, rank INT)")
	mustExec(t, conn, "INSERT INTO items VALUES ('a', 3), ('b', 1), ('c', 2), ('d', 1), ('e', 5)")
	return dbx.NewFromDB(conn, "sqlite")
}

func TestProvider(t *testing.T) {
	t.Parallel()
	db := openItems(t)
	tests := []struct{ query, want string }{
		{"", `{"page":1,"perPage":30,"totalItems":5,"totalPages":1,"items":"abcde"}`},
		{"page=2&perPage=2&sort=id", `{"page":2,"perPage":2,"totalItems":5,"totalPages":3,"items":"cd"}`},
		{"page=3&perPage=2&sort=id", `{"page":3,"perPage":2,"totalItems":5,"totalPages":3,"items":"e"}`},
		{"page=9&perPage=2", `{"page":9,"perPage":2,"totalItems":5,"totalPages":3,"items":""}`},
		{"page=-1&perPage=-1&sort=id", `{"page":1,"perPage":30,"totalItems":5,"totalPages":1,"items":"abcde"}`},
		{"perPage=501", `{"page":1,"perPage":500,"totalItems":5,"totalPages":1,"items":"abcde"}`},
		{"page=9223372036854775807&perPage=500", `{"page":9223372036854775807,"perPage":500,"totalItems":5,"totalPages":1,"items":""}`},
		{"sort=rank,-id", `{"page":1,"perPage":30,"totalItems":5,"totalPages":1,"items":"dbcae"}`},
		{"filter=rank%3E1&sort=-rank&perPage=2", `{"page":1,"perPage":2,"totalItems":3,"totalPages":2,"items":"ea"}`},
		{"filter=rank%3E9", `{"page":1,"perPage":30,"totalItems":0,"totalPages":0,"items":""}`},
		{"skipTotal=1&perPage=2&sort=id", `{"page":1,"perPage":2,"totalItems":-1,"totalPages":-1,"items":"ab"}`},
		{"skipTotal=False&perPage=5", `{"page":1,"perPage":5,"totalItems":5,"totalPages":1,"items":"abcde"}`},
	}
	for _, test := range tests {
		items := []item{}
		result, err := search.NewProvider(search.NewSimpleFieldResolver("id", "rank")).Query(db.Select("*").From("items")).ParseAndExec(test.query, &items)
		if err != nil {
			t.Errorf("%s: %v", test.query, err)
			continue
		}
		var ids strings.Builder
		for _, one := range items {
			ids.WriteString(one.ID)
		}
		result.Items = ids.String()
		got, err := json.Marshal(result)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: got %s, %v, want %s", test.query, got, err, test.want)
		}
	}
}

func TestProviderErrors(t *testing.T) {
	t.Parallel()
	db := openItems(t)
	queries := []string{
		"page=a", "page=1.5", "perPage=x", "skipTotal=yes", "filter=a", "filter=nope%3D1", "sort=nope", "sort=id,,rank", "sort=%40now",
		"filter=%", "page=99999999999999999999", "sort=" + strings.Repeat("id,", search.MaxSortFields) + "id",
	}
	for _, query := range queries {
		items := []item{}
		_, err := search.NewProvider(search.NewSimpleFieldResolver("id", "rank")).Query(db.Select("*").From("items")).ParseAndExec(query, &items)
		if err == nil {
			t.Errorf("%.40s: want an error", query)
		}
	}
	items := []item{}
	if _, err := search.NewProvider(search.NewSimpleFieldResolver()).Exec(&items); !errors.Is(err, search.ErrEmptyQuery) {
		t.Errorf("got %v, want ErrEmptyQuery", err)
	}
	if _, err := search.NewProvider(search.NewSimpleFieldResolver("gone")).Query(db.Select("*").From("items")).
		ParseAndExec("filter=gone%3D1", &items); err == nil {
		t.Error("a column that does not exist: want an error")
	}
}

func TestProviderSetters(t *testing.T) {
	t.Parallel()
	query := openItems(t).Select("*").From("items")
	p := search.NewProvider(search.NewSimpleFieldResolver("id", "rank")).
		Query(query).
		Filter([]search.FilterData{"rank >= 1"}).AddFilter("").AddFilter("id != 'e'").
		Sort([]search.SortField{{Name: "rank", Direction: search.SortDesc}}).AddSort(search.SortField{Name: "id"}).
		Page(2).PerPage(2).SkipTotal(false).CountColumn("rank")
	for range 2 { // the query is not used up
		items := []item{}
		result, err := p.Exec(&items)
		if err != nil {
			t.Fatal(err)
		}
		if len(items) != 2 || items[0].ID != "b" || items[1].ID != "d" || result.TotalItems != 3 || result.TotalPages != 2 {
			t.Errorf("got %v, %+v", items, result)
		}
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		page, perPage int
		want          int64
	}{{1, 30, 0}, {0, 30, 0}, {3, 30, 60}, {math.MaxInt, 500, math.MaxInt64}} {
		if got := search.Offset(test.page, test.perPage); got != test.want {
			t.Errorf("Offset(%d, %d) = %d, want %d", test.page, test.perPage, got, test.want)
		}
	}
	for _, test := range []struct {
		page, perPage, rows, want int
		ok                        bool
	}{{1, 30, 0, 0, true}, {1, 30, 29, 29, true}, {1, 30, 30, 0, false}, {2, 30, 5, 35, true}, {2, 30, 0, 0, false}} {
		if got, ok := search.ShortTotal(test.page, test.perPage, test.rows); got != test.want || ok != test.ok {
			t.Errorf("ShortTotal(%d, %d, %d) = %d, %v", test.page, test.perPage, test.rows, got, ok)
		}
	}
}

func TestParseSortFromString(t *testing.T) {
	t.Parallel()
	got := search.ParseSortFromString(" a, -b ,+c.d,@random,")
	want := []search.SortField{{"a", "ASC"}, {"b", "DESC"}, {"c.d", "ASC"}, {"@random", "ASC"}, {"", "ASC"}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
	if got := search.ParseSortFromString("  "); len(got) != 0 {
		t.Errorf("got %v for nothing", got)
	}
	if got := search.ParseSortFromString(strings.Repeat(",", 1_000_000)); len(got) > search.MaxSortFields+2 {
		t.Errorf("got %d fields", len(got))
	}
}

func FuzzParseSort(f *testing.F) {
	for _, seed := range []string{"a", "-a,+b", "@random", "-@random,a.b", ",,", "a desc", "a;--", "`a`", "data.a.0", "-", "é", "(select 1)"} {
		f.Add(seed)
	}
	resolver := search.NewSimpleFieldResolver("id", "a", "data", "data.*")
	f.Fuzz(func(t *testing.T, text string) {
		for _, field := range search.ParseSortFromString(text) {
			term, err := field.BuildExpr(resolver)
			if err != nil {
				continue
			}
			term = strings.TrimSuffix(strings.TrimSuffix(term, " DESC"), " ASC")
			known := term == "RANDOM()" || term == "[[id]]" || term == "[[a]]" || term == "[[data]]" || strings.HasPrefix(term, "JSON_EXTRACT([[data]], '$")
			if !known || strings.ContainsAny(term, "`;\"\n ?{") && !strings.HasPrefix(term, "JSON_EXTRACT") {
				t.Errorf("%q: %q became %q", text, field.Name, term)
			}
		}
	})
}

func FuzzParseListParams(f *testing.F) {
	for _, seed := range []string{"", "page=1&perPage=2", "skipTotal=t", "sort=-a&filter=a%3D1", "%", "page=-99999999999999999999", ";"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		params, err := search.ParseListParams(query)
		if err != nil {
			return
		}
		if params.Page < 1 || params.PerPage < 1 || params.PerPage > search.MaxPerPage || search.Offset(params.Page, params.PerPage) < 0 {
			t.Errorf("%q: got %+v", query, params)
		}
	})
}
