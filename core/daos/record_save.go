package daos

import (
	"errors"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// SaveRecord stores a record: an insert when it is new, else an update. Its fields are not
// validated. A violated unique index gives an error that matches db.ErrUnique; UniqueColumns
// tells which columns.
//
// An account needs a username and an id that no account of any collection has; without a token
// key it gets one. When it turns from unverified to verified, its links to OAuth2 providers
// are removed in the same transaction, and if there were any it gets a new token key.
func (d *Dao) SaveRecord(record *models.Record) error {
	c := record.Collection()
	if c == nil {
		return errors.New("save record: it has no collection")
	}
	if c.IsView() {
		return fmt.Errorf("save record: %q is a view", c.Name)
	}
	if !c.IsAuth() {
		return d.Save(record)
	}
	return d.saveAccount(record)
}

func (d *Dao) saveAccount(record *models.Record) error {
	if record.Username() == "" {
		return errors.New("unable to save auth record without username")
	}
	if record.TokenKey() == "" {
		if err := record.RefreshTokenKey(); err != nil {
			return err
		}
	}
	if record.IsNew() && record.HasId() { // ids of our own making do not repeat
		if err := d.checkAuthID(record.Id); err != nil {
			return err
		}
	}
	verified, err := d.becomesVerified(record)
	if err != nil {
		return err
	}
	if !verified {
		return d.Save(record)
	}
	key := record.TokenKey()
	return d.RunInTransaction(func(tx *Dao) error {
		tx.onRollback(func() { _ = record.SetTokenKey(key) }) // it is an account, so there is no error
		if err := tx.dropExternalAuths(record); err != nil {
			return err
		}
		return tx.Save(record)
	})
}
