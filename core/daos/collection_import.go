package daos

import (
	"errors"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// ImportCollections makes the stored collections what the imported ones say, matched by id, in
// one transaction. Without deleteMissing, other collections stay and so do fields that an
// imported collection does not name; with it they are deleted, which fails for system
// collections. afterSync, if not nil, runs at the end with the imported and the previous
// collections by id; its error undoes everything.
//
// Collections of the list may refer to each other in any order.
func (d *Dao) ImportCollections(
	importedCollections []*models.Collection,
	deleteMissing bool,
	afterSync func(txDao *Dao, mappedImported, mappedExisting map[string]*models.Collection) error,
) error {
	if len(importedCollections) == 0 {
		return errors.New("no collections to import")
	}
	return d.RunInTransaction(func(tx *Dao) error {
		defer tx.collections.Forget()
		set, err := tx.collections.set(tx.ctx)
		if err != nil {
			return err
		}
		existing := make(map[string]*models.Collection, len(set.all))
		for _, c := range set.all {
			existing[c.Id] = c.Clone()
		}
		imported, err := mapImported(importedCollections, existing, deleteMissing)
		if err != nil {
			return err
		}
		if err := tx.applyImport(set.all, importedCollections, imported, deleteMissing); err != nil {
			return err
		}
		if afterSync == nil {
			return nil
		}
		return afterSync(tx, imported, existing)
	})
}

// applyImport deletes what is missing and stores the rest.
func (d *Dao) applyImport(current, ordered []*models.Collection, imported map[string]*models.Collection, deleteMissing bool) error {
	views, err := d.workingViews("")
	if err != nil {
		return err
	}
	if deleteMissing {
		for _, c := range current {
			if imported[c.Id] != nil {
				continue
			}
			if err := d.dropCollection(c.Clone()); err != nil {
				return err
			}
		}
	}
	if err := d.storeImported(ordered); err != nil {
		return err
	}
	if err := d.refreshViews(""); err != nil {
		return err
	}
	return d.requireImported(views, imported, deleteMissing)
}

// requireImported checks that nothing which stays depends on something that went away.
func (d *Dao) requireImported(views []*models.Collection, imported map[string]*models.Collection, deleteMissing bool) error {
	kept := views[:0:0]
	for _, c := range views {
		if imported[c.Id] != nil || !deleteMissing {
			kept = append(kept, c)
		}
	}
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return err
	}
	for i, c := range kept {
		if now := set.byID[c.Id]; now != nil {
			kept[i] = now
		}
	}
	return d.requireViews(kept)
}

// mapImported prepares the imported collections for their save and returns them by id.
func mapImported(list []*models.Collection, existing map[string]*models.Collection, deleteMissing bool) (map[string]*models.Collection, error) {
	imported := make(map[string]*models.Collection, len(list))
	for _, c := range list {
		if c.Type == "" {
			c.Type = models.CollectionTypeBase
		}
		old := existing[c.Id]
		if old == nil {
			c.MarkAsNew()
			if !c.HasId() {
				c.RefreshId()
			}
		} else if err := mergeImported(c, old, deleteMissing); err != nil {
			return nil, err
		}
		imported[c.Id] = c
	}
	return imported, nil
}

// mergeImported turns an imported collection into a change of the existing one.
func mergeImported(c, old *models.Collection, deleteMissing bool) error {
	if c.Type != old.Type {
		return fmt.Errorf("the type of collection %q cannot be changed", old.Name)
	}
	c.MarkAsNotNew()
	c.Created = old.Created
	if deleteMissing {
		return nil
	}
	fields, err := old.Schema.Clone()
	if err != nil {
		return err
	}
	for _, f := range fields.Fields() {
		if c.Schema.GetFieldById(f.Id) == nil {
			c.Schema.AddField(f)
		}
	}
	return nil
}

// storeImported saves the collections: tables first, then views, which may build on each other
// and are tried again as long as that gets one further.
func (d *Dao) storeImported(list []*models.Collection) error {
	var views []*models.Collection
	for _, c := range list {
		if c.IsView() {
			views = append(views, c)
			continue
		}
		if err := d.saveCollection(c); err != nil {
			return wrapf(err, "import collection %q", c.Name)
		}
	}
	for len(views) > 0 {
		var later []*models.Collection
		var failure error
		for _, c := range views {
			if _, err := d.inferView(c.ViewOptions().Query); err != nil {
				later, failure = append(later, c), wrapf(err, "import collection %q", c.Name)
				continue
			}
			if err := d.saveCollection(c); err != nil {
				return wrapf(err, "import collection %q", c.Name)
			}
		}
		if len(later) == len(views) {
			return failure
		}
		views = later
	}
	return nil
}
