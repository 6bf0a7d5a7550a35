package apis

import (
	"errors"

	"github.com/labstack/echo/v5"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/web"
)

var errRuleFailed = errors.New("the request does not satisfy the collection rule")

// requireRule refuses everyone but admins where there is no rule at all.
func requireRule(c *echo.Context, rule *string) error {
	if rule == nil && authAdmin(c) == nil {
		return web.NewForbiddenError(textOnlyAdmins, nil)
	}
	return nil
}

// ruleApplies tells whether a rule has to be evaluated for the request.
func ruleApplies(c *echo.Context, rule *string) bool {
	return authAdmin(c) == nil && rule != nil && *rule != ""
}

type queryFilter = func(q *dbx.SelectQuery) error

// ruleFilter narrows a query down to the records for which a rule holds. It is
// nil when the rule lets everything pass.
func ruleFilter(dao *daos.Dao, c *models.Collection, info *models.RequestInfo, rule *string) queryFilter {
	if rule == nil || *rule == "" {
		return nil
	}
	return conditionFilter(dao, c, info, *rule, true)
}

// conditionFilter narrows a query down to the records that satisfy a condition.
func conditionFilter(dao *daos.Dao, c *models.Collection, info *models.RequestInfo, condition string, allowHidden bool) queryFilter {
	return func(q *dbx.SelectQuery) error {
		r := dao.Resolver(c, info, allowHidden)
		expression, err := search.FilterData(condition).BuildExpr(r)
		if err != nil {
			return err
		}
		q.AndWhere(expression)
		return r.UpdateQuery(q)
	}
}

// decideRule evaluates a rule on a record in memory. It leaves the decision to
// the database (decided is false) when the rule needs other rows, when it does
// not resolve, and for views, whose columns have no types of their own.
func decideRule(dao *daos.Dao, record *models.Record, info *models.RequestInfo, rule string) (passed, decided bool) {
	c := record.Collection()
	if c.IsView() {
		return false, false
	}
	node, err := search.Parse(rule)
	if err != nil {
		return false, false
	}
	if free, err := search.JoinFree(node, dao.Resolver(c, info, true)); err != nil || !free {
		return false, false
	}
	passed, err = search.Evaluate(node, dao.Resolver(c, info, true).Lookup(record))
	return passed, err == nil
}

// canManage tells whether the request may change what is otherwise up to the
// owner of an account. Guests never may.
func canManage(dao *daos.Dao, record *models.Record, info *models.RequestInfo) bool {
	if info.Admin != nil {
		return true
	}
	if info.AuthRecord == nil || !record.Collection().IsAuth() {
		return false
	}
	rule := record.Collection().AuthOptions().ManageRule
	if rule == nil || *rule == "" {
		return false
	}
	ok, err := dao.CanAccessRecord(record, info, rule)
	return err == nil && ok
}
