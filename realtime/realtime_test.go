package realtime_test

import (
	"errors"
	"reflect"
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
	if sent == 0 || !c.IsDiscarded() {
		t.Fatalf("sent %d, discarded %v", sent, c.IsDiscarded())
	}
	<-c.Done()
	if c.Send(realtime.Message{}) {
		t.Fatal("a discarded client took a message")
	}
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
