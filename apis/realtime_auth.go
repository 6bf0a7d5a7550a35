package apis

import (
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// The identities of connected clients are kept in step with their accounts: a
// client whose account is gone, or whose tokens are void since the token key
// changed, goes on as a guest with its subscriptions. The changes pass the queue
// of the news, so what is committed after them is told by the new state.

// bindAdmins watches admins, and the collections that accounts go away with.
// Accounts themselves are watched as they are committed.
func (b *broadcaster) bindAdmins() {
	bind := func(h *hook.Hook[*core.ModelEvent], fn func(m models.Model) func()) {
		h.Bind(hook.Handler[*core.ModelEvent]{
			Info: hook.Info{ID: "realtime.auth", First: true, Source: hook.Source{Kind: hook.System}},
			Func: func(e *core.ModelEvent) error {
				if b.broker.Len() > 0 {
					if job := fn(e.Model); job != nil {
						b.queue.add(job)
					}
				}
				return nil
			},
		})
	}
	bind(b.app.OnModelAfterUpdate(), func(m models.Model) func() {
		if admin, ok := m.(*models.Admin); ok {
			stored := *admin
			return func() { refreshIdentities(b.broker, identity{admin: &stored}) }
		}
		return nil
	})
	bind(b.app.OnModelAfterDelete(), func(m models.Model) func() {
		switch m := m.(type) {
		case *models.Admin:
			key := identity{admin: m}.key()
			return func() { dropIdentities(b.broker, key) }
		case *models.Collection:
			key := identityKey{kind: m.Id}
			return func() { dropIdentities(b.broker, key) }
		}
		return nil
	})
}

// identityJob brings the clients of an account up to date after a write.
func (b *broadcaster) identityJob(account *models.Record, write daos.Write) func() {
	present := identity{record: account}
	if write == daos.WriteDelete {
		return func() { dropIdentities(b.broker, present.key()) }
	}
	return func() { refreshIdentities(b.broker, present) }
}

// refreshIdentities gives the clients of an account its present state.
func refreshIdentities(broker *realtime.Broker, present identity) {
	key := present.key()
	for _, client := range broker.Snapshot() {
		if current := identityOf(client); current.key() == key {
			if current.tokenKey() == present.tokenKey() {
				setIdentity(client, present)
			} else {
				setIdentity(client, identity{})
			}
		}
	}
}

// dropIdentities makes guests of the clients of an account, or without an id of
// all accounts of a kind.
func dropIdentities(broker *realtime.Broker, gone identityKey) {
	for _, client := range broker.Snapshot() {
		key := identityOf(client).key()
		if key == gone || (gone.id == "" && key.kind == gone.kind) {
			setIdentity(client, identity{})
		}
	}
}
