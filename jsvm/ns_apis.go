package jsvm

import (
	"os"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

	"github.com/tackleboxdev/tacklebox/apis"
)

// apisNamespace is the middlewares and response parts of the API.
var apisNamespace = namespace{
	Name: "$apis",
	Doc:  "Middlewares, request data and answers of the API for own routes.",
	Bind: func(*environment) members {
		return members{
			"activityLogger":            apis.ActivityLogger,
			"bodyLimit":                 func(bytes int64) echo.MiddlewareFunc { return middleware.BodyLimit(bytes) },
			"enrichRecord":              apis.EnrichRecord,
			"enrichRecords":             apis.EnrichRecords,
			"gzip":                      func() echo.MiddlewareFunc { return middleware.Gzip() },
			"recordAuthResponse":        apis.RecordAuthResponse,
			"requestInfo":               apis.RequestInfo,
			"requireAdminAuth":          apis.RequireAdminAuth,
			"requireAdminAuthOnlyIfAny": apis.RequireAdminAuthOnlyIfAny,
			"requireAdminOrOwnerAuth":   requireAdminOrOwnerAuth,
			"requireAdminOrRecordAuth":  apis.RequireAdminOrRecordAuth,
			"requireGuestOnly":          apis.RequireGuestOnly,
			"requireRecordAuth":         apis.RequireRecordAuth,
			"staticDirectoryHandler": func(dir string, indexFallback bool) echo.HandlerFunc {
				return apis.StaticDirectoryHandler(os.DirFS(dir), indexFallback)
			},
		}
	},
}

// requireAdminOrOwnerAuth reads the owner from the path parameter "id" unless
// another is named.
func requireAdminOrOwnerAuth(param string) echo.MiddlewareFunc {
	if param == "" {
		param = "id"
	}
	return apis.RequireAdminOrOwnerAuth(param)
}
