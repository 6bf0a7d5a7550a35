package daos

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// ParamQuery returns a query for named values.
func (d *Dao) ParamQuery() *dbx.SelectQuery { return d.ModelQuery(&models.Param{}) }

// FindParamByKey returns the named value, or sql.ErrNoRows.
func (d *Dao) FindParamByKey(key string) (*models.Param, error) {
	param := &models.Param{}
	if err := d.ParamQuery().AndWhere(dbx.HashExp{"key": key}).Limit(1).One(param); err != nil {
		return nil, err
	}
	return param, nil
}

// SaveParam stores the JSON of a value under a name, encrypted when a key (of 32 bytes) is
// given.
func (d *Dao) SaveParam(key string, value any, optEncryptionKey ...string) error {
	raw, err := types.ParseJsonRaw(value)
	if err != nil {
		return err
	}
	if encryptionKey := firstText(optEncryptionKey); encryptionKey != "" {
		sealed, err := security.Encrypt(raw, encryptionKey)
		if err != nil {
			return wrapf(err, "encrypt the value of %q", key)
		}
		raw = types.JsonRaw(sealed)
	}
	param, err := d.FindParamByKey(key)
	if errors.Is(err, sql.ErrNoRows) {
		param, err = &models.Param{Key: key}, nil
	}
	if err != nil {
		return err
	}
	param.Value = raw
	return d.Save(param)
}

// DeleteParam removes a named value.
func (d *Dao) DeleteParam(param *models.Param) error { return d.Delete(param) }

func firstText(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
