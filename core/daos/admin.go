package daos

import (
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

// DeleteAdmin removes an admin. It fails for the only one there is.
func (d *Dao) DeleteAdmin(admin *models.Admin) error {
	total, err := d.TotalAdmins()
	if err != nil {
		return err
	}
	if total == 1 {
		return errors.New("you cannot delete the only existing admin")
	}
	return d.Delete(admin)
}

func (d *Dao) findAdmin(match dbx.HashExp) (*models.Admin, error) {
	admin := &models.Admin{}
	if err := d.AdminQuery().AndWhere(match).Limit(1).One(admin); err != nil {
		return nil, err
	}
	return admin, nil
}
