package daos_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// TestWritesWhileCollectionsChange mixes creates, reads and transactions with changes of the
// collection they use: every acknowledged record has to be there, and none that was rolled back.
func TestWritesWhileCollectionsChange(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "posts", field("title", "text", ""))
	const writers, each = 4, 25

	create := func(d *daos.Dao) error {
		c, err := d.FindCollectionByNameOrId("posts")
		if err != nil {
			return err
		}
		r := models.NewRecord(c)
		r.Set("title", "x")
		if err := d.SaveRecord(r); err != nil {
			return err
		}
		_, err = d.FindRecordById("posts", r.Id)
		return err
	}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				var err error
				switch (w + i) % 3 {
				case 0:
					err = create(dao)
				case 1:
					err = dao.RunInTransaction(create)
				default:
					err = dao.RunInTransaction(func(tx *daos.Dao) error {
						if err := create(tx); err != nil {
							return err
						}
						return errStop
					})
					if err == errStop { //nolint:errorlint // the very same
						err = create(dao)
					}
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Go(func() {
		for i := range 10 {
			err := change(t, dao, "posts", func(c *models.Collection) {
				c.Schema.AddField(field(fmt.Sprintf("extra%d", i), "number", ""))
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()

	records, err := dao.FindRecordsByExpr("posts")
	ok(t, err)
	if len(records) != writers*each {
		t.Errorf("%d records, want %d", len(records), writers*each)
	}
	c, err := dao.FindCollectionByNameOrId("posts")
	ok(t, err)
	if columns, err := dao.TableColumns("posts"); err != nil || len(columns) != 14 || len(c.Columns()) != 14 {
		t.Errorf("columns %v, %v, %v", columns, c.Columns(), err)
	}
}

// TestTransactionSharedByGoroutines writes in one transaction from several goroutines: each write
// has its after callback.
func TestTransactionSharedByGoroutines(t *testing.T) {
	t.Parallel()
	dao := open(t)
	c := base(t, dao, "posts", field("title", "text", ""))
	var called atomic.Int32
	dao.AfterCreateFunc = func(*daos.Dao, models.Model) error { called.Add(1); return nil }
	const writers, each = 8, 10

	ok(t, dao.RunInTransaction(func(tx *daos.Dao) error {
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					if err := tx.SaveRecord(models.NewRecord(c)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		return nil
	}))
	if got := called.Load(); got != writers*each {
		t.Errorf("%d after callbacks for %d writes", got, writers*each)
	}
}
