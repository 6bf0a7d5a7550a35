package apis

import (
	"runtime"
	"weak"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// What happened to a record.
const (
	actionCreate = "create"
	actionUpdate = "update"
	actionDelete = "delete"
)

// broadcaster tells subscribers what happens to records. A write only leaves a
// copy of the record in a queue; who may see it, in what form, and the sending
// are the business of the queue's own goroutine.
//
// Deletes are the exception, as nothing is left to look at afterwards: their
// messages are prepared in the transaction that deletes, and sent from the queue
// once that is committed.
type broadcaster struct {
	app    *core.App
	broker *realtime.Broker
	queue  *broadcastQueue

	// deletes holds what is prepared for records that are about to be deleted.
	deletes deliveryStore
}

func newBroadcaster(app *core.App) *broadcaster {
	b := &broadcaster{app: app, broker: app.SubscriptionsBroker()}
	b.queue = newBroadcastQueue(app, b.overrun)
	return b
}

// bind registers the handlers: ahead of all others where a record was stored,
// since it stays stored whatever the others do, and behind all others where one
// is deleted, since any of them may still refuse.
func (b *broadcaster) bind() {
	bind := func(h *hook.Hook[*core.ModelEvent], first bool, fn func(dao *daos.Dao, r *models.Record)) {
		h.Bind(hook.Handler[*core.ModelEvent]{
			Info: hook.Info{ID: "realtime.broadcast", First: first, Source: hook.Source{Kind: hook.System}},
			Func: func(e *core.ModelEvent) error {
				if record, ok := e.Model.(*models.Record); ok {
					fn(e.Dao, record)
				}
				return nil
			},
		})
	}
	bind(b.app.OnModelAfterCreate(), true, func(_ *daos.Dao, r *models.Record) { b.stored(actionCreate, r) })
	bind(b.app.OnModelAfterUpdate(), true, func(_ *daos.Dao, r *models.Record) { b.stored(actionUpdate, r) })
	bind(b.app.OnModelBeforeDelete(), false, b.prepareDelete)
	bind(b.app.OnModelAfterDelete(), false, func(_ *daos.Dao, r *models.Record) { b.deleted(r) })
}

// stored queues the news about a stored record.
func (b *broadcaster) stored(action string, record *models.Record) {
	if !b.isWatched(record) {
		return
	}
	snapshot := record.CleanCopy()
	b.queue.add(func() {
		if dao := b.app.Dao(); dao != nil {
			send(b.deliveries(dao, action, snapshot))
		}
	})
}

// prepareDelete makes the messages about a record that still exists.
func (b *broadcaster) prepareDelete(dao *daos.Dao, record *models.Record) {
	if !b.isWatched(record) {
		b.deletes.take(record)
		return
	}
	b.deletes.put(record, b.deliveries(dao, actionDelete, record.CleanCopy()))
}

func (b *broadcaster) deleted(record *models.Record) {
	if prepared := b.deletes.take(record); len(prepared) > 0 {
		b.queue.add(func() { send(prepared) })
	}
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

// deliveryStore keeps deliveries by the record that is deleted. A record whose
// deletion is never heard of again is forgotten with the record itself.
type deliveryStore struct {
	m syncMap[weak.Pointer[models.Record], []delivery]
}

func (s *deliveryStore) put(record *models.Record, list []delivery) {
	key := weak.Make(record)
	if s.m.store(key, list) {
		runtime.AddCleanup(record, s.m.drop, key)
	}
}

func (s *deliveryStore) take(record *models.Record) []delivery {
	list, _ := s.m.take(weak.Make(record))
	return list
}
