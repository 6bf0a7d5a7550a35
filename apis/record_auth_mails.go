package apis

import (
	"context"
	"sync"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
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

func (a *recordAuthAPI) requestVerification(c *echo.Context) error {
	form := forms.NewRecordVerificationRequest(a.app, routeCollection(c))
	record, err := findReceiver(a.app, c, form, "verification request")
	if record == nil {
		return err
	}
	event := &core.RecordRequestVerificationEvent{BaseCollectionEvent: routeEvent(c), HttpContext: c, Record: record}
	return requestMail(c, event,
		a.app.OnRecordBeforeRequestVerificationRequest(),
		func(e *core.RecordRequestVerificationEvent) { a.send("verification", e.Record, form.Send) },
		a.app.OnRecordAfterRequestVerificationRequest(),
	)
}

func (a *recordAuthAPI) confirmVerification(c *echo.Context) error {
	form := forms.NewRecordVerificationConfirm(a.app, routeCollection(c))
	record, err := findConfirmed(c, form)
	if err != nil {
		return err
	}
	event := &core.RecordConfirmVerificationEvent{BaseCollectionEvent: routeEvent(c), HttpContext: c, Record: record}
	return aroundEmpty(c, event,
		a.app.OnRecordBeforeConfirmVerificationRequest(),
		func(e *core.RecordConfirmVerificationEvent) error {
			return failedTo("Failed to confirm verification.", form.Save(e.Record))
		},
		a.app.OnRecordAfterConfirmVerificationRequest(),
	)
}

func (a *recordAuthAPI) requestPasswordReset(c *echo.Context) error {
	collection := routeCollection(c)
	if options := collection.AuthOptions(); !options.AllowUsernameAuth && !options.AllowEmailAuth {
		return web.NewBadRequestError("The collection is not configured to allow password authentication.", nil)
	}
	form := forms.NewRecordPasswordResetRequest(a.app, collection)
	record, err := findReceiver(a.app, c, form, "password reset request")
	if record == nil {
		return err
	}
	event := &core.RecordRequestPasswordResetEvent{BaseCollectionEvent: routeEvent(c), HttpContext: c, Record: record}
	return requestMail(c, event,
		a.app.OnRecordBeforeRequestPasswordResetRequest(),
		func(e *core.RecordRequestPasswordResetEvent) { a.send("password reset", e.Record, form.Send) },
		a.app.OnRecordAfterRequestPasswordResetRequest(),
	)
}

func (a *recordAuthAPI) confirmPasswordReset(c *echo.Context) error {
	form := forms.NewRecordPasswordResetConfirm(a.app, routeCollection(c))
	record, err := findConfirmed(c, form)
	if err != nil {
		return err
	}
	event := &core.RecordConfirmPasswordResetEvent{BaseCollectionEvent: routeEvent(c), HttpContext: c, Record: record}
	return aroundEmpty(c, event,
		a.app.OnRecordBeforeConfirmPasswordResetRequest(),
		func(e *core.RecordConfirmPasswordResetEvent) error {
			return failedTo(textResetFailed, form.Save(e.Record))
		},
		a.app.OnRecordAfterConfirmPasswordResetRequest(),
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
	event := &core.RecordRequestEmailChangeEvent{BaseCollectionEvent: routeEvent(c), HttpContext: c, Record: authRecord(c)}
	return aroundEmpty(c, event,
		a.app.OnRecordBeforeRequestEmailChangeRequest(),
		func(e *core.RecordRequestEmailChangeEvent) error {
			return failedTo("Failed to request email change.", form.Send(e.Record))
		},
		a.app.OnRecordAfterRequestEmailChangeRequest(),
	)
}

func (a *recordAuthAPI) confirmEmailChange(c *echo.Context) error {
	form := forms.NewRecordEmailChangeConfirm(a.app, routeCollection(c))
	record, err := findConfirmed(c, form)
	if err != nil {
		return err
	}
	event := &core.RecordConfirmEmailChangeEvent{BaseCollectionEvent: routeEvent(c), HttpContext: c, Record: record}
	return aroundEmpty(c, event,
		a.app.OnRecordBeforeConfirmEmailChangeRequest(),
		func(e *core.RecordConfirmEmailChangeEvent) error {
			return failedTo("Failed to confirm email change.", form.Save(e.Record))
		},
		a.app.OnRecordAfterConfirmEmailChangeRequest(),
	)
}
