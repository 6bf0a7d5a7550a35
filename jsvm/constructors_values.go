package jsvm

import (
	"net/http"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/types"
	"github.com/tackleboxdev/tacklebox/mailer"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// valueConstructors are the classes of plain values.
var valueConstructors = []constructor{
	{Name: "Command", Doc: "A command of the command line.", Migrations: true, New: newCommand},
	{Name: "Cookie", Doc: "A cookie of a request or an answer.", Migrations: true, New: assigned[http.Cookie]},
	{Name: "DateTime", Doc: "A point in time, by default now.", Migrations: true, New: newDateTime},
	{Name: "FormData", Doc: "Named values for a multipart request.", Migrations: true, New: newFormData},
	{Name: "MailerMessage", Doc: "A mail.", Migrations: true, New: assigned[mailer.Message]},
	{Name: "RequestInfo", Doc: "What rules and expand know of a request.", Migrations: true, New: newRequestInfo},
	{Name: "SubscriptionMessage", Doc: "A realtime message.", Migrations: true, New: assigned[realtime.Message]},
}

// newDateTime reads a text; without one it is the current time, and one that
// is no time is the zero time.
func newDateTime(_ *environment, args []goja.Value) (any, error) {
	now := types.NowDateTime()
	text, ok := optional(args, 0).Export().(string)
	if !ok || text == "" {
		return &now, nil
	}
	parsed, err := types.ParseDateTime(text)
	if err != nil {
		parsed = types.DateTime{}
	}
	return &parsed, nil
}

// newFormData is an empty form.
func newFormData(*environment, []goja.Value) (any, error) { return &formData{}, nil }

// newRequestInfo is a request of the default context unless the argument says otherwise.
func newRequestInfo(env *environment, args []goja.Value) (any, error) {
	info := &models.RequestInfo{}
	if err := env.read(args, 0, info); err != nil {
		return nil, err
	}
	if info.Context == "" {
		info.Context = models.RequestInfoContextDefault
	}
	return info, nil
}
