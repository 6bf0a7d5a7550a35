package daos

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// ExternalAuthQuery returns a query for the links of accounts to OAuth2 providers.
func (d *Dao) ExternalAuthQuery() *dbx.SelectQuery { return d.ModelQuery(&models.ExternalAuth{}) }

// FindAllExternalAuthsByRecord returns the links of an account, oldest first and those of the
// same time by provider.
func (d *Dao) FindAllExternalAuthsByRecord(authRecord *models.Record) ([]*models.ExternalAuth, error) {
	links := []*models.ExternalAuth{}
	if authRecord.Collection() == nil {
		return links, nil
	}
	err := d.ExternalAuthQuery().AndWhere(linksOf(authRecord)).OrderBy("created ASC", "provider ASC").All(&links)
	if err != nil {
		return nil, wrapf(err, "load external auths of %q", authRecord.Id)
	}
	return links, nil
}

// FindExternalAuthByRecordAndProvider returns the link of an account to a provider, or
// sql.ErrNoRows.
func (d *Dao) FindExternalAuthByRecordAndProvider(authRecord *models.Record, provider string) (*models.ExternalAuth, error) {
	if authRecord.Collection() == nil {
		return nil, models.ErrNotAuthRecord
	}
	return d.FindFirstExternalAuthByExpr(dbx.And(linksOf(authRecord), dbx.HashExp{"provider": provider}))
}

// FindFirstExternalAuthByExpr returns the first link for which the expression holds, or
// sql.ErrNoRows.
func (d *Dao) FindFirstExternalAuthByExpr(expr dbx.Expression) (*models.ExternalAuth, error) {
	link := &models.ExternalAuth{}
	if err := d.ExternalAuthQuery().AndWhere(dbx.Not(dbx.HashExp{"providerId": ""})).AndWhere(expr).Limit(1).One(link); err != nil {
		return nil, err
	}
	return link, nil
}

// SaveExternalAuth stores a link, all parts of which have to be set.
func (d *Dao) SaveExternalAuth(link *models.ExternalAuth) error {
	for _, part := range []struct{ name, value string }{
		{"collectionId", link.CollectionId},
		{"recordId", link.RecordId},
		{"provider", link.Provider},
		{"providerId", link.ProviderId},
	} {
		if part.value == "" {
			return fmt.Errorf("save external auth: its %s is missing", part.name)
		}
	}
	return d.Save(link)
}

// DeleteExternalAuth removes a link.
func (d *Dao) DeleteExternalAuth(link *models.ExternalAuth) error {
	if link == nil {
		return errors.New("delete external auth: there is none")
	}
	return d.Delete(link)
}

// deleteExternalAuths removes all links of a record, if it is an account.
func (d *Dao) deleteExternalAuths(record *models.Record) error {
	if !record.Collection().IsAuth() {
		return nil
	}
	links, err := d.FindAllExternalAuthsByRecord(record)
	if err != nil {
		return err
	}
	for _, link := range links {
		if err := d.DeleteExternalAuth(link); err != nil {
			return err
		}
	}
	return nil
}

func linksOf(record *models.Record) dbx.HashExp {
	return dbx.HashExp{"collectionId": record.Collection().Id, "recordId": record.Id}
}
