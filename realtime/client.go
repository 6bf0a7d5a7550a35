package realtime

import (
	"maps"
	"strings"
	"sync"

	"github.com/tackleboxdev/tacklebox/core/security"
)

const (
	clientIDLength = 40

	// queueSize bounds the messages that wait for one client. A client that
	// falls further behind is discarded, so that it never holds up a writer.
	queueSize = 256
)

// Client is one connected receiver of messages.
// All methods are safe for concurrent use.
type Client struct {
	id    string
	queue chan Message
	done  chan struct{}

	mu            sync.RWMutex
	subscriptions map[string]SubscriptionOptions
	values        map[string]any
	discarded     bool
}

// NewClient returns a client with an unguessable id.
func NewClient() *Client {
	return &Client{
		id:            security.RandomString(clientIDLength),
		queue:         make(chan Message, queueSize),
		done:          make(chan struct{}),
		subscriptions: map[string]SubscriptionOptions{},
		values:        map[string]any{},
	}
}

// Id returns the id that the client uses to subscribe.
func (c *Client) Id() string { return c.id }

// Channel returns the queue of messages. It is never closed; see [Client.Done].
func (c *Client) Channel() <-chan Message { return c.queue }

// Done is closed when the client is discarded.
func (c *Client) Done() <-chan struct{} { return c.done }

// Send queues a message without ever blocking. A client whose queue is full is
// discarded; messages for discarded clients are dropped. It reports whether the
// message was queued.
func (c *Client) Send(m Message) bool {
	if c.IsDiscarded() {
		return false
	}
	select {
	case c.queue <- m:
		return true
	default:
		c.Discard()
		return false
	}
}

// Subscriptions returns a copy of the subscriptions, limited to those that
// start with one of the prefixes if there are any.
func (c *Client) Subscriptions(prefixes ...string) map[string]SubscriptionOptions {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if len(prefixes) == 0 {
		return maps.Clone(c.subscriptions)
	}
	found := map[string]SubscriptionOptions{}
	for subscription, options := range c.subscriptions {
		for _, prefix := range prefixes {
			if strings.HasPrefix(subscription, prefix) {
				found[subscription] = options
				break
			}
		}
	}
	return found
}

// Subscribe adds subscriptions; empty ones are ignored.
func (c *Client) Subscribe(subscriptions ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, subscription := range subscriptions {
		if subscription == "" {
			continue
		}
		_, options := ParseSubscription(subscription)
		c.subscriptions[subscription] = options
	}
}

// Unsubscribe drops subscriptions, all of them when none is named.
func (c *Client) Unsubscribe(subscriptions ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(subscriptions) == 0 {
		clear(c.subscriptions)
	}
	for _, subscription := range subscriptions {
		delete(c.subscriptions, subscription)
	}
}

// HasSubscription reports whether the client has exactly this subscription.
func (c *Client) HasSubscription(subscription string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	_, ok := c.subscriptions[subscription]
	return ok
}

// Set stores a value with the client.
func (c *Client) Set(key string, value any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = value
}

// Unset drops a stored value.
func (c *Client) Unset(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.values, key)
}

// Get returns a stored value or nil.
func (c *Client) Get(key string) any {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.values[key]
}

// Discard marks the client as gone. Later messages are dropped.
func (c *Client) Discard() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.discarded {
		c.discarded = true
		close(c.done)
	}
}

// IsDiscarded reports whether Discard was called.
func (c *Client) IsDiscarded() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.discarded
}
