package daos

import (
	"database/sql"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// CollectionQuery returns a query for collections.
func (d *Dao) CollectionQuery() *dbx.SelectQuery { return d.ModelQuery(&models.Collection{}) }

// FindCollectionByNameOrId returns the collection with the id or, in any letter case, the
// name. The caller owns it. The error is sql.ErrNoRows if there is none.
func (d *Dao) FindCollectionByNameOrId(nameOrId string) (*models.Collection, error) {
	c, err := d.collection(nameOrId)
	if err != nil {
		return nil, err
	}
	return c.Clone(), nil
}

// CachedCollection is FindCollectionByNameOrId without the copy: the result is shared and
// must not be changed.
func (d *Dao) CachedCollection(nameOrID string) (*models.Collection, error) {
	return d.collection(nameOrID)
}

// ForgetCollections makes the next use load the collections anew. Stores through a dao do so
// by themselves; it is for changes made by raw SQL.
func (d *Dao) ForgetCollections() { d.collections.Forget() }

// RecheckCollections forgets the loaded collections if another process has changed them. It
// costs one small query.
func (d *Dao) RecheckCollections() error { return d.collections.recheck(d.Context()) }

// CollectionFinder returns the finder that resolvers use. What it finds must not be changed.
func (d *Dao) CollectionFinder() CollectionFinder { return CollectionFinder{d} }

// CollectionFinder finds shared collections.
type CollectionFinder struct{ d *Dao }

// FindCollectionByNameOrId is Dao.CachedCollection.
func (f CollectionFinder) FindCollectionByNameOrId(nameOrId string) (*models.Collection, error) {
	return f.d.collection(nameOrId)
}

// Plans returns where the compiled lists of a shared collection are kept, nil for any other.
func (f CollectionFinder) Plans(c *models.Collection) *search.Plans {
	set, err := f.d.collections.set(f.d.ctx)
	if err != nil || set.byID[c.Id] != c {
		return nil
	}
	return &set.plans
}

// collection returns a shared collection.
func (d *Dao) collection(nameOrID string) (*models.Collection, error) {
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return nil, err
	}
	return set.find(nameOrID)
}

// FindCollectionsByType returns all collections of a type, oldest first.
func (d *Dao) FindCollectionsByType(collectionType string) ([]*models.Collection, error) {
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return nil, err
	}
	found := []*models.Collection{}
	for _, c := range set.all {
		if c.Type == collectionType {
			found = append(found, c.Clone())
		}
	}
	slices.SortStableFunc(found, func(a, b *models.Collection) int {
		return a.Created.Time().Compare(b.Created.Time())
	})
	return found, nil
}

// FindCollectionReferences returns the relation fields of other collections, and its own,
// that point to the collection.
func (d *Dao) FindCollectionReferences(collection *models.Collection, excludeIds ...string) (map[*models.Collection][]*schema.SchemaField, error) {
	refs, err := d.references(collection.Id, excludeIds...)
	if err != nil {
		return nil, err
	}
	result := make(map[*models.Collection][]*schema.SchemaField, len(refs))
	for _, ref := range refs {
		c := ref.collection.Clone()
		for _, f := range ref.fields {
			result[c] = append(result[c], c.Schema.GetFieldById(f.Id))
		}
	}
	return result, nil
}

// reference is a collection with its relation fields to another one.
type reference struct {
	collection *models.Collection
	fields     []*schema.SchemaField
}

// references returns what points to a collection, ordered by collection name. The collections
// are shared.
func (d *Dao) references(collectionID string, excludeIDs ...string) ([]reference, error) {
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return nil, err
	}
	var refs []reference
	for _, c := range set.all {
		if slices.Contains(excludeIDs, c.Id) {
			continue
		}
		ref := reference{collection: c}
		for _, f := range c.Schema.Fields() {
			if relatedCollection(f) == collectionID {
				ref.fields = append(ref.fields, f)
			}
		}
		if len(ref.fields) > 0 {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b reference) int { return strings.Compare(a.collection.Name, b.collection.Name) })
	return refs, nil
}

// relatedCollection returns the id of the collection a relation field points to, "" for any
// other field.
func relatedCollection(f *schema.SchemaField) string {
	if o, ok := f.Options.(*schema.RelationOptions); ok && f.Type == schema.FieldTypeRelation {
		return o.CollectionId
	}
	return ""
}

// IsCollectionNameUnique reports whether no other collection has the name in any letter case.
func (d *Dao) IsCollectionNameUnique(name string, excludeIds ...string) bool {
	if name == "" {
		return false
	}
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return false
	}
	c, taken := set.byName[strings.ToLower(name)]
	return !taken || slices.Contains(excludeIds, c.Id)
}

// storedCollection reads a collection past the cache.
func (d *Dao) storedCollection(id string) (*models.Collection, error) {
	var found *models.Collection
	query := "SELECT " + collectionColumns + " FROM `_collections` WHERE `id` = " + d.q.Dialect().Placeholder(1)
	err := d.queryRows(query, []any{id}, func(row []any) (err error) {
		found, err = scanCollection(row)
		return err
	})
	if err == nil && found == nil {
		err = sql.ErrNoRows
	}
	return found, wrapf(err, "load collection %q", id)
}
