package daos

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// CanAccessRecord reports whether a request passes a rule for the stored record. Admins pass
// every rule; nil lets nobody else pass and "" everybody. A rule that does not resolve is an
// error.
func (d *Dao) CanAccessRecord(record *models.Record, requestInfo *models.RequestInfo, accessRule *string) (bool, error) {
	switch {
	case requestInfo != nil && requestInfo.Admin != nil:
		return true, nil
	case accessRule == nil:
		return false, nil
	case *accessRule == "":
		return true, nil
	}
	c := record.Collection()
	r := d.Resolver(c, requestInfo, true)
	rule, err := search.FilterData(*accessRule).BuildExpr(r)
	if err != nil {
		return false, err
	}
	query := d.DB().Select("(1)").From(c.Name).WithContext(d.ctx).
		AndWhere(dbx.HashExp{c.Name + ".id": record.Id}).AndWhere(rule).Limit(1)
	if err := r.UpdateQuery(query); err != nil {
		return false, err
	}
	var passed bool
	switch err := query.Row(&passed); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, nil
}
