package daos

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
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
		if err := d.dropBroken(views); err != nil {
			return err
		}
	}
	if err := d.storeImported(ordered, leavingNames(current, imported)); err != nil {
		return err
	}
	if err := d.refreshViews(""); err != nil {
		return err
	}
	return d.requireImported(views, imported, deleteMissing)
}

// dropBroken drops those of the views that lost what they read: no table can be renamed as long
// as there is one. The import creates them again, or fails.
func (d *Dao) dropBroken(views []*models.Collection) error {
	for _, c := range views {
		if d.isReadable(c.Name) {
			continue
		}
		if err := d.DeleteView(c.Name); err != nil {
			return wrapf(err, "drop view %q", c.Name)
		}
	}
	return nil
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

// leavingNames returns the names, in lower case, that collections have and will not have after
// the import, with their ids.
func leavingNames(current []*models.Collection, imported map[string]*models.Collection) map[string]string {
	leaving := map[string]string{}
	for _, c := range current {
		if now := imported[c.Id]; now != nil && !sameName(now.Name, c.Name) {
			leaving[strings.ToLower(c.Name)] = c.Id
		}
	}
	return leaving
}

// storeImported saves the collections: tables first, then views, which may build on each other
// and are tried again as long as that gets one further.
func (d *Dao) storeImported(list []*models.Collection, leaving map[string]string) error {
	var views []*models.Collection
	for _, c := range list {
		if c.IsView() {
			views = append(views, c)
			continue
		}
		if err := d.storeRenamed(c, leaving); err != nil {
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
			if err := d.storeRenamed(c, leaving); err != nil {
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

// storeRenamed saves a collection of an import. The one that still has its name, and gets another
// one later on, makes room by a temporary name: names may be swapped. That is a save of its own,
// so that what follows the changes of collections, such as migrations, can repeat it.
func (d *Dao) storeRenamed(c *models.Collection, leaving map[string]string) error {
	if id := leaving[strings.ToLower(c.Name)]; id != "" && id != c.Id {
		holder, err := d.storedCollection(id)
		if err != nil {
			return err
		}
		holder.Name += "_" + security.PseudorandomString(8)
		if err := d.saveCollection(holder); err != nil {
			return wrapf(err, "make room for its name")
		}
	}
	maps.DeleteFunc(leaving, func(_, id string) bool { return id == c.Id })
	return d.saveCollection(c)
}
