package apis

import (
	"github.com/labstack/echo/v5"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// listModels returns the page of a query that the request asks for, and what is on it. Filters
// and sorts may use the fields.
func listModels[M any](c *echo.Context, query *dbx.SelectQuery, fields ...string) ([]*M, *search.Result, error) {
	items := []*M{}
	provider := search.NewProvider(search.NewSimpleFieldResolver(fields...)).Query(query.WithContext(c.Request().Context()))
	result, err := provider.ParseAndExec(c.QueryString(), &items)
	if err != nil {
		return nil, nil, web.NewBadRequestError("", err)
	}
	return items, result, nil
}
