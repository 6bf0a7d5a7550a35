package daos_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

func benchPosts(b *testing.B, rows int) (*daos.Dao, *models.Collection) {
	b.Helper()
	dao := open(b)
	posts := base(b, dao, "posts", field("title", "text", ""), field("n", "number", ""), field("ok", "bool", ""))
	ok(b, dao.RunInTransaction(func(tx *daos.Dao) error {
		for i := range rows {
			r := models.NewRecord(posts)
			r.SetId(idOf(fmt.Sprintf("r%06d", i)))
			r.Set("title", fmt.Sprintf("title %d", i))
			if err := tx.SaveRecord(r); err != nil {
				return err
			}
		}
		return nil
	}))
	b.ResetTimer()
	return dao, posts
}

func BenchmarkFindRecordById(b *testing.B) {
	dao, _ := benchPosts(b, 1000)
	for i := range b.N {
		if _, err := dao.FindRecordById("posts", idOf(fmt.Sprintf("r%06d", i%1000))); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSaveRecord(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			dao, posts := benchPosts(b, 0)
			b.SetParallelism(callers)
			run := func(next func() bool) {
				for next() {
					r := models.NewRecord(posts)
					r.Set("title", "a title")
					if err := dao.SaveRecord(r); err != nil {
						b.Error(err)
						return
					}
				}
			}
			if callers == 1 {
				i := 0
				run(func() bool { i++; return i <= b.N })
				return
			}
			b.RunParallel(func(pb *testing.PB) { run(pb.Next) })
		})
	}
}

func BenchmarkListRecords(b *testing.B) {
	dao, posts := benchPosts(b, 10000)
	for _, page := range []int{1, 200} {
		b.Run(fmt.Sprintf("page=%d", page), func(b *testing.B) {
			for range b.N {
				o := daos.ListOptions{Page: page, SkipTotal: true, Resolver: dao.Resolver(posts, nil, true)}
				o.Sort = search.ParseSortFromString("-id")
				if _, records, err := dao.ListRecords(context.Background(), posts, o); err != nil || len(records) != 30 {
					b.Fatal(len(records), err)
				}
			}
		})
	}
}
