package apis

import (
	"fmt"
	"sync"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

type recordAuthAPI struct {
	app   *core.App
	mails mailsUnderway

	redirects sync.Mutex // so that an OAuth2 redirect works once
}

func bindRecordAuth(app *core.App, api, logged *echo.Group) {
	a := &recordAuthAPI{app: app}
	api.GET("/oauth2-redirect", a.oauth2Redirect)
	api.POST("/oauth2-redirect", a.oauth2Redirect)

	own, ownerOrAdmin := RequireSameContextRecordAuth(), RequireAdminOrOwnerAuth(defaultOwnerParam)
	auth := logged.Group("/collections/:collection", loadCollection(app, models.CollectionTypeAuth))
	auth.GET("/auth-methods", a.authMethods)
	auth.POST("/auth-with-password", a.authWithPassword)
	auth.POST("/auth-with-oauth2", a.authWithOAuth2)
	auth.POST("/auth-refresh", a.authRefresh, own)
	auth.POST("/request-verification", a.requestVerification)
	auth.POST("/confirm-verification", a.confirmVerification)
	auth.POST("/request-password-reset", a.requestPasswordReset)
	auth.POST("/confirm-password-reset", a.confirmPasswordReset)
	auth.POST("/request-email-change", a.requestEmailChange, own)
	auth.POST("/confirm-email-change", a.confirmEmailChange)
	auth.GET("/records/:id/external-auths", a.listExternalAuths, ownerOrAdmin)
	auth.DELETE("/records/:id/external-auths/:provider", a.unlinkExternalAuth, ownerOrAdmin)
}

// RecordAuthResponse signs a record in: it makes a token, fires the auth event
// and answers with token, record and, unless nil, meta. The finalizers run right
// before the answer is written. The email of the record is always part of the
// answer, and its relations are expanded as the record itself sees them.
func RecordAuthResponse(
	app *core.App, c *echo.Context, record *models.Record, meta any, finalizers ...func(token string) error,
) error {
	if record.Collection().AuthOptions().OnlyVerified && !record.Verified() {
		return web.NewForbiddenError("Please verify your account first.", nil)
	}
	token, err := core.NewRecordAuthToken(app, record)
	if err != nil {
		return web.NewBadRequestError("Failed to create auth token.", err)
	}
	event := &core.RecordAuthEvent{HttpContext: c, Record: record, Token: token, Meta: meta}
	event.Collection = record.Collection()
	return app.OnRecordAuthRequest().Trigger(event, func(e *core.RecordAuthEvent) error {
		if isCommitted(c) {
			return nil
		}
		info := *RequestInfo(c)
		info.Admin, info.AuthRecord = nil, e.Record
		expands := parseExpands(c.QueryParam(expandParam))
		dao := requestDao(app, c)
		if err := enrichAs(dao, &info, []*models.Record{e.Record}, expands); err != nil {
			app.Logger().Debug("enrich auth record", "error", err.Error())
		}
		for _, finalize := range finalizers {
			if err := finalize(e.Token); err != nil {
				return fmt.Errorf("finish auth response: %w", err)
			}
		}
		answer := map[string]any{"token": e.Token, "record": e.Record}
		if e.Meta != nil {
			answer["meta"] = e.Meta
		}
		return respond(c, answer)
	})
}

func (a *recordAuthAPI) authWithPassword(c *echo.Context) error {
	collection := routeCollection(c)
	form := forms.NewRecordPasswordLogin(a.app, collection)
	form.SetDao(requestDao(a.app, c))
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	event := &core.RecordAuthWithPasswordEvent{
		HttpContext: c, Record: form.Find(), Identity: form.Identity, Password: form.Password,
	}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeAuthWithPasswordRequest(),
		func(e *core.RecordAuthWithPasswordEvent) error {
			return failedTo(textAuthFailed, form.Check(e.Record))
		},
		a.app.OnRecordAfterAuthWithPasswordRequest(),
		func(e *core.RecordAuthWithPasswordEvent) error {
			return RecordAuthResponse(a.app, c, e.Record, nil)
		},
	)
}

func (a *recordAuthAPI) authRefresh(c *echo.Context) error {
	event := &core.RecordAuthRefreshEvent{HttpContext: c, Record: authRecord(c)}
	event.Collection = routeCollection(c)
	return hook.Around(event,
		a.app.OnRecordBeforeAuthRefreshRequest(),
		func(*core.RecordAuthRefreshEvent) error { return nil },
		a.app.OnRecordAfterAuthRefreshRequest(),
		func(e *core.RecordAuthRefreshEvent) error {
			return RecordAuthResponse(a.app, c, e.Record, nil)
		},
	)
}
