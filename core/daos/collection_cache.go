package daos

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// CollectionCache holds all collections of one database in memory. It loads them on first
// use and forgets them when one is stored. The collections in it are shared and must not
// be changed. It is safe for concurrent use.
//
// A transaction has a cache of its own, which looks like that of the database until the
// transaction changes a collection; a commit then makes the database's forget its own.
type CollectionCache struct {
	q      db.Querier
	parent *CollectionCache // of the database, for that of a transaction
	keep   bool             // false: load anew for each call

	mu      sync.Mutex
	loaded  *collectionSet
	version uint64 // counts how often the content was forgotten
	dirty   bool   // the transaction changed a collection
}

// collectionSet is one loaded state.
type collectionSet struct {
	all    []*models.Collection // least recently changed first
	byID   map[string]*models.Collection
	byName map[string]*models.Collection // by lower-cased name
	plans  search.Plans                  // lists compiled for these collections
	// gaps holds, by id of a view, the fields that its query does not yield any more, as a
	// renamed column of a table leaves them.
	gaps map[string][]string
}

type cacheKey struct{}

// cacheOf returns the cache of a database, the same for all of its daos.
func cacheOf(d *db.DB) *CollectionCache {
	c, _ := d.Attachment(cacheKey{}, func() any { return &CollectionCache{q: d, keep: true} }).(*CollectionCache)
	return c
}

func newCollectionCache(tx *db.Tx, parent *CollectionCache) *CollectionCache {
	return &CollectionCache{q: tx, parent: parent, keep: parent == nil || parent.keep}
}

func uncached(q db.Querier) *CollectionCache { return &CollectionCache{q: q} }

// Forget drops what is loaded. Stores through a dao do so by themselves; it is for changes
// made by raw SQL.
func (c *CollectionCache) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loaded = nil
	c.version++
	c.dirty = true
}

// recheck forgets what is loaded when the stored collections are not those any
// more: another process may have changed them.
func (c *CollectionCache) recheck(ctx context.Context) error {
	c.mu.Lock()
	loaded, version := c.loaded, c.version
	c.mu.Unlock()
	if loaded == nil {
		return nil
	}
	var count int64
	var newest string
	err := c.q.QueryRows(ctx, "SELECT count(*), coalesce(max(`updated`), '') FROM `_collections`", nil, func(row []any) error {
		count, _ = row[0].(int64)
		newest, _ = row[1].(string)
		return nil
	})
	if err != nil {
		return fmt.Errorf("recheck collections: %w", err)
	}
	if count == int64(len(loaded.all)) && (count == 0 || newest == loaded.all[count-1].Updated.String()) {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version == version { // else our own writes were noticed meanwhile
		c.loaded = nil
		c.version++
	}
	return nil
}

// publish passes the changes of a committed transaction on.
func (c *CollectionCache) publish() {
	c.mu.Lock()
	dirty := c.dirty
	c.mu.Unlock()
	if dirty && c.parent != nil {
		c.parent.Forget()
	}
}

// set returns all collections.
func (c *CollectionCache) set(ctx context.Context) (*collectionSet, error) {
	c.mu.Lock()
	loaded, version, dirty := c.loaded, c.version, c.dirty
	c.mu.Unlock()
	if loaded != nil {
		return loaded, nil
	}
	if c.parent != nil && c.parent.keep && !dirty {
		return c.parent.set(ctx)
	}
	fresh, err := loadCollections(ctx, c.q)
	if err != nil {
		return nil, err
	}
	if c.keep {
		c.mu.Lock()
		if c.version == version { // nobody forgot it meanwhile
			c.loaded = fresh
		}
		c.mu.Unlock()
	}
	return fresh, nil
}

func (s *collectionSet) find(nameOrID string) (*models.Collection, error) {
	if c, ok := s.byID[nameOrID]; ok {
		return c, nil
	}
	if c, ok := s.byName[strings.ToLower(nameOrID)]; ok {
		return c, nil
	}
	return nil, sql.ErrNoRows
}

const collectionColumns = "`id`, `created`, `updated`, `system`, `type`, `name`, `schema`, `indexes`, " +
	"`listRule`, `viewRule`, `createRule`, `updateRule`, `deleteRule`, `options`"

func loadCollections(ctx context.Context, q db.Querier) (*collectionSet, error) {
	s := &collectionSet{byID: map[string]*models.Collection{}, byName: map[string]*models.Collection{}, gaps: map[string][]string{}}
	err := q.QueryRows(ctx, "SELECT "+collectionColumns+" FROM `_collections` ORDER BY `updated`, `id`", nil, func(row []any) error {
		c, err := scanCollection(row)
		if err != nil {
			return err
		}
		s.all = append(s.all, c)
		s.byID[c.Id] = c
		s.byName[strings.ToLower(c.Name)] = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, c := range s.all {
		if c.IsView() {
			s.gaps[c.Id] = inspectView(ctx, q, c)
		}
		models.MarkShared(c)
	}
	return s, nil
}

// inspectView tells a view which date columns its query yields and returns the fields that it
// does not yield. A view that does not work at all has no dates and no gaps.
func inspectView(ctx context.Context, q db.Querier, c *models.Collection) (gaps []string) {
	table, err := q.Dialect().Inspect(ctx, q, c.Name)
	yields := func(name string) bool {
		return err == nil && slices.ContainsFunc(table.Columns, func(column db.Column) bool { return sameName(column.Name, name) })
	}
	models.SetViewDates(c, yields(schema.FieldNameCreated), yields(schema.FieldNameUpdated))
	if err != nil {
		return nil
	}
	for _, f := range c.Schema.Fields() {
		if !yields(f.Name) {
			gaps = append(gaps, f.Name)
		}
	}
	return gaps
}

// scanCollection reads a row of collectionColumns.
func scanCollection(row []any) (*models.Collection, error) {
	c := &models.Collection{}
	c.Id, _ = row[0].(string)
	c.System = row[3] == int64(1) || row[3] == true
	c.Type, _ = row[4].(string)
	c.Name, _ = row[5].(string)
	for i, rule := range []**string{&c.ListRule, &c.ViewRule, &c.CreateRule, &c.UpdateRule, &c.DeleteRule} {
		if text, ok := row[8+i].(string); ok {
			*rule = &text
		}
	}
	for _, column := range []struct {
		at   int
		scan func(any) error
	}{
		{1, c.Created.Scan},
		{2, c.Updated.Scan},
		{6, c.Schema.Scan},
		{7, c.Indexes.Scan},
		{13, c.Options.Scan},
	} {
		if err := column.scan(row[column.at]); err != nil {
			return nil, err
		}
	}
	return c, c.PostScan()
}
