package daos

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// AdminQuery returns a query for admins.
func (d *Dao) AdminQuery() *dbx.SelectQuery { return d.ModelQuery(&models.Admin{}) }

// FindAdminById returns the admin with the id, or sql.ErrNoRows.
func (d *Dao) FindAdminById(id string) (*models.Admin, error) {
	return d.findAdmin(dbx.HashExp{"id": id})
}

// FindAdminByEmail returns the admin with exactly this email, or sql.ErrNoRows.
func (d *Dao) FindAdminByEmail(email string) (*models.Admin, error) {
	return d.findAdmin(dbx.HashExp{"email": email})
}

// FindAdminByToken returns the admin a token was made for, once its signature and expiry are
// verified with the admin's token key and baseTokenKey.
func (d *Dao) FindAdminByToken(token string, baseTokenKey string) (*models.Admin, error) {
	claims, err := security.ParseUnverifiedJWT(token)
	if err != nil {
		return nil, err
	}
	id, _ := claims["id"].(string)
	if id == "" {
		return nil, ErrInvalidToken
	}
	admin, err := d.FindAdminById(id)
	if err != nil {
		return nil, err
	}
	if _, err := security.ParseJWT(token, admin.TokenKey+baseTokenKey); err != nil {
		return nil, err
	}
	return admin, nil
}

// TotalAdmins returns the number of admins.
func (d *Dao) TotalAdmins() (int, error) {
	var total int
	err := d.DB().Select("COUNT(*)").From("_admins").WithContext(d.ctx).Row(&total)
	return total, err
}

// IsAdminEmailUnique reports whether no other admin has the email.
func (d *Dao) IsAdminEmailUnique(email string, excludeIds ...string) bool {
	if email == "" {
		return false
	}
	query := d.DB().Select("COUNT(*)").From("_admins").AndWhere(dbx.HashExp{"email": email}).WithContext(d.ctx)
	if ids := nonEmpty(excludeIds); len(ids) > 0 {
		query.AndWhere(dbx.NotIn("id", ids...))
	}
	var taken int
	return query.Row(&taken) == nil && taken == 0
}

// SaveAdmin stores an admin, which is not validated.
func (d *Dao) SaveAdmin(admin *models.Admin) error { return d.Save(admin) }

// ErrAdminExists is returned when what was to become the first admin is not the first.
var ErrAdminExists = errors.New("there is an admin already")

// SaveFirstAdmin stores a new admin, unless there is one by the time of the write: that is
// ErrAdminExists.
func SaveFirstAdmin(d *Dao, admin *models.Admin) error {
	return d.create(admin, func() error {
		return d.RunInTransaction(func(tx *Dao) error {
			total, err := tx.TotalAdmins()
			if err != nil {
				return err
			}
			if total > 0 {
				return ErrAdminExists
			}
			return tx.inserter(admin)()
		})
	})
}

// errLastAdmin is returned for the delete of the only admin, without whom anybody could make
// the first one again.
var errLastAdmin = errors.New("you cannot delete the only existing admin")

// DeleteAdmin removes an admin. It fails for the only one there is.
func (d *Dao) DeleteAdmin(admin *models.Admin) error {
	total, err := d.TotalAdmins()
	if err != nil {
		return err
	}
	if total == 1 {
		return errLastAdmin
	}
	return d.remove(admin, func() error { return d.eraseAdmin(admin) }, nil)
}

// eraseAdmin deletes the row unless it is the last one by now: the others may have been deleted
// at the same time.
func (d *Dao) eraseAdmin(admin *models.Admin) error {
	table, id := d.quote(admin.TableName()), d.quote("id")
	query := "DELETE FROM " + table + " WHERE " + id + " = " + d.q.Dialect().Placeholder(1) +
		" AND (SELECT COUNT(*) FROM " + table + ") > 1 RETURNING " + id
	erased := false
	err := d.queryRows(query, []any{admin.Id}, func([]any) error {
		erased = true
		return nil
	})
	if err != nil || erased {
		return err
	}
	if _, err := d.FindAdminById(admin.Id); errors.Is(err, sql.ErrNoRows) {
		return nil // it is gone already
	}
	return errLastAdmin
}

func (d *Dao) findAdmin(match dbx.HashExp) (*models.Admin, error) {
	admin := &models.Admin{}
	if err := d.AdminQuery().AndWhere(match).Limit(1).One(admin); err != nil {
		return nil, err
	}
	return admin, nil
}
