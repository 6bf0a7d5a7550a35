package realtime

import (
	"strings"
	"sync"

	"github.com/tackleboxdev/tacklebox/core/security"
)

const clientIDLength = 40

// Client is one connected receiver of messages.
// All methods are safe for concurrent use.
type Client struct {
	id    string
	queue queue

	mu            sync.RWMutex
	subscriptions map[string]*Subscription
	values        map[string]any
	index         *index // of the broker it is registered with, or nil
}

// NewClient returns a client with an unguessable id.
func NewClient() *Client {
	return &Client{id: security.RandomString(clientIDLength), queue: newQueue()}
}

// Id returns the id that the client uses to subscribe.
func (c *Client) Id() string { return c.id }

// Channel returns a channel with a signal for the one reader whenever messages
// wait for it; see [Client.Take]. It is never closed; see [Client.Done].
func (c *Client) Channel() <-chan struct{} { return c.queue.ready }

// Take returns the messages that wait, the oldest first. They may be shared
// with other clients and must not be changed.
func (c *Client) Take() []*Message { return c.queue.take() }

// Done is closed when the client is discarded.
func (c *Client) Done() <-chan struct{} { return c.queue.done }

// Send queues a message without ever blocking. A client that is too far behind
// is discarded; messages for discarded clients are dropped. It reports whether
// the message was queued.
func (c *Client) Send(m Message) bool { return c.queue.put(&m) }

// SendShared is Send for a message that goes to many clients. It must not be
// changed any more.
func (c *Client) SendShared(m *Message) bool { return c.queue.put(m) }

// Subscriptions returns a copy of the subscriptions, limited to those that
// start with one of the prefixes if there are any.
func (c *Client) Subscriptions(prefixes ...string) map[string]SubscriptionOptions {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := make(map[string]SubscriptionOptions, len(c.subscriptions))
	for name, subscription := range c.subscriptions {
		if len(prefixes) == 0 || hasAnyPrefix(name, prefixes) {
			found[name] = subscription.Options
		}
	}
	return found
}

func hasAnyPrefix(name string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// Subscribe adds subscriptions; empty ones are ignored.
func (c *Client) Subscribe(subscriptions ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.subscribeLocked(subscriptions)
}

// Unsubscribe drops subscriptions, all of them when none is named.
func (c *Client) Unsubscribe(subscriptions ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(subscriptions) == 0 {
		c.keepLocked(nil)
		return
	}
	for _, name := range subscriptions {
		c.dropLocked(name)
	}
}

// Resubscribe replaces all subscriptions. Those that stay miss no message.
func (c *Client) Resubscribe(subscriptions ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	keep := make(map[string]bool, len(subscriptions))
	for _, name := range subscriptions {
		keep[name] = true
	}
	c.keepLocked(keep)
	c.subscribeLocked(subscriptions)
}

func (c *Client) subscribeLocked(names []string) {
	for _, name := range names {
		if name == "" || c.subscriptions[name] != nil {
			continue
		}
		if c.subscriptions == nil {
			c.subscriptions = map[string]*Subscription{}
		}
		topic, options := ParseSubscription(name)
		subscription := &Subscription{Client: c, Name: name, Topic: topic, Options: options}
		c.subscriptions[name] = subscription
		if c.index != nil {
			c.index.add(subscription)
		}
	}
}

func (c *Client) keepLocked(keep map[string]bool) {
	for name := range c.subscriptions {
		if !keep[name] {
			c.dropLocked(name)
		}
	}
}

func (c *Client) dropLocked(name string) {
	subscription, ok := c.subscriptions[name]
	if !ok {
		return
	}
	delete(c.subscriptions, name)
	if c.index != nil {
		c.index.remove(subscription)
	}
}

// HasSubscription reports whether the client has exactly this subscription.
func (c *Client) HasSubscription(subscription string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.subscriptions[subscription] != nil
}

// attach makes the subscriptions known to an index, and only to that one.
func (c *Client) attach(to *index) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.index == to {
		return
	}
	for _, subscription := range c.subscriptions {
		if c.index != nil {
			c.index.remove(subscription)
		}
		if to != nil {
			to.add(subscription)
		}
	}
	c.index = to
}

// Set stores a value with the client.
func (c *Client) Set(key string, value any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = map[string]any{}
	}
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

// Update calls change with the stored values, which it may change. Nobody sees
// a state in between. It must not use the client.
func (c *Client) Update(change func(values map[string]any)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = map[string]any{}
	}
	change(c.values)
}

// Discard marks the client as gone. Later messages are dropped.
func (c *Client) Discard() { c.queue.close(errDiscarded) }

// IsDiscarded reports whether the client is gone.
func (c *Client) IsDiscarded() bool { return c.queue.err() != nil }

// Err returns the reason for which the client was discarded, or nil.
func (c *Client) Err() error { return c.queue.err() }
