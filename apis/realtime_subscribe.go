package apis

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/realtime"
)

const (
	textUnknownClient = "Missing or invalid client id."
	textOtherAuth     = "The current and the previous request authorization don't match."
)

// subscribe replaces the identity and all subscriptions of a client.
func (a *realtimeAPI) subscribe(c *echo.Context) error {
	form := forms.NewRealtimeSubscribe()
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	client, err := a.app.SubscriptionsBroker().ClientById(form.ClientId)
	if err != nil {
		return web.NewNotFoundError(textUnknownClient, err)
	}
	if !mayTakeOver(identityOf(client), requestIdentity(c)) {
		return web.NewForbiddenError(textOtherAuth, nil)
	}
	event := &core.RealtimeSubscribeEvent{HttpContext: c, Client: client, Subscriptions: form.Subscriptions}
	return hook.Around(event,
		a.app.OnRealtimeBeforeSubscribeRequest(),
		func(e *core.RealtimeSubscribeEvent) error {
			a.identify(e.Client, requestIdentity(c))
			e.Client.Resubscribe(e.Subscriptions...)
			return nil
		},
		a.app.OnRealtimeAfterSubscribeRequest(),
		func(*core.RealtimeSubscribeEvent) error { return noContent(c) },
	)
}

// identity is on whose behalf a client receives messages; the zero value is a
// guest.
type identity struct {
	admin  *models.Admin
	record *models.Record
}

func requestIdentity(c *echo.Context) identity {
	if admin := authAdmin(c); admin != nil {
		return identity{admin: admin}
	}
	return identity{record: authRecord(c)}
}

// identityOf returns the identity that is stored with a client, where hooks may
// change it too.
func identityOf(client *realtime.Client) identity {
	if admin, _ := client.Get(ContextAdminKey).(*models.Admin); admin != nil {
		return identity{admin: admin}
	}
	if record, _ := client.Get(ContextAuthRecordKey).(*models.Record); record != nil && record.Collection() != nil {
		return identity{record: record}
	}
	return identity{}
}

// key is equal for identities of the same account.
func (i identity) key() identityKey {
	switch {
	case i.admin != nil:
		return identityKey{kind: "admin", id: i.admin.Id}
	case i.record != nil:
		return identityKey{kind: i.record.Collection().Id, id: i.record.Id}
	}
	return identityKey{}
}

// tokenKey is what all tokens of the account depend on.
func (i identity) tokenKey() string {
	switch {
	case i.admin != nil:
		return i.admin.TokenKey
	case i.record != nil:
		return i.record.TokenKey()
	}
	return ""
}

type identityKey struct{ kind, id string }

// mayTakeOver tells whether the owner of a client may turn from one identity
// into another: guests may sign in, everybody else stays who they are.
func mayTakeOver(previous, next identity) bool {
	return previous.key() == identityKey{} || previous.key() == next.key()
}

// identify stores the identity with the client. It then looks once more whether
// the account is as it was when the request was let in, since a change in
// between could not know of this client.
func (a *realtimeAPI) identify(client *realtime.Client, i identity) {
	setIdentity(client, i)
	switch {
	case i.admin != nil:
		if admin, err := a.app.Dao().FindAdminById(i.admin.Id); err != nil || admin.TokenKey != i.admin.TokenKey {
			setIdentity(client, identity{})
		}
	case i.record != nil:
		record, err := a.app.Dao().FindRecordById(i.record.Collection().Id, i.record.Id)
		if err != nil || record.TokenKey() != i.record.TokenKey() {
			setIdentity(client, identity{})
		}
	}
}

func setIdentity(client *realtime.Client, i identity) {
	client.Update(func(values map[string]any) {
		delete(values, ContextAdminKey)
		delete(values, ContextAuthRecordKey)
		switch {
		case i.admin != nil:
			values[ContextAdminKey] = i.admin
		case i.record != nil:
			values[ContextAuthRecordKey] = i.record
		}
	})
}
