package apis

import (
	"math/rand/v2"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	maxListQuery   = 2048
	maxListPenalty = 100 * time.Millisecond
)

// adminOnlyFields must not occur in the filters and sorts of others, since they
// reach what no rule of the collection has allowed.
var adminOnlyFields = []string{"@collection.", "@request."}

func (a *recordAPI) list(c *echo.Context) error {
	collection := routeCollection(c)
	if err := requireRule(c, collection.ListRule); err != nil {
		return err
	}
	params, err := a.listParams(c)
	if err != nil {
		return err
	}
	records, result, err := a.findPage(c, collection, params)
	if err != nil {
		return web.NewBadRequestError("", err)
	}
	if len(records) == 0 && params.Filter != "" && ruleApplies(c, collection.ListRule) {
		delayGuesses(c)
	}
	event := &core.RecordsListEvent{HttpContext: c, Records: records, Result: result}
	event.Collection = collection
	return a.app.OnRecordsListRequest().Trigger(event, func(e *core.RecordsListEvent) error {
		if isCommitted(c) {
			return nil
		}
		a.enrich(c, e.Records...)
		return respond(c, e.Result)
	})
}

func (a *recordAPI) listParams(c *echo.Context) (search.ListParams, error) {
	if len(c.QueryString()) > maxListQuery && len(c.QueryParams().Encode()) > maxListQuery {
		return search.ListParams{}, web.NewBadRequestError("Query string is too large.", nil)
	}
	params, err := search.ParseListParams(c.QueryString())
	if err != nil {
		return params, web.NewBadRequestError("", err)
	}
	if authAdmin(c) != nil {
		return params, nil
	}
	for _, text := range []string{params.Filter, params.Sort} {
		for _, name := range adminOnlyFields {
			if strings.Contains(text, name) {
				return params, web.NewForbiddenError("Only admins can filter by "+name, nil)
			}
		}
	}
	return params, nil
}

func (a *recordAPI) findPage(c *echo.Context, collection *models.Collection, params search.ListParams) (
	[]*models.Record, *search.Result, error,
) {
	isAdmin := authAdmin(c) != nil
	var info *models.RequestInfo
	var filters []search.FilterData
	if ruleApplies(c, collection.ListRule) {
		filters = append(filters, search.FilterData(*collection.ListRule))
	}
	if params.Filter != "" {
		filters = append(filters, search.FilterData(params.Filter))
	}
	if len(filters) > 0 || params.Sort != "" {
		info = RequestInfo(c)
	}
	dao := a.app.Dao()
	result, records, err := dao.ListRecords(c.Request().Context(), collection, daos.ListOptions{
		ListQuery: search.ListQuery{Filters: filters, Sort: search.ParseSortFromString(params.Sort)},
		Page:      params.Page,
		PerPage:   params.PerPage,
		SkipTotal: params.SkipTotal,
		Resolver:  dao.Resolver(collection, info, isAdmin),
	})
	return records, result, err
}

// delayGuesses hides in the answer time of empty lists whether a filter matched
// rows that the rule hides.
func delayGuesses(c *echo.Context) {
	timer := time.NewTimer(rand.N(maxListPenalty)) //nolint:gosec // noise, no secret
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.Request().Context().Done():
	}
}
