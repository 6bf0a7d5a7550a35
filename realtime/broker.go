package realtime

import (
	"errors"
	"maps"
	"sync"
)

// ErrUnknownClient is returned for ids that no connected client has.
var ErrUnknownClient = errors.New("realtime: no client is connected with this id")

// Broker is the registry of connected clients. It is safe for concurrent use.
type Broker struct {
	mu      sync.RWMutex
	clients map[string]*Client
}

// NewBroker returns an empty registry.
func NewBroker() *Broker {
	return &Broker{clients: map[string]*Client{}}
}

// Clients returns a copy of the registry by client id.
func (b *Broker) Clients() map[string]*Client {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return maps.Clone(b.clients)
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
}

// Unregister discards and drops the client with the id. Unknown ids are ignored.
func (b *Broker) Unregister(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if client, ok := b.clients[id]; ok {
		client.Discard()
		delete(b.clients, id)
	}
}
