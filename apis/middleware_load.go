package apis

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v5"
	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const bearerPrefix = "Bearer "

// loadAuthContext puts the admin or record that the Authorization header names
// into the context. Any invalid token makes the request one of a guest.
func loadAuthContext(app *core.App) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			token := c.Request().Header.Get(echo.HeaderAuthorization)
			if token != "" {
				loadAuth(app, c, strings.TrimPrefix(token, bearerPrefix))
			}
			return next(c)
		}
	}
}

func loadAuth(app *core.App, c *echo.Context, token string) {
	claims, err := security.ParseUnverifiedJWT(token)
	if err != nil {
		return
	}
	dao := requestDao(app, c)
	switch cast.ToString(claims[core.TokenClaimType]) {
	case core.TokenTypeAdmin:
		admin, err := dao.FindAdminByToken(token, settings.Get(app.Settings(), adminAuthSecret))
		if err == nil && admin != nil {
			c.Set(ContextAdminKey, admin)
		}
	case core.TokenTypeAuthRecord:
		record, err := dao.FindAuthRecordByToken(token, settings.Get(app.Settings(), recordAuthSecret))
		if err == nil && record != nil {
			c.Set(ContextAuthRecordKey, record)
		}
	}
}

func adminAuthSecret(s *settings.Settings) string  { return s.AdminAuthToken.Secret }
func recordAuthSecret(s *settings.Settings) string { return s.RecordAuthToken.Secret }

// loadCollection puts the collection that the path names into the context. With
// types a collection of any other type is refused. The collection is shared and
// must not be changed.
func loadCollection(app *core.App, types ...string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			collection, err := findCollection(app, c.Param("collection"))
			if err != nil {
				return err
			}
			if len(types) > 0 && !slices.Contains(types, collection.Type) {
				return web.NewBadRequestError(textUnsupportedType, nil)
			}
			c.Set(ContextCollectionKey, collection)
			return next(c)
		}
	}
}

func findCollection(app *core.App, nameOrId string) (*models.Collection, error) {
	if nameOrId == "" {
		return nil, web.NewNotFoundError("", nil)
	}
	collection, err := app.Dao().CachedCollection(nameOrId)
	if err != nil || collection == nil {
		return nil, web.NewNotFoundError("", err)
	}
	return collection, nil
}
