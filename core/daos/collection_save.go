package daos

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// ErrDependency is returned for a collection that cannot be deleted because something
// depends on it.
var ErrDependency = errors.New("the collection is in use")

// SaveCollection stores the collection and brings its table in line, all in one transaction:
// after an error the stored definition, the table and the cache are as they were. The fields
// of a view are worked out from its query. Views whose fields are affected are stored again.
//
// An index that cannot be created gives validation.Errors under "indexes". Apart from that the
// definition is not validated.
func (d *Dao) SaveCollection(collection *models.Collection) error {
	return d.RunInTransaction(func(tx *Dao) error {
		defer tx.collections.Forget()
		if err := tx.saveCollection(collection); err != nil {
			return err
		}
		return tx.refreshViews(collection.Id)
	})
}

// saveCollection stores one collection without a look at others. It runs in a transaction.
func (d *Dao) saveCollection(c *models.Collection) error {
	var old *models.Collection
	if !c.IsNew() {
		var err error
		if old, err = d.storedCollection(c.Id); err != nil {
			return err
		}
	}
	if err := c.NormalizeOptions(); err != nil {
		return err
	}
	store := func(write func() error) func() error {
		return func() error {
			if err := d.syncView(c, old); err != nil {
				return err
			}
			if err := write(); err != nil {
				return err
			}
			d.collections.Forget()
			return d.SyncRecordTableSchema(c, old)
		}
	}
	if c.IsNew() {
		return d.create(c, store(d.inserter(c)))
	}
	return d.update(c, store(d.updater(c)))
}

// DeleteCollection removes the collection with its table or view, in one transaction. The links
// of its accounts to OAuth2 providers go with it; its files are the caller's business.
//
// It fails for a system collection, and with ErrDependency for one that relation fields or
// views of other collections use.
func (d *Dao) DeleteCollection(collection *models.Collection) error {
	return d.RunInTransaction(func(tx *Dao) error {
		refs, err := tx.references(collection.Id, collection.Id)
		if err != nil {
			return err
		}
		if len(refs) > 0 {
			return fmt.Errorf("%w: the collection %q is referenced by %s", ErrDependency, collection.Name, referenceNames(refs))
		}
		working, err := tx.workingViews(collection.Id)
		if err != nil {
			return err
		}
		if err := tx.dropCollection(collection); err != nil {
			return err
		}
		return tx.requireViews(working)
	})
}

// dropCollection removes a collection without a look at others. It runs in a transaction.
func (d *Dao) dropCollection(c *models.Collection) error {
	if c.System {
		return fmt.Errorf("system collection %q cannot be deleted", c.Name)
	}
	defer d.collections.Forget()
	return d.remove(c, func() error {
		drop := d.DeleteTable
		if c.IsView() {
			drop = d.DeleteView
		}
		if err := drop(c.Name); err != nil {
			return wrapf(err, "delete the table of collection %q", c.Name)
		}
		return d.deleter(c)()
	}, nil)
}

func referenceNames(refs []reference) string {
	var names []string
	for _, ref := range refs {
		for _, f := range ref.fields {
			names = append(names, ref.collection.Name+"."+f.Name)
		}
	}
	return strings.Join(names, ", ")
}
