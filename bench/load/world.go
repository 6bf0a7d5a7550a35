package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the yardstick: the same library used directly

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// bench holds an app and a database by hand with the same rows.
type bench struct {
	dir  string
	app  *core.App
	hand *sql.DB
	seq  int
	// sites are the apps with routes, by the size of their pool.
	sites map[int]*site
}

const hookScript = `
onModelBeforeCreate((e) => {
  const r = e.model
  r.set("title", r.getString("title") + "!")
  r.set("views", r.getInt("views") + 1)
  if (r.getBool("active")) r.set("body", "b")
}, "hooked")
`

var listSizes = []int{1_000, 10_000, 50_000}

func newBench(dir string) (*bench, error) {
	app, err := openApp(dir, hookScript, fullPool)
	if err != nil {
		return nil, err
	}
	b := &bench{dir: dir, app: app, sites: map[int]*site{}}
	names := []string{"posts", "hooked"}
	for _, size := range listSizes {
		names = append(names, listName(size))
	}
	for _, name := range names {
		if err := b.collection(name); err != nil {
			return nil, err
		}
	}
	for _, size := range listSizes {
		if err := b.fill(listName(size), size); err != nil {
			return nil, err
		}
	}
	hand, err := sql.Open("sqlite", filepath.Join(dir, "pb_data", "data.db")+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=mmap_size(268435456)&_pragma=cache_size(-16000)")
	b.hand = hand
	return b, err
}

func listName(size int) string { return fmt.Sprintf("list%d", size) }

func (b *bench) close() {
	for _, s := range b.sites {
		_ = s.close()
	}
	_ = b.hand.Close()
	_ = b.app.ResetBootstrapState()
}

func (b *bench) collection(name string) error {
	c := &models.Collection{Name: name, Type: models.CollectionTypeBase}
	c.Schema = schema.NewSchema(
		&schema.SchemaField{Name: "title", Type: schema.FieldTypeText},
		&schema.SchemaField{Name: "body", Type: schema.FieldTypeText},
		&schema.SchemaField{Name: "views", Type: schema.FieldTypeNumber},
		&schema.SchemaField{Name: "active", Type: schema.FieldTypeBool},
	)
	if strings.HasPrefix(name, "list") {
		posts, err := b.app.Dao().FindCollectionByNameOrId("posts")
		if err != nil {
			return err
		}
		one := 1
		c.Schema.AddField(&schema.SchemaField{Name: "post", Type: schema.FieldTypeRelation, Options: &schema.RelationOptions{CollectionId: posts.Id, MaxSelect: &one}})
	}
	c.Indexes = []string{fmt.Sprintf("CREATE INDEX idx_%[1]s_created ON %[1]s (created)", name)}
	if err := c.Schema.InitFieldsOptions(); err != nil {
		return err
	}
	return b.app.Dao().SaveCollection(c)
}

func (b *bench) newRecord(c *models.Collection) *models.Record {
	b.seq++
	r := models.NewRecord(c)
	r.Set("title", fmt.Sprintf("Title of record %d", b.seq))
	r.Set("body", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.")
	r.Set("views", b.seq)
	r.Set("active", b.seq%2 == 0)
	return r
}

func (b *bench) fill(name string, size int) error {
	posts, err := b.app.Dao().FindCollectionByNameOrId("posts")
	if err != nil {
		return err
	}
	c, err := b.app.Dao().FindCollectionByNameOrId(name)
	if err != nil {
		return err
	}
	return b.app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		var target *models.Record
		for i := range size {
			if i%100 == 0 {
				target = b.newRecord(posts)
				if err := tx.SaveRecord(target); err != nil {
					return err
				}
			}
			r := b.newRecord(c)
			r.Set("post", target.Id)
			if err := tx.SaveRecord(r); err != nil {
				return err
			}
		}
		return nil
	})
}
