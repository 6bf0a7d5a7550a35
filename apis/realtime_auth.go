package apis

import (
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// bindRealtimeAuth keeps the identities of connected clients in step with their
// accounts. A client whose account is gone, or whose tokens are void since the
// token key changed, goes on as a guest with its subscriptions.
func bindRealtimeAuth(app *core.App) {
	broker := app.SubscriptionsBroker()
	first := func(id string, fn func(*core.ModelEvent) error) hook.Handler[*core.ModelEvent] {
		return hook.Handler[*core.ModelEvent]{
			Info: hook.Info{ID: id, First: true, Source: hook.Source{Kind: hook.System}}, Func: fn,
		}
	}
	app.OnModelAfterUpdate().Bind(first("realtime.auth", func(e *core.ModelEvent) error {
		refreshIdentities(broker, e.Model)
		return nil
	}))
	app.OnModelAfterDelete().Bind(first("realtime.auth", func(e *core.ModelEvent) error {
		dropIdentities(broker, e.Model)
		return nil
	}))
}

// accountKey returns the key of the identity that a model is the account of.
func accountKey(m models.Model) (identityKey, bool) {
	switch m := m.(type) {
	case *models.Admin:
		return identity{admin: m}.key(), true
	case *models.Record:
		if c := m.Collection(); c != nil && c.IsAuth() {
			return identity{record: m}.key(), true
		}
	}
	return identityKey{}, false
}

func refreshIdentities(broker *realtime.Broker, m models.Model) {
	key, ok := accountKey(m)
	if !ok {
		return
	}
	for _, client := range broker.Snapshot() {
		current := identityOf(client)
		if current.key() == key {
			setIdentity(client, refreshed(current, m))
		}
	}
}

// refreshed returns the identity after a change of its account.
func refreshed(current identity, m models.Model) identity {
	switch m := m.(type) {
	case *models.Admin:
		if m.TokenKey == current.admin.TokenKey {
			stored := *m
			return identity{admin: &stored}
		}
	case *models.Record:
		if m.TokenKey() == current.record.TokenKey() {
			return identity{record: m.CleanCopy()}
		}
	}
	return identity{}
}

func dropIdentities(broker *realtime.Broker, m models.Model) {
	var gone func(identityKey) bool
	if collection, ok := m.(*models.Collection); ok {
		gone = func(k identityKey) bool { return k.kind == collection.Id }
	} else if key, ok := accountKey(m); ok {
		gone = func(k identityKey) bool { return k == key }
	} else {
		return
	}
	for _, client := range broker.Snapshot() {
		if gone(identityOf(client).key()) {
			setIdentity(client, identity{})
		}
	}
}
