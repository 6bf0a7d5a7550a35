package apis

import (
	"slices"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	textGuestsOnly       = "The request can be accessed only by guests."
	textNeedsRecord      = "The request requires valid record authorization token to be set."
	textNeedsAdmin       = "The request requires valid admin authorization token to be set."
	textNeedsAny         = "The request requires admin or record authorization token to be set."
	textRecordNotAllowed = "The authorized record model is not allowed to perform this action."

	defaultOwnerParam = "id"
)

// RequireGuestOnly refuses requests with a valid token.
func RequireGuestOnly() echo.MiddlewareFunc {
	return guard(func(c *echo.Context) error {
		if authRecord(c) != nil || authAdmin(c) != nil {
			return web.NewBadRequestError(textGuestsOnly, nil)
		}
		return nil
	})
}

// RequireRecordAuth refuses requests without a valid record token. With names
// the record must belong to one of these collections.
func RequireRecordAuth(collectionNames ...string) echo.MiddlewareFunc {
	return guard(func(c *echo.Context) error {
		record := authRecord(c)
		if record == nil {
			return web.NewUnauthorizedError(textNeedsRecord, nil)
		}
		return requireCollection(record, collectionNames)
	})
}

// RequireSameContextRecordAuth refuses requests without a token of a record of
// the route's own collection.
func RequireSameContextRecordAuth() echo.MiddlewareFunc {
	return guard(func(c *echo.Context) error {
		record := authRecord(c)
		if record == nil {
			return web.NewUnauthorizedError(textNeedsRecord, nil)
		}
		collection := routeCollection(c)
		if collection == nil || record.Collection().Id != collection.Id {
			return web.NewForbiddenError(
				"The request requires auth record from "+record.Collection().Name+" collection.", nil)
		}
		return nil
	})
}

// RequireAdminAuth refuses requests without a valid admin token.
func RequireAdminAuth() echo.MiddlewareFunc {
	return guard(requireAdmin)
}

// RequireAdminAuthOnlyIfAny is RequireAdminAuth as soon as there is an admin.
func RequireAdminAuthOnlyIfAny(app *core.App) echo.MiddlewareFunc {
	return guard(func(c *echo.Context) error { return requireAdminIfAny(app, c) })
}

func requireAdminIfAny(app *core.App, c *echo.Context) error {
	if authAdmin(c) != nil {
		return nil
	}
	total, err := app.Dao().TotalAdmins()
	if err != nil {
		return web.NewBadRequestError("Failed to fetch admins info.", err)
	}
	if total == 0 {
		return nil
	}
	return requireAdmin(c)
}

// RequireAdminOrRecordAuth refuses requests without a valid token. With names a
// record must belong to one of these collections.
func RequireAdminOrRecordAuth(collectionNames ...string) echo.MiddlewareFunc {
	return guard(func(c *echo.Context) error {
		if authAdmin(c) != nil {
			return nil
		}
		record := authRecord(c)
		if record == nil {
			return web.NewUnauthorizedError(textNeedsAny, nil)
		}
		return requireCollection(record, collectionNames)
	})
}

// RequireAdminOrOwnerAuth refuses requests of anyone but admins and the record
// whose id is the path parameter, "id" if none is named.
func RequireAdminOrOwnerAuth(ownerIdParam string) echo.MiddlewareFunc {
	if ownerIdParam == "" {
		ownerIdParam = defaultOwnerParam
	}
	return guard(func(c *echo.Context) error {
		if authAdmin(c) != nil {
			return nil
		}
		record := authRecord(c)
		if record == nil {
			return web.NewUnauthorizedError(textNeedsAny, nil)
		}
		collection := routeCollection(c)
		if record.Id != c.Param(ownerIdParam) || (collection != nil && record.Collection().Id != collection.Id) {
			return web.NewForbiddenError("", nil)
		}
		return nil
	})
}

func requireAdmin(c *echo.Context) error {
	if authAdmin(c) == nil {
		return web.NewUnauthorizedError(textNeedsAdmin, nil)
	}
	return nil
}

func requireCollection(record *models.Record, names []string) error {
	if len(names) > 0 && !slices.Contains(names, record.Collection().Name) {
		return web.NewForbiddenError(textRecordNotAllowed, nil)
	}
	return nil
}

func guard(check func(c *echo.Context) error) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			if err := check(c); err != nil {
				return err
			}
			return next(c)
		}
	}
}

func authAdmin(c *echo.Context) *models.Admin {
	admin, _ := c.Get(ContextAdminKey).(*models.Admin)
	return admin
}

func authRecord(c *echo.Context) *models.Record {
	record, _ := c.Get(ContextAuthRecordKey).(*models.Record)
	return record
}

func routeCollection(c *echo.Context) *models.Collection {
	collection, _ := c.Get(ContextCollectionKey).(*models.Collection)
	return collection
}
