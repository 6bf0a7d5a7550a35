package apis

import (
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// actions are the names by which clients know what happened to a record.
var actions = [...]string{daos.WriteCreate: "create", daos.WriteUpdate: "update", daos.WriteDelete: "delete"}

// broadcaster tells subscribers what happens to records. A write only leaves a
// copy of the record in a queue; who may see it, in what form, and the sending
// are the business of the queue's own goroutine.
//
// Deletes are the exception, as nothing is left to look at afterwards: what needs the
// database is looked up in the transaction that deletes, and told once that is
// committed.
type broadcaster struct {
	app    *core.App
	broker *realtime.Broker
	queue  *broadcastQueue

	// deletes holds what is prepared for records that are about to be deleted.
	deletes deletionStore
}

func newBroadcaster(app *core.App) *broadcaster {
	b := &broadcaster{app: app, broker: app.SubscriptionsBroker()}
	b.queue = newBroadcastQueue(app, b.overrun)
	return b
}

// bind makes the broadcaster see every write. Stored records are queued as they are
// committed, so each client hears of them in that order, whichever request is
// faster afterwards; that is before any after handler. Deletes are queued in the same
// order, but wait for the after handlers, behind which the news come: any of them may
// still hide it.
func (b *broadcaster) bind() {
	core.ObserveCommits(b.app, b)
	bind := func(h *hook.Hook[*core.ModelEvent], fn func(dao *daos.Dao, r *models.Record)) {
		h.Bind(hook.Handler[*core.ModelEvent]{
			Info: hook.Info{ID: "realtime.broadcast", Source: hook.Source{Kind: hook.System}},
			Func: func(e *core.ModelEvent) error {
				if record, ok := e.Model.(*models.Record); ok {
					fn(e.Dao, record)
				}
				return nil
			},
		})
	}
	bind(b.app.OnModelBeforeDelete(), b.prepareDelete)
	bind(b.app.OnModelAfterDelete(), func(_ *daos.Dao, r *models.Record) {
		if d := b.deletes.get(r); d != nil {
			d.decide(true)
		}
	})
	b.bindAdmins()
}

// Writing implements core.CommitObserver.
func (b *broadcaster) Writing(record *models.Record, write daos.Write) func() {
	if record.Collection() == nil || b.broker.Len() == 0 {
		return nil
	}
	var jobs []func()
	if record.Collection().IsAuth() && write != daos.WriteCreate {
		jobs = append(jobs, b.identityJob(record.CleanCopy(), write))
	}
	switch {
	case write == daos.WriteDelete:
		if d := b.deletes.get(record); d != nil {
			jobs = append(jobs, d.tell)
		}
	case b.isWatched(record):
		snapshot := record.CleanCopy()
		jobs = append(jobs, func() {
			if dao := b.app.Dao(); dao != nil {
				send(b.newsOf(dao, write, snapshot).deliveries(b.audiences(dao, snapshot)))
			}
		})
	}
	if len(jobs) == 0 {
		return nil
	}
	return func() { b.queue.add(jobs...) }
}

// Deleted implements core.CommitObserver.
func (b *broadcaster) Deleted(record *models.Record) {
	if d := b.deletes.take(record); d != nil {
		d.decide(false)
	}
}

// prepareDelete looks at a record while it still exists, in the transaction that
// deletes it. What can be decided without the database is left for later.
func (b *broadcaster) prepareDelete(dao *daos.Dao, record *models.Record) {
	if !b.isWatched(record) {
		b.deletes.take(record)
		return
	}
	snapshot := record.CleanCopy()
	news := b.newsOf(dao, daos.WriteDelete, snapshot)
	now, later := news.split(b.audiences(dao, snapshot))
	ready := news.deliveries(now)
	b.deletes.put(record, newDeletion(b.queue, func() {
		send(ready)
		if dao := b.app.Dao(); dao != nil {
			send(b.newsOf(dao, daos.WriteDelete, snapshot).deliveries(later))
		}
	}))
}

// overrun is called when the news come faster than they can be told. Clients
// that missed something have to know, so they are disconnected.
func (b *broadcaster) overrun(lost int) {
	b.app.Logger().Warn("Realtime clients dropped: too many changes at once", "lost", lost)
	for _, client := range b.broker.Snapshot() {
		client.Discard()
	}
}

func (b *broadcaster) isWatched(record *models.Record) bool {
	if record.Collection() == nil {
		return false
	}
	list, view := topicsOf(record)
	return b.broker.HasSubscriptions(list[:]...) || b.broker.HasSubscriptions(view[:]...)
}

// topicsOf returns the topics that the list rule and the view rule of a record's
// collection stand for.
func topicsOf(record *models.Record) (list [4]string, view [2]string) {
	c := record.Collection()
	return [...]string{c.Name + "/*", c.Id + "/*", c.Name, c.Id},
		[...]string{c.Name + "/" + record.Id, c.Id + "/" + record.Id}
}

// delivery is one message with everybody it goes to.
type delivery struct {
	message *realtime.Message
	clients []*realtime.Client
}

func send(deliveries []delivery) {
	for _, d := range deliveries {
		for _, client := range d.clients {
			client.SendShared(d.message)
		}
	}
}
