package apis

import (
	"errors"
	"net/http"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/web"
)

type settingsAPI struct{ app *core.App }

func bindSettings(app *core.App, api *echo.Group) {
	a := &settingsAPI{app}
	admin := RequireAdminAuth()
	api.GET("/settings", a.list, admin)
	api.PATCH("/settings", a.update, admin)
	api.POST("/settings/test/s3", a.testS3, admin)
	api.POST("/settings/test/email", a.testEmail, admin)
	api.POST("/settings/apple/generate-client-secret", a.appleClientSecret, admin)
}

func (a *settingsAPI) list(c *echo.Context) error {
	redacted, err := a.app.Settings().RedactClone()
	if err != nil {
		return web.NewBadRequestError("", err)
	}
	event := &core.SettingsListEvent{HttpContext: c, RedactedSettings: redacted}
	return a.app.OnSettingsListRequest().Trigger(event, func(e *core.SettingsListEvent) error {
		return respond(e.HttpContext, e.RedactedSettings)
	})
}

func (a *settingsAPI) update(c *echo.Context) error {
	form := forms.NewSettingsUpsert(a.app)
	if err := bindForm(c, form.Settings, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	event := &core.SettingsUpdateEvent{
		HttpContext: c, OldSettings: a.app.Settings(), NewSettings: form.Settings,
	}
	return hook.Around(event,
		a.app.OnSettingsBeforeUpdateRequest(),
		func(e *core.SettingsUpdateEvent) error {
			return failedTo("An error occurred while submitting the form.", form.Save(e.NewSettings))
		},
		a.app.OnSettingsAfterUpdateRequest(),
		func(e *core.SettingsUpdateEvent) error {
			redacted, err := a.app.Settings().RedactClone()
			if err != nil {
				return web.NewBadRequestError("", err)
			}
			return respond(e.HttpContext, redacted)
		},
	)
}

func (a *settingsAPI) testS3(c *echo.Context) error {
	form := forms.NewTestS3Filesystem(a.app)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Submit(); err != nil {
		return testFailure("Failed to test the S3 filesystem.", err)
	}
	return noContent(c)
}

func (a *settingsAPI) testEmail(c *echo.Context) error {
	form := forms.NewTestEmailSend(a.app)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Submit(); err != nil {
		return testFailure("Failed to send the test email.", err)
	}
	return noContent(c)
}

func (a *settingsAPI) appleClientSecret(c *echo.Context) error {
	form := forms.NewAppleClientSecretCreate(a.app)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return web.NewBadRequestError("Invalid client secret data.", err)
	}
	secret, err := form.Submit()
	if err != nil {
		return rawError("Failed to generate client secret.", err)
	}
	return c.JSON(http.StatusOK, map[string]string{"secret": secret})
}

// testFailure shows field errors as such and any other error in full.
func testFailure(text string, err error) error {
	if fields, ok := errors.AsType[validation.Errors](err); ok {
		return web.NewBadRequestError(text, fields)
	}
	return rawError(text, err)
}
