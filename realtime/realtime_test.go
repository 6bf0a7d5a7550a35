package realtime_test

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/realtime"
)

func TestParseSubscription(t *testing.T) {
	t.Parallel()
	empty := realtime.SubscriptionOptions{Query: map[string]any{}, Headers: map[string]any{}}
	tests := []struct {
		in    string
		topic string
		want  realtime.SubscriptionOptions
	}{
		{"posts/*", "posts/*", empty},
		{"posts?options=nope", "posts", empty},
		{"posts?%zz", "posts", empty},
		{
			`posts/abc?options=%7B%22query%22%3A%7B%22a%22%3A1%2C%22b%22%3Anull%7D%2C%22headers%22%3A%7B%22X-Token%22%3A%22t%22%7D%7D`,
			"posts/abc",
			realtime.SubscriptionOptions{Query: map[string]any{"a": "1", "b": ""}, Headers: map[string]any{"x_token": "t"}},
		},
	}
	for _, tt := range tests {
		topic, options := realtime.ParseSubscription(tt.in)
		if topic != tt.topic || !reflect.DeepEqual(options, tt.want) {
			t.Errorf("ParseSubscription(%q) = %q, %v", tt.in, topic, options)
		}
	}
}

func TestSubscriptions(t *testing.T) {
	t.Parallel()
	c := realtime.NewClient()
	c.Subscribe("posts/*", "users/1", "")
	if got := c.Subscriptions("posts/"); len(got) != 1 {
		t.Fatalf("by prefix: %v", got)
	}
	if !c.HasSubscription("users/1") || c.HasSubscription("") {
		t.Fatal("wrong subscriptions")
	}
	c.Unsubscribe("users/1")
	c.Unsubscribe()
	if got := c.Subscriptions(); len(got) != 0 {
		t.Fatalf("left: %v", got)
	}
}

func TestSlowClientIsDiscarded(t *testing.T) {
	t.Parallel()
	c := realtime.NewClient()
	sent := 0
	for c.Send(realtime.Message{Name: "x"}) {
		sent++
	}
	if sent == 0 || !c.IsDiscarded() || !errors.Is(c.Err(), realtime.ErrSlowClient) {
		t.Fatalf("sent %d, discarded %v: %v", sent, c.IsDiscarded(), c.Err())
	}
	<-c.Done()
	if c.Send(realtime.Message{}) {
		t.Fatal("a discarded client took a message")
	}
}

func TestQueueIsBoundedInBytes(t *testing.T) {
	t.Parallel()
	c := realtime.NewClient()
	shared := &realtime.Message{Name: "x", Data: make([]byte, 1<<20)}
	if !c.SendShared(&realtime.Message{Data: make([]byte, 64<<20)}) {
		t.Fatal("a single message was too large")
	}
	<-c.Channel()
	if got := c.Take(); len(got) != 1 || len(c.Take()) != 0 {
		t.Fatalf("took %d messages", len(got))
	}
	sent := 0
	for c.SendShared(shared) {
		sent++
	}
	if sent == 0 || sent > 64 {
		t.Fatalf("%d MB were queued", sent)
	}
}

func TestMessagesWaitInOrder(t *testing.T) {
	t.Parallel()
	c := realtime.NewClient()
	const senders, each = 4, 500
	var wg sync.WaitGroup
	for sender := range senders {
		wg.Go(func() {
			for i := range each {
				c.Send(realtime.Message{Name: string(rune('a' + sender)), Data: []byte{byte(i >> 8), byte(i)}})
			}
		})
	}
	next := map[string]int{}
	for got := 0; got < senders*each; {
		<-c.Channel()
		for _, m := range c.Take() {
			if i := int(m.Data[0])<<8 | int(m.Data[1]); i != next[m.Name] {
				t.Fatalf("%s: message %d instead of %d", m.Name, i, next[m.Name])
			}
			next[m.Name]++
			got++
		}
	}
	wg.Wait()
}

func TestIndexFollowsSubscriptions(t *testing.T) {
	t.Parallel()
	b := realtime.NewBroker()
	c, other := realtime.NewClient(), realtime.NewClient()
	c.Subscribe("a", "b?options=1")
	b.Register(c)
	b.Register(other)
	other.Subscribe("a")
	has := func(step, topic string, want int) {
		t.Helper()
		if got := len(b.Subscriptions(topic)); got != want || b.HasSubscriptions("?", topic) != (want > 0) {
			t.Errorf("%s: %d subscriptions to %s, want %d", step, got, topic, want)
		}
	}
	has("registered", "a", 2)
	has("registered", "b", 1)
	has("registered", "b?options=1", 0)
	kept := b.Subscriptions("b")[0]
	c.Resubscribe("b?options=1", "c")
	has("replaced", "a", 1)
	has("replaced", "c", 1)
	if b.Subscriptions("b")[0] != kept {
		t.Error("a subscription that stays was interrupted")
	}
	b.Unregister(c.Id())
	has("unregistered", "b", 0)
	c.Subscribe("a")
	has("unregistered", "a", 1)
	b.Register(c)
	b.Register(c)
	has("registered again", "a", 2)
	b.Close()
	if b.Len() != 2 || !errors.Is(other.Err(), realtime.ErrShutdown) {
		t.Errorf("%d clients, %v", b.Len(), other.Err())
	}
}

// TestUnregisterWhileRegistering leaves nothing of clients in the index.
func TestUnregisterWhileRegistering(t *testing.T) {
	t.Parallel()
	b := realtime.NewBroker()
	var all sync.WaitGroup
	for range 5000 {
		c := realtime.NewClient()
		c.Subscribe("a", "b", "c")
		all.Go(func() { b.Register(c) })
		all.Go(func() {
			for !c.IsDiscarded() {
				b.Unregister(c.Id())
			}
		})
	}
	all.Wait()
	if b.HasSubscriptions("a", "b", "c") {
		t.Error("subscriptions of a client that is gone")
	}
}

func FuzzParseSubscription(f *testing.F) {
	f.Add("posts/*")
	f.Add(`posts/a?options=%7B%22query%22%3A%7B%22a%22%3A1%7D%7D`)
	f.Add("?options={")
	f.Fuzz(func(t *testing.T, subscription string) {
		topic, options := realtime.ParseSubscription(subscription)
		if !strings.HasPrefix(subscription, topic) || strings.Contains(topic, "?") {
			t.Errorf("topic %q of %q", topic, subscription)
		}
		if options.Query == nil || options.Headers == nil {
			t.Error("no options")
		}
		for name, value := range options.Headers {
			if _, ok := value.(string); !ok || name != strings.ToLower(name) {
				t.Errorf("header %q: %v", name, value)
			}
		}
	})
}

func TestBroker(t *testing.T) {
	t.Parallel()
	b := realtime.NewBroker()
	c := realtime.NewClient()
	if len(c.Id()) != 40 {
		t.Fatalf("id %q", c.Id())
	}
	b.Register(c)
	if got, err := b.ClientById(c.Id()); err != nil || got != c {
		t.Fatal(got, err)
	}
	b.Unregister(c.Id())
	if _, err := b.ClientById(c.Id()); !errors.Is(err, realtime.ErrUnknownClient) {
		t.Fatal(err)
	}
	if !c.IsDiscarded() || len(b.Clients()) != 0 {
		t.Fatal("unregistered client lives on")
	}
}
