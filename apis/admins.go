package apis

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

type adminAPI struct{ app *core.App }

func bindAdmins(app *core.App, api *echo.Group) {
	a := &adminAPI{app}
	admin := RequireAdminAuth()
	api.POST("/admins/auth-with-password", a.authWithPassword)
	api.POST("/admins/request-password-reset", a.requestPasswordReset)
	api.POST("/admins/confirm-password-reset", a.confirmPasswordReset)
	api.POST("/admins/auth-refresh", a.authRefresh, admin)
	api.GET("/admins", a.list, admin)
	api.POST("/admins", a.create, RequireAdminAuthOnlyIfAny(app))
	api.GET("/admins/:id", a.view, admin)
	api.PATCH("/admins/:id", a.update, admin)
	api.DELETE("/admins/:id", a.delete, admin)
}

// authResponse signs the admin in: it makes a token and answers with both.
func (a *adminAPI) authResponse(c *echo.Context, admin *models.Admin) error {
	token, err := core.NewAdminAuthToken(a.app, admin)
	if err != nil {
		return web.NewBadRequestError("Failed to create auth token.", err)
	}
	event := &core.AdminAuthEvent{HttpContext: c, Admin: admin, Token: token}
	return a.app.OnAdminAuthRequest().Trigger(event, func(e *core.AdminAuthEvent) error {
		return respond(e.HttpContext, map[string]any{"token": e.Token, "admin": e.Admin})
	})
}

func (a *adminAPI) authWithPassword(c *echo.Context) error {
	form := forms.NewAdminLogin(a.app)
	form.SetDao(requestDao(a.app, c))
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	event := &core.AdminAuthWithPasswordEvent{
		HttpContext: c, Admin: form.Find(), Identity: form.Identity, Password: form.Password,
	}
	return hook.Around(event,
		a.app.OnAdminBeforeAuthWithPasswordRequest(),
		func(e *core.AdminAuthWithPasswordEvent) error {
			if err := form.Check(e.Admin); err != nil {
				return web.NewBadRequestError(textAuthFailed, err)
			}
			return nil
		},
		a.app.OnAdminAfterAuthWithPasswordRequest(),
		func(e *core.AdminAuthWithPasswordEvent) error { return a.authResponse(e.HttpContext, e.Admin) },
	)
}

func (a *adminAPI) authRefresh(c *echo.Context) error {
	event := &core.AdminAuthRefreshEvent{HttpContext: c, Admin: authAdmin(c)}
	return hook.Around(event,
		a.app.OnAdminBeforeAuthRefreshRequest(),
		func(*core.AdminAuthRefreshEvent) error { return nil },
		a.app.OnAdminAfterAuthRefreshRequest(),
		func(e *core.AdminAuthRefreshEvent) error { return a.authResponse(e.HttpContext, e.Admin) },
	)
}

func (a *adminAPI) requestPasswordReset(c *echo.Context) error {
	form := forms.NewAdminPasswordResetRequest(a.app)
	admin, err := findReceiver(a.app, c, form, "admin password reset request")
	if admin == nil {
		return err
	}
	event := &core.AdminRequestPasswordResetEvent{HttpContext: c, Admin: admin}
	return requestMail(c, event,
		a.app.OnAdminBeforeRequestPasswordResetRequest(),
		func(e *core.AdminRequestPasswordResetEvent) {
			receiver := e.Admin
			a.app.Go(func(context.Context) {
				if err := form.Send(receiver); err != nil { //nolint:contextcheck // it is finished although the app closes
					a.app.Logger().Error("send admin password reset mail", "error", err.Error())
				}
			})
		},
		a.app.OnAdminAfterRequestPasswordResetRequest(),
	)
}

func (a *adminAPI) confirmPasswordReset(c *echo.Context) error {
	form := forms.NewAdminPasswordResetConfirm(a.app)
	admin, err := findConfirmed(c, form)
	if err != nil {
		return err
	}
	event := &core.AdminConfirmPasswordResetEvent{HttpContext: c, Admin: admin}
	return aroundEmpty(c, event,
		a.app.OnAdminBeforeConfirmPasswordResetRequest(),
		func(e *core.AdminConfirmPasswordResetEvent) error {
			return failedTo(textResetFailed, form.Save(e.Admin))
		},
		a.app.OnAdminAfterConfirmPasswordResetRequest(),
	)
}

func (a *adminAPI) list(c *echo.Context) error {
	admins, result, err := listModels[models.Admin](c, a.app.Dao().AdminQuery(), "id", "created", "updated", "name", "email")
	if err != nil {
		return err
	}
	event := &core.AdminsListEvent{HttpContext: c, Admins: admins, Result: result}
	return a.app.OnAdminsListRequest().Trigger(event, func(e *core.AdminsListEvent) error {
		return respond(e.HttpContext, e.Result)
	})
}

func (a *adminAPI) find(c *echo.Context) (*models.Admin, error) {
	admin, err := requestDao(a.app, c).FindAdminById(c.Param("id"))
	if err != nil {
		return nil, web.NewNotFoundError("", err)
	}
	return admin, nil
}

func (a *adminAPI) view(c *echo.Context) error {
	admin, err := a.find(c)
	if err != nil {
		return err
	}
	event := &core.AdminViewEvent{HttpContext: c, Admin: admin}
	return a.app.OnAdminViewRequest().Trigger(event, func(e *core.AdminViewEvent) error {
		return respond(e.HttpContext, e.Admin)
	})
}

func (a *adminAPI) create(c *echo.Context) error {
	admin := &models.Admin{}
	form := forms.NewAdminUpsert(a.app, admin)
	if err := bindForm(c, form, textInvalidFormat); err != nil {
		return err
	}
	if err := form.ValidateAndFill(); err != nil {
		// What was refused may tell of an admin that was made since the guard asked.
		if refused := requireAdminIfAny(a.app, c); refused != nil {
			return refused
		}
		return err
	}
	event := &core.AdminCreateEvent{HttpContext: c, Admin: admin}
	return hook.Around(event,
		a.app.OnAdminBeforeCreateRequest(),
		func(e *core.AdminCreateEvent) error { return a.saveCreated(c, form, e.Admin) },
		a.app.OnAdminAfterCreateRequest(),
		func(e *core.AdminCreateEvent) error { return respond(e.HttpContext, e.Admin) },
	)
}

// saveCreated stores a new admin. What a guest creates must be the first one still: others may
// have asked at the same time.
func (a *adminAPI) saveCreated(c *echo.Context, form *forms.AdminUpsert, admin *models.Admin) error {
	save := form.Save
	if authAdmin(c) == nil && admin != nil {
		save = func(admin *models.Admin) error { return daos.SaveFirstAdmin(a.app.Dao(), admin) }
	}
	err := save(admin)
	if errors.Is(err, daos.ErrAdminExists) {
		return requireAdmin(c)
	}
	return failedTo("Failed to create admin.", err)
}

func (a *adminAPI) update(c *echo.Context) error {
	admin, err := a.find(c)
	if err != nil {
		return err
	}
	form := forms.NewAdminUpsert(a.app, admin)
	if err := bindForm(c, form, textInvalidFormat); err != nil {
		return err
	}
	if err := form.ValidateAndFill(); err != nil {
		return err
	}
	event := &core.AdminUpdateEvent{HttpContext: c, Admin: admin}
	return hook.Around(event,
		a.app.OnAdminBeforeUpdateRequest(),
		func(e *core.AdminUpdateEvent) error { return failedTo("Failed to update admin.", form.Save(e.Admin)) },
		a.app.OnAdminAfterUpdateRequest(),
		func(e *core.AdminUpdateEvent) error { return respond(e.HttpContext, e.Admin) },
	)
}

func (a *adminAPI) delete(c *echo.Context) error {
	admin, err := a.find(c)
	if err != nil {
		return err
	}
	event := &core.AdminDeleteEvent{HttpContext: c, Admin: admin}
	return hook.Around(event,
		a.app.OnAdminBeforeDeleteRequest(),
		func(e *core.AdminDeleteEvent) error {
			return failedTo("Failed to delete admin.", a.app.Dao().DeleteAdmin(e.Admin))
		},
		a.app.OnAdminAfterDeleteRequest(),
		func(e *core.AdminDeleteEvent) error { return noContent(e.HttpContext) },
	)
}

// failedTo gives the error of a write the text that clients see. Of the cause
// only field errors are shown.
func failedTo(text string, err error) error {
	if err == nil {
		return nil
	}
	return web.NewBadRequestError(text, err)
}

// rawError is the answer of the routes that exist to find out what is wrong.
func rawError(text string, err error) error {
	return web.NewApiError(http.StatusBadRequest, fmt.Sprintf("%s Raw error: \n%s", text, err), nil)
}
