package apis_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// marker is a message that tests send through a client's queue.
var marker = realtime.Message{Name: "marker", Data: []byte("{}")}

const notesDefinition = `{"name":"notes","type":"base","listRule":"%[1]s","viewRule":"%[1]s","createRule":"","updateRule":"","deleteRule":"",
	"schema":[{"name":"title","type":"text"},{"name":"body","type":"text"},
	{"name":"owner","type":"relation","options":{"collectionId":"_pb_users_auth_","maxSelect":1}}]}`

// notes creates the collection of most tests with a list and view rule.
func (s *server) notes(rule string) (admin string) {
	s.t.Helper()
	admin = s.admin("root@example.com")
	s.collection(admin, fmt.Sprintf(notesDefinition, rule))
	return admin
}

// note stores a record and returns its id.
func (s *server) note(values string) string {
	s.t.Helper()
	got := s.do(call{method: http.MethodPost, path: "/api/collections/notes/records", body: values})
	if got.status != http.StatusOK {
		s.t.Fatalf("create %s: %d %s", values, got.status, got.body)
	}
	id, _ := got.json(s.t)["id"].(string)
	return id
}

func (s *server) write(method, id, values, token string) {
	s.t.Helper()
	got := s.do(call{method: method, path: "/api/collections/notes/records/" + id, body: values, token: token})
	if got.status >= 300 {
		s.t.Fatalf("%s %s: %d %s", method, id, got.status, got.body)
	}
}

// flush waits until everything that was written so far has been told: a watcher
// of its own sees a record that is written last.
func (s *server) flush() {
	s.t.Helper()
	collection, err := s.app.Dao().FindCollectionByNameOrId("notes")
	if err != nil {
		s.t.Fatal(err)
	}
	watcher := realtime.NewClient()
	watcher.Set("admin", &models.Admin{})
	broker := s.app.SubscriptionsBroker()
	broker.Register(watcher)
	defer broker.Unregister(watcher.Id())
	last := models.NewRecord(collection)
	last.RefreshId()
	watcher.Subscribe("notes/" + last.Id)
	// Its own topic keeps it from everybody else; the rules of the tests do not match it.
	last.Set("title", "flush")
	if err := s.app.Dao().SaveRecord(last); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-watcher.Channel():
	case <-time.After(patience):
		s.t.Fatal("the news do not come through")
	}
}

func TestRealtimeFraming(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.notes("title != 'flush'")
	client := s.subscribeTo("", "notes/*")
	id := s.note(`{"title":"<a>"}`)
	e := client.next()
	prefix := "id:" + client.id + "\nevent:notes/*\ndata:{\"record\":{\"body\":\"\",\"collectionId\":"
	if !strings.HasPrefix(e.raw, prefix) || !strings.HasSuffix(e.raw, "},\"action\":\"create\"}\n\n") {
		t.Errorf("framing: %q", e.raw)
	}
	if n := e.news(t); n.Record["id"] != id || n.Record["title"] != "<a>" {
		t.Errorf("news %+v", n)
	}
	stored, err := s.app.SubscriptionsBroker().ClientById(client.id)
	if err != nil {
		t.Fatal(err)
	}
	stored.Send(realtime.Message{Name: "a\nb\r", Data: []byte("one\r\ntwo\n")})
	if e := client.next(); e.raw != "id:"+client.id+"\nevent:ab\ndata:one\ndata:two\ndata:\n\n" {
		t.Errorf("lines: %q", e.raw)
	}
}

func TestRealtimeTopics(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.notes("title != 'flush'")
	id := s.note(`{"title":"one"}`)
	client := s.subscribeTo("", "notes/*", "notes", "notes/"+id, "NOTES/*", "notes/other", "@oauth2")
	s.write(http.MethodPatch, id, `{"title":"two"}`, "")
	s.write(http.MethodDelete, id, "", "")
	got := map[string][]string{}
	for _, e := range client.sync() {
		got[e.name] = append(got[e.name], e.news(t).Action)
	}
	for _, topic := range []string{"notes/*", "notes", "notes/" + id} {
		if !slices.Equal(got[topic], []string{"update", "delete"}) {
			t.Errorf("%s: %v", topic, got[topic])
		}
	}
	if len(got) != 3 {
		t.Errorf("topics %v", got)
	}
	client.subscribe("", "notes/other")
	s.note(`{"title":"three"}`)
	if events := client.sync(); len(events) != 0 {
		t.Errorf("replaced subscriptions still get %v", events)
	}
}

func TestRealtimeRules(t *testing.T) {
	t.Parallel()
	for name, rule := range map[string]string{
		"in memory": "owner = @request.auth.id && @request.context = 'realtime' && @request.method = 'GET'",
		"by join":   "owner.id = @request.auth.id && owner.username != '' && @request.data.x:isset = false",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			admin := s.notes(rule)
			anna, annaToken := s.user("anna", nil)
			_, benToken := s.user("ben", nil)
			clients := map[string]*sseClient{
				"anna":  s.subscribeTo(annaToken, "notes/*"),
				"ben":   s.subscribeTo(benToken, "notes/*"),
				"guest": s.subscribeTo("", "notes/*"),
				"admin": s.subscribeTo(admin, "notes/*"),
			}
			id := s.note(`{"title":"hers","owner":"` + anna.Id + `"}`)
			s.flush() // a condition over other records is decided by what is stored then
			s.write(http.MethodDelete, id, "", admin)
			for who, client := range clients {
				want := []string{}
				if who == "anna" || who == "admin" {
					want = []string{"create hers", "delete hers"}
				}
				got := slices.DeleteFunc(titles(t, client.sync()), func(s string) bool { return strings.HasSuffix(s, "flush") })
				if !slices.Equal(got, want) {
					t.Errorf("%s: %v, want %v", who, got, want)
				}
			}
		})
	}
}

func TestRealtimeOptions(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.notes("title != 'flush'")
	anna, token := s.user("anna", nil)
	filter := func(text string) string { return withOptions(t, "notes/*", map[string]any{"filter": text}) }
	tests := []struct {
		name, token, subscription string
		want                      bool
	}{
		{"no options", "", "notes/*", true},
		{"filter holds", "", filter("title = 'x'"), true},
		{"filter does not hold", "", filter("title = 'y'"), false},
		{"filter of another collection", "", filter("@collection.users.id != ''"), false},
		{"filter of the request", token, filter("@request.auth.id != ''"), false},
		{"filter of the request, by an admin", admin, filter("@request.method = 'GET'"), true},
		{"filter over a relation", "", filter("owner.username = 'anna'"), true},
		{"filter by a hidden email", token, filter("owner.email = 'anna@example.com'"), false},
		{"filter by a hidden email, by an admin", admin, filter("owner.email = 'anna@example.com'"), true},
		{"broken filter", "", filter("title ="), false},
		{"broken options", "", "notes/*?options=%7B", true},
	}
	clients := make([]*sseClient, len(tests))
	for i, tt := range tests {
		clients[i] = s.subscribeTo(tt.token, tt.subscription)
	}
	shaped := s.subscribeTo(token, withOptions(t, "notes/*", map[string]any{"fields": "title,expand.owner.username", "expand": "owner"}))
	hidden := s.subscribeTo("", withOptions(t, "notes/*", map[string]any{"expand": "owner"}))
	s.note(`{"title":"x","owner":"` + anna.Id + `"}`)
	for i, tt := range tests {
		events := slices.DeleteFunc(clients[i].sync(), func(e sseEvent) bool { return e.news(t).Record["title"] == "flush" })
		if (len(events) == 1) != tt.want {
			t.Errorf("%s: %v", tt.name, events)
		}
		if len(events) > 0 && events[0].name != tt.subscription {
			t.Errorf("%s: event %q", tt.name, events[0].name)
		}
	}
	if e := shaped.next(); e.data != `{"record":{"expand":{"owner":{"username":"anna"}},"title":"x"},"action":"create"}` {
		t.Errorf("shaped: %s", e.data)
	}
	if e := hidden.next(); strings.Contains(e.data, "expand") {
		t.Errorf("guests may not view users: %s", e.data)
	}
}

func TestRealtimeEmailVisibility(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.notes("title != 'flush'")
	users, err := s.app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		t.Fatal(err)
	}
	open := ""
	users.ListRule, users.ViewRule = &open, &open
	if err := s.app.Dao().SaveCollection(users); err != nil {
		t.Fatal(err)
	}
	anna, token := s.user("anna", nil)
	shows := func(who string, client *sseClient, want bool) {
		t.Helper()
		anna.Set("name", who)
		if err := s.app.Dao().SaveRecord(anna); err != nil {
			t.Fatal(err)
		}
		if e := client.next(); strings.Contains(e.data, "anna@example.com") != want {
			t.Errorf("%s: %s", who, e.data)
		}
	}
	shows("admin", s.subscribeTo(admin, "users/*"), false)
	owner := s.subscribeTo(token, "users/"+anna.Id)
	shows("owner", owner, false)
	managed := "id = @request.auth.id"
	options := users.AuthOptions()
	options.ManageRule = &managed
	if err := users.SetOptions(options); err != nil {
		t.Fatal(err)
	}
	if err := s.app.Dao().SaveCollection(users); err != nil {
		t.Fatal(err)
	}
	if anna, err = s.app.Dao().FindRecordById("users", anna.Id); err != nil {
		t.Fatal(err)
	}
	shows("owner who manages", owner, true)
	_, other := s.user("ben", nil)
	shows("somebody else", s.subscribeTo(other, "users/"+anna.Id), false)
}

func TestRealtimeTransactions(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.notes("title != 'flush'")
	notes, err := s.app.Dao().FindCollectionByNameOrId("notes")
	if err != nil {
		t.Fatal(err)
	}
	client := s.subscribeTo("", "notes/*")
	kept := s.note(`{"title":"kept"}`)
	undone := errors.New("undone")
	err = s.app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		record, err := tx.FindRecordById("notes", kept)
		if err != nil {
			return err
		}
		if err := tx.DeleteRecord(record); err != nil {
			return err
		}
		lost := models.NewRecord(notes)
		lost.Set("title", "lost")
		return errors.Join(tx.SaveRecord(lost), undone)
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	want := []string{"create kept"}
	err = s.app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		for i := range 20 {
			record := models.NewRecord(notes)
			record.Set("title", fmt.Sprint(i))
			if err := tx.SaveRecord(record); err != nil {
				return err
			}
			want = append(want, fmt.Sprintf("create %d", i))
			if i%2 == 0 {
				if err := tx.DeleteRecord(record); err != nil {
					return err
				}
				want = append(want, fmt.Sprintf("delete %d", i))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := titles(t, client.sync()); !slices.Equal(got, want) {
		t.Errorf("news\n got %v\nwant %v", got, want)
	}
}

func TestRealtimeIdentity(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.notes("title != 'flush'")
	_, annaToken := s.user("anna", nil)
	_, benToken := s.user("ben", nil)
	client := s.open()
	steps := []struct {
		name, token string
		status      int
	}{
		{"guest", "", http.StatusNoContent},
		{"guest again", "", http.StatusNoContent},
		{"signs in", annaToken, http.StatusNoContent},
		{"again", annaToken, http.StatusNoContent},
		{"signs out", "", http.StatusForbidden},
		{"somebody else", benToken, http.StatusForbidden},
		{"an admin", admin, http.StatusForbidden},
	}
	for _, step := range steps {
		if got := client.trySubscribe(step.token, "notes/*"); got.status != step.status {
			t.Errorf("%s: %d %s", step.name, got.status, got.body)
		}
	}
	s.expect([]expectation{
		{name: "no client id", call: call{method: http.MethodPost, path: "/api/realtime", body: `{"subscriptions":["a"]}`}, status: 400, contains: []string{`"clientId":{"code":"validation_required"`}},
		{name: "no such client", call: call{method: http.MethodPost, path: "/api/realtime", body: `{"clientId":"x"}`}, status: 404, contains: []string{"Missing or invalid client id."}},
		{name: "no JSON", call: call{method: http.MethodPost, path: "/api/realtime", body: `{`}, status: 400},
		{
			name: "too many", call: call{method: http.MethodPost, path: "/api/realtime", body: `{"clientId":"x","subscriptions":[` + strings.TrimSuffix(strings.Repeat(`"a",`, 1001), ",") + `]}`},
			status: 400, contains: []string{`"subscriptions":{"code":"validation_length_too_long"`},
		},
	})
}

func TestRealtimeAccessEndsWithAccount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(dao *daos.Dao, r *models.Record) error
		seen   bool
	}{
		{"another name", func(dao *daos.Dao, r *models.Record) error { r.Set("name", "x"); return dao.SaveRecord(r) }, true},
		{"password", func(dao *daos.Dao, r *models.Record) error {
			if err := r.SetPassword("1234567890"); err != nil {
				return err
			}
			return dao.SaveRecord(r)
		}, false},
		{"token key", func(dao *daos.Dao, r *models.Record) error {
			return errors.Join(r.RefreshTokenKey(), dao.SaveRecord(r))
		}, false},
		{"deleted", func(dao *daos.Dao, r *models.Record) error { return dao.DeleteRecord(r) }, false},
		{"no longer matching", func(dao *daos.Dao, r *models.Record) error { r.Set("name", "banned"); return dao.SaveRecord(r) }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			s.notes("@request.auth.id != '' && @request.auth.name != 'banned'")
			anna, token := s.user("anna", nil)
			client := s.subscribeTo(token, "notes/*")
			stored, err := s.app.Dao().FindRecordById("users", anna.Id)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.change(s.app.Dao(), stored); err != nil {
				t.Fatal(err)
			}
			s.note(`{"title":"secret"}`)
			got := titles(t, client.sync())
			if slices.Contains(got, "create secret") != tt.seen {
				t.Errorf("saw %v", got)
			}
		})
	}
}

func TestRealtimeAdminAccessEnds(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.notes("title = 'nothing'")
	token := s.admin("second@example.com")
	client := s.subscribeTo(token, "notes/*")
	admin, err := s.app.Dao().FindAdminByEmail("second@example.com")
	if err != nil {
		t.Fatal(err)
	}
	s.note(`{"title":"one"}`)
	if e := client.next(); e.news(t).Record["title"] != "one" {
		t.Errorf("admin got %v", e)
	}
	if err := errors.Join(admin.RefreshTokenKey(), s.app.Dao().SaveAdmin(admin)); err != nil {
		t.Fatal(err)
	}
	s.note(`{"title":"two"}`)
	if got := client.sync(); len(got) != 0 {
		t.Errorf("a former admin got %v", got)
	}
}

func TestRealtimeHooks(t *testing.T) {
	t.Parallel()
	var connects, disconnects, after atomic.Int32
	s := serve(t, func(app *core.App) {
		app.OnRealtimeConnectRequest().Add(func(e *core.RealtimeConnectEvent) error {
			connects.Add(1)
			switch e.HttpContext.QueryParam("mode") {
			case "refuse":
				return errors.New("no")
			case "short":
				e.IdleTimeout = time.Millisecond
			}
			return hook.StopPropagation
		})
		app.OnRealtimeDisconnectRequest().Add(func(*core.RealtimeDisconnectEvent) error {
			disconnects.Add(1)
			return nil
		})
		app.OnRealtimeBeforeMessageSend().Add(func(e *core.RealtimeMessageEvent) error {
			switch {
			case e.HttpContext.QueryParam("mode") == "mute":
				return errors.New("mute")
			case strings.Contains(string(e.Message.Data), "drop"):
				return hook.StopPropagation
			case strings.Contains(string(e.Message.Data), "close"):
				return errors.New("close")
			}
			for i, b := range e.Message.Data {
				if b == '#' {
					e.Message.Data[i] = '+'
				}
			}
			return nil
		})
		app.OnRealtimeAfterMessageSend().Add(func(*core.RealtimeMessageEvent) error { after.Add(1); return nil })
		app.OnRealtimeBeforeSubscribeRequest().Add(func(e *core.RealtimeSubscribeEvent) error {
			if slices.Contains(e.Subscriptions, "stop") {
				return hook.StopPropagation
			}
			return nil
		})
	})
	s.notes("title != 'flush'")
	first, second := s.subscribeTo("", "notes/*"), s.subscribeTo("", "notes/*")
	if got := first.trySubscribe("", "stop"); got.status != http.StatusOK || got.body != "" {
		t.Errorf("stopped subscribe: %d %q", got.status, got.body)
	}
	s.note(`{"title":"#1"}`)
	s.note(`{"title":"drop"}`)
	s.note(`{"title":"#2"}`)
	for _, client := range []*sseClient{first, second} {
		if got := titles(t, client.sync()); !slices.Equal(got, []string{"create +1", "create +2"}) {
			t.Errorf("news %v", got)
		}
	}
	// Two connects, two records and a marker for two clients.
	waitUntil(t, func() bool { return after.Load() == 8 })
	s.note(`{"title":"close"}`)
	first.ended()
	second.ended()
	if got := s.do(call{method: http.MethodGet, path: "/api/realtime?mode=refuse"}); got.status != 400 || got.header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("refused: %d %v", got.status, got.header)
	}
	if got := s.do(call{method: http.MethodGet, path: "/api/realtime?mode=short"}); got.status != 200 || !strings.Contains(got.body, "PB_CONNECT") {
		t.Errorf("short: %d %s", got.status, got.body)
	}
	if got := s.do(call{method: http.MethodGet, path: "/api/realtime?mode=mute"}); got.status != 200 || got.body != "" {
		t.Errorf("mute: %d %q", got.status, got.body)
	}
	s.waitForClients(0)
	if got := after.Load(); got != 9 { // and one more connect
		t.Errorf("%d messages sent", got)
	}
	if connects.Load() != 5 || disconnects.Load() != 5 {
		t.Errorf("%d connects, %d disconnects", connects.Load(), disconnects.Load())
	}
}

// waitForClients waits until so many clients are registered.
func (s *server) waitForClients(n int) {
	s.t.Helper()
	waitUntil(s.t, func() bool { return len(s.app.SubscriptionsBroker().Clients()) == n })
}

// plainWriter hides what a response writer can do besides writing and flushing.
type plainWriter struct{ http.ResponseWriter }

func (w plainWriter) Flush() { w.ResponseWriter.(http.Flusher).Flush() }

// Connections that cannot be taken over are served by their request.
func TestRealtimeUnderMiddleware(t *testing.T) {
	t.Parallel()
	var disconnects atomic.Int32
	s := serve(t, func(app *core.App) {
		app.OnBeforeServe().Add(func(e *core.ServeEvent) error {
			e.Router.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
				return func(c *echo.Context) error {
					c.SetResponse(plainWriter{c.Response()})
					return next(c)
				}
			})
			return nil
		})
		app.OnRealtimeDisconnectRequest().Add(func(*core.RealtimeDisconnectEvent) error { disconnects.Add(1); return nil })
		app.OnRealtimeBeforeMessageSend().Add(func(e *core.RealtimeMessageEvent) error {
			if e.HttpContext.QueryParam("mode") == "mute" {
				return errors.New("mute")
			}
			return nil
		})
	})
	if got := s.do(call{method: http.MethodGet, path: "/api/realtime?mode=mute"}); got.status != 200 || got.body != "" {
		t.Errorf("mute: %d %q", got.status, got.body)
	}
	s.notes("title != 'flush'")
	client, leaving := s.subscribeTo("", "notes/*"), s.subscribeTo("", "notes/*")
	s.note(`{"title":"one"}`)
	if got := titles(t, client.sync()); !slices.Equal(got, []string{"create one"}) {
		t.Errorf("news %v", got)
	}
	leaving.cancel()
	s.waitForClients(1)
	s.app.SubscriptionsBroker().Unregister(client.id)
	client.ended()
	waitUntil(t, func() bool { return disconnects.Load() == 3 })
}
