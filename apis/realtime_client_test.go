package apis_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// patience bounds every wait for something that has to happen.
const patience = 20 * time.Second

// sseClient is one open event stream.
type sseClient struct {
	s      *server
	id     string
	cancel context.CancelFunc
	events chan sseEvent // closed when the stream ends
}

type sseEvent struct{ raw, id, name, data string }

// subscribeTo opens a stream and subscribes it.
func (s *server) subscribeTo(token string, subscriptions ...string) *sseClient {
	s.t.Helper()
	client := s.open()
	client.subscribe(token, subscriptions...)
	return client
}

// open opens a stream and waits until it is connected.
func (s *server) open() *sseClient {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/api/realtime", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := (&http.Client{Transport: s.transport}).Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	client := &sseClient{s: s, cancel: cancel, events: make(chan sseEvent, 10_000)}
	go client.read(resp.Body)
	client.id = client.next().id
	return client
}

func (c *sseClient) read(body io.ReadCloser) {
	defer close(c.events)
	defer func() { _ = body.Close() }()
	reader := bufio.NewReader(body)
	var e sseEvent
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		e.raw += line
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			e.data += value
		case "":
			c.events <- e
			e = sseEvent{}
		}
	}
}

func (c *sseClient) subscribe(token string, subscriptions ...string) {
	c.s.t.Helper()
	if got := c.trySubscribe(token, subscriptions...); got.status != http.StatusNoContent {
		c.s.t.Fatalf("subscribe to %v: %d %s", subscriptions, got.status, got.body)
	}
}

func (c *sseClient) trySubscribe(token string, subscriptions ...string) answer {
	c.s.t.Helper()
	body, err := json.Marshal(map[string]any{"clientId": c.id, "subscriptions": subscriptions})
	if err != nil {
		c.s.t.Fatal(err)
	}
	return c.s.do(call{method: http.MethodPost, path: "/api/realtime", token: token, body: string(body)})
}

// next returns the next event.
func (c *sseClient) next() sseEvent {
	c.s.t.Helper()
	select {
	case e, ok := <-c.events:
		if !ok {
			c.s.t.Fatal("the stream has ended")
		}
		return e
	case <-time.After(patience):
		c.s.t.Fatal("no event came")
	}
	return sseEvent{}
}

// sync sends the client a message and returns the events before it: all that
// were sent up to now.
func (c *sseClient) sync() []sseEvent {
	c.s.t.Helper()
	c.s.flush()
	client, err := c.s.app.SubscriptionsBroker().ClientById(c.id)
	if err != nil {
		c.s.t.Fatal(err)
	}
	client.Send(marker)
	var before []sseEvent
	for {
		e := c.next()
		if e.name == marker.Name {
			return before
		}
		before = append(before, e)
	}
}

// ended waits for the end of the stream.
func (c *sseClient) ended() {
	c.s.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case _, ok := <-c.events:
			if !ok {
				return
			}
		case <-deadline:
			c.s.t.Fatal("the stream did not end")
		}
	}
}

// news is the data of a record event.
type news struct {
	Action string         `json:"action"`
	Record map[string]any `json:"record"`
}

func (e sseEvent) news(t *testing.T) news {
	t.Helper()
	var n news
	if err := json.Unmarshal([]byte(e.data), &n); err != nil {
		t.Fatalf("decode %q: %v", e.data, err)
	}
	return n
}

// titles returns what happened, as "action title".
func titles(t *testing.T, events []sseEvent) []string {
	t.Helper()
	out := []string{}
	for _, e := range events {
		n := e.news(t)
		title, _ := n.Record["title"].(string)
		out = append(out, n.Action+" "+title)
	}
	return out
}

// withOptions appends options to a topic.
func withOptions(t *testing.T, topic string, query map[string]any) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return topic + "?options=" + url.QueryEscape(string(raw))
}
