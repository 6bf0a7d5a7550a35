package apis

import (
	"context"
	"sync"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// mailsUnderway keeps requests from starting a mail of a kind to an account
// while one is being sent. The zero value is ready.
type mailsUnderway struct {
	mu   sync.Mutex
	keys map[string]struct{}
}

func (m *mailsUnderway) begin(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.keys[key]; ok {
		return false
	}
	if m.keys == nil {
		m.keys = map[string]struct{}{}
	}
	m.keys[key] = struct{}{}
	return true
}

func (m *mailsUnderway) end(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.keys, key)
}

// send mails a record in the background, to the end even if the app closes
// meanwhile. What goes wrong is only logged: the client must not learn of it.
func (a *recordAuthAPI) send(kind string, record *models.Record, send func(*models.Record) error) {
	if record == nil {
		return
	}
	key := kind + " " + record.Collection().Id + " " + record.Id
	if !a.mails.begin(key) {
		return
	}
	a.app.Go(func(context.Context) {
		defer a.mails.end(key)
		if err := send(record); err != nil {
			a.app.Logger().Debug("send "+kind+" mail", "record", record.Id, "error", err.Error())
		}
	})
}

// alike ends requests that must not tell whether there is an account: 204,
// unless a hook answered, before the error of a hook is looked at.
func alike(c *echo.Context, hookErr error) error {
	if err := noContent(c); err != nil {
		return err
	}
	return hookErr
}

func (a *recordAuthAPI) requestVerification(c *echo.Context) error {
	collection := routeCollection(c)
	form := forms.NewRecordVerificationRequest(a.app, collection)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return web.NewBadRequestError(textFormInvalid, err)
	}
	record, err := form.Find()
	if err != nil {
		a.app.Logger().Debug("verification request", "error", err.Error())
		return noContent(c)
	}
	event := &core.RecordRequestVerificationEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return alike(c, hook.Around(event,
		a.app.OnRecordBeforeRequestVerificationRequest(),
		func(e *core.RecordRequestVerificationEvent) error {
			a.send("verification", e.Record, form.Send)
			return nil
		},
		a.app.OnRecordAfterRequestVerificationRequest(),
		func(*core.RecordRequestVerificationEvent) error { return noContent(c) },
	))
}

func (a *recordAuthAPI) confirmVerification(c *echo.Context) error {
	collection := routeCollection(c)
	form := forms.NewRecordVerificationConfirm(a.app, collection)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	record, err := form.ValidateAndFill()
	if err != nil {
		return err
	}
	event := &core.RecordConfirmVerificationEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeConfirmVerificationRequest(),
		func(e *core.RecordConfirmVerificationEvent) error {
			return failedTo("Failed to confirm verification.", form.Save(e.Record))
		},
		a.app.OnRecordAfterConfirmVerificationRequest(),
		func(*core.RecordConfirmVerificationEvent) error { return noContent(c) },
	)
}

func (a *recordAuthAPI) requestPasswordReset(c *echo.Context) error {
	collection := routeCollection(c)
	if options := collection.AuthOptions(); !options.AllowUsernameAuth && !options.AllowEmailAuth {
		return web.NewBadRequestError("The collection is not configured to allow password authentication.", nil)
	}
	form := forms.NewRecordPasswordResetRequest(a.app, collection)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return web.NewBadRequestError(textFormInvalid, err)
	}
	record, err := form.Find()
	if err != nil {
		a.app.Logger().Debug("password reset request", "error", err.Error())
		return noContent(c)
	}
	event := &core.RecordRequestPasswordResetEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return alike(c, hook.Around(event,
		a.app.OnRecordBeforeRequestPasswordResetRequest(),
		func(e *core.RecordRequestPasswordResetEvent) error {
			a.send("password reset", e.Record, form.Send)
			return nil
		},
		a.app.OnRecordAfterRequestPasswordResetRequest(),
		func(*core.RecordRequestPasswordResetEvent) error { return noContent(c) },
	))
}

func (a *recordAuthAPI) confirmPasswordReset(c *echo.Context) error {
	collection := routeCollection(c)
	form := forms.NewRecordPasswordResetConfirm(a.app, collection)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	record, err := form.ValidateAndFill()
	if err != nil {
		return err
	}
	event := &core.RecordConfirmPasswordResetEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeConfirmPasswordResetRequest(),
		func(e *core.RecordConfirmPasswordResetEvent) error {
			return failedTo(textResetFailed, form.Save(e.Record))
		},
		a.app.OnRecordAfterConfirmPasswordResetRequest(),
		func(*core.RecordConfirmPasswordResetEvent) error { return noContent(c) },
	)
}

// requestEmailChange waits for the mail to be sent: the client is signed in and
// learns whether the address can be reached.
func (a *recordAuthAPI) requestEmailChange(c *echo.Context) error {
	form := forms.NewRecordEmailChangeRequest(a.app, authRecord(c))
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	event := &core.RecordRequestEmailChangeEvent{HttpContext: c, Record: authRecord(c)}
	event.Collection = routeCollection(c)
	return hook.Around(event,
		a.app.OnRecordBeforeRequestEmailChangeRequest(),
		func(e *core.RecordRequestEmailChangeEvent) error {
			return failedTo("Failed to request email change.", form.Send(e.Record))
		},
		a.app.OnRecordAfterRequestEmailChangeRequest(),
		func(*core.RecordRequestEmailChangeEvent) error { return noContent(c) },
	)
}

func (a *recordAuthAPI) confirmEmailChange(c *echo.Context) error {
	collection := routeCollection(c)
	form := forms.NewRecordEmailChangeConfirm(a.app, collection)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	record, err := form.ValidateAndFill()
	if err != nil {
		return err
	}
	event := &core.RecordConfirmEmailChangeEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeConfirmEmailChangeRequest(),
		func(e *core.RecordConfirmEmailChangeEvent) error {
			return failedTo("Failed to confirm email change.", form.Save(e.Record))
		},
		a.app.OnRecordAfterConfirmEmailChangeRequest(),
		func(*core.RecordConfirmEmailChangeEvent) error { return noContent(c) },
	)
}
