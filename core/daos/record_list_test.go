package daos_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

func TestListRecords(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "tags", field("title", "text", ""))
	posts := base(t, dao, "posts", field("title", "text", ""), relate("tags", idOf("tags"), 0, false))
	record(t, dao, "tags", "t0", map[string]any{"title": "even"})
	record(t, dao, "tags", "t1", map[string]any{"title": "odd"})
	const rows = 300
	ok(t, dao.RunInTransaction(func(tx *daos.Dao) error {
		for i := range rows {
			r := models.NewRecord(posts)
			r.Set("title", fmt.Sprintf("%03d", i))
			r.Set("tags", []string{idOf(fmt.Sprint("t", i%2)), idOf("t0")})
			if err := tx.SaveRecord(r); err != nil {
				return err
			}
		}
		return nil
	}))
	posts, err := dao.FindCollectionByNameOrId("posts")
	ok(t, err)

	type want struct {
		titles string
		total  int
	}
	cases := map[string]struct {
		page, perPage int
		skip          bool
		filter, sort  string
		want          want
	}{
		"first":          {1, 2, false, "", "title", want{"000,001", rows}},
		"defaults":       {0, 0, false, "title < '003'", "-title", want{"002,001,000", 3}},
		"descending":     {2, 2, false, "", "-title", want{"297,296", rows}},
		"deep":           {140, 2, false, "", "title", want{"278,279", rows}},
		"deep, last":     {101, 3, false, "", "title", want{"", rows}},
		"deep, filtered": {100, 2, false, "title >= '100'", "title", want{"298,299", 200}},
		"no total":       {1, 2, true, "", "title", want{"000,001", -1}},
		"past the end":   {9, 100, false, "", "title", want{"", rows}},
		"joined":         {1, 2, false, "tags.title ?= 'odd'", "title", want{"001,003", rows / 2}},
		"joined, deep":   {101, 2, false, "tags.title ?= 'even'", "title", want{"200,201", rows}},
		"joined sort":    {1, 1, false, "title = '001'", "tags.title", want{"001", 1}},
		"nothing":        {1, 2, false, "title = 'x'", "", want{"", 0}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := daos.ListOptions{Page: tc.page, PerPage: tc.perPage, SkipTotal: tc.skip, Resolver: dao.Resolver(posts, nil, true)}
			if tc.filter != "" {
				o.Filters = []search.FilterData{search.FilterData(tc.filter)}
			}
			o.Sort = search.ParseSortFromString(tc.sort)
			result, records, err := dao.ListRecords(context.Background(), posts, o)
			ok(t, err)
			if titles(records) != tc.want.titles || result.TotalItems != tc.want.total {
				t.Errorf("got %s of %d", titles(records), result.TotalItems)
			}
			if result.PerPage == 0 || result.Page == 0 || records == nil {
				t.Errorf("result %+v", result)
			}
		})
	}

	t.Run("errors", func(t *testing.T) {
		t.Parallel()
		for _, filter := range []string{"zz = 1", "title ="} {
			o := daos.ListOptions{Resolver: dao.Resolver(posts, nil, true)}
			o.Filters = []search.FilterData{search.FilterData(filter)}
			if _, _, err := dao.ListRecords(context.Background(), posts, o); err == nil {
				t.Errorf("%s: no error", filter)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, _, err := dao.ListRecords(ctx, posts, daos.ListOptions{Resolver: dao.Resolver(posts, nil, true)}); err == nil || !strings.Contains(err.Error(), "cancel") {
			t.Errorf("cancelled: %v", err)
		}
	})
}
