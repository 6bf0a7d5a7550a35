package apis

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// The steps that requests for mails share, and those that a token of a mail confirms, whether it
// is about admins or records.

// findReceiver loads a form and returns who gets the mail that it asks for. The request is over
// when that is nobody: it is answered like any other, so that addresses cannot be guessed, and
// only the log tells why.
func findReceiver[M any](app *core.App, c *echo.Context, form interface {
	Validate() error
	Find() (*M, error)
}, what string,
) (*M, error) {
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return nil, err
	}
	if err := form.Validate(); err != nil {
		return nil, web.NewBadRequestError(textFormInvalid, err)
	}
	receiver, err := form.Find()
	if err != nil {
		app.Logger().Debug(what, "error", err.Error())
		return nil, noContent(c)
	}
	return receiver, nil
}

// requestMail fires the events around the start of a mail. The answer does not tell what hooks
// made of it either: it is 204, unless a hook answered, before an error of theirs is looked at.
func requestMail[E any](c *echo.Context, event E, before *hook.Hook[E], send func(E), after *hook.Hook[E]) error {
	start := func(e E) error {
		send(e)
		return nil
	}
	hookErr := aroundEmpty(c, event, before, start, after)
	if err := noContent(c); err != nil {
		return err
	}
	return hookErr
}

// findConfirmed loads a form with a token and returns the model that it changes.
func findConfirmed[M any](c *echo.Context, form interface{ ValidateAndFill() (*M, error) }) (*M, error) {
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return nil, err
	}
	return form.ValidateAndFill()
}

// aroundEmpty is [hook.Around] for requests that are answered with 204.
func aroundEmpty[E any](c *echo.Context, event E, before *hook.Hook[E], act func(E) error, after *hook.Hook[E]) error {
	return hook.Around(event, before, act, after, func(E) error { return noContent(c) })
}

// routeEvent is the part that events about the collection of the route have in common.
func routeEvent(c *echo.Context) core.BaseCollectionEvent {
	return core.BaseCollectionEvent{Collection: routeCollection(c)}
}
