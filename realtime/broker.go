package realtime

import (
	"errors"
	"maps"
	"slices"
	"sync"
)

// ErrUnknownClient is returned for ids that no connected client has.
var ErrUnknownClient = errors.New("realtime: no client is connected with this id")

// Broker is the registry of connected clients. It is safe for concurrent use.
type Broker struct {
	index index

	mu      sync.RWMutex // taken before the lock of a client
	clients map[string]*Client
}

// NewBroker returns an empty registry.
func NewBroker() *Broker {
	return &Broker{clients: map[string]*Client{}, index: index{topics: map[string]map[*Subscription]struct{}{}}}
}

// Clients returns a copy of the registry by client id.
func (b *Broker) Clients() map[string]*Client {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return maps.Clone(b.clients)
}

// Len returns the number of registered clients.
func (b *Broker) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.clients)
}

// Snapshot returns the registered clients in no particular order.
func (b *Broker) Snapshot() []*Client {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if len(b.clients) == 0 {
		return nil
	}
	return slices.AppendSeq(make([]*Client, 0, len(b.clients)), maps.Values(b.clients))
}

// ClientById returns the client with the id or [ErrUnknownClient].
func (b *Broker) ClientById(id string) (*Client, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if client, ok := b.clients[id]; ok {
		return client, nil
	}
	return nil, ErrUnknownClient
}

// Register adds a client.
func (b *Broker) Register(client *Client) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clients[client.Id()] = client
	client.attach(&b.index)
}

// Unregister discards and drops the client with the id. Unknown ids are
// ignored. What was sent to the client before may still reach it.
func (b *Broker) Unregister(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if client := b.clients[id]; client != nil {
		delete(b.clients, id)
		client.queue.close(ErrUnregistered)
		client.attach(nil)
	}
}

// Close discards all clients with [ErrShutdown].
func (b *Broker) Close() {
	for _, client := range b.Snapshot() {
		client.queue.close(ErrShutdown)
	}
}

// Subscriptions returns the subscriptions of registered clients to a topic.
func (b *Broker) Subscriptions(topic string) []*Subscription {
	return b.index.subscriptions(topic)
}

// HasSubscriptions reports whether there is a subscription to one of the topics.
func (b *Broker) HasSubscriptions(topics ...string) bool {
	return b.index.hasAny(topics)
}

// index finds subscriptions by topic. Its lock is a leaf: nothing is called
// while it is held.
type index struct {
	mu     sync.RWMutex
	topics map[string]map[*Subscription]struct{}
}

func (x *index) add(s *Subscription) {
	x.mu.Lock()
	defer x.mu.Unlock()
	set, ok := x.topics[s.Topic]
	if !ok {
		set = map[*Subscription]struct{}{}
		x.topics[s.Topic] = set
	}
	set[s] = struct{}{}
}

func (x *index) remove(s *Subscription) {
	x.mu.Lock()
	defer x.mu.Unlock()
	set := x.topics[s.Topic]
	delete(set, s)
	if len(set) == 0 {
		delete(x.topics, s.Topic)
	}
}

func (x *index) subscriptions(topic string) []*Subscription {
	x.mu.RLock()
	defer x.mu.RUnlock()
	set := x.topics[topic]
	if len(set) == 0 {
		return nil
	}
	return slices.AppendSeq(make([]*Subscription, 0, len(set)), maps.Keys(set))
}

func (x *index) hasAny(topics []string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, topic := range topics {
		if len(x.topics[topic]) > 0 {
			return true
		}
	}
	return false
}
