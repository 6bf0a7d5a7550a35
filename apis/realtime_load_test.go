package apis_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// pipeListener accepts connections that need no file descriptors.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// connect opens an event stream and reads the first event of it.
func (l *pipeListener) connect() (net.Conn, error) {
	client, server := net.Pipe()
	l.conns <- server
	if _, err := io.WriteString(client, "GET /api/realtime HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return nil, err
	}
	var got strings.Builder
	buf := make([]byte, 1024)
	for !strings.Contains(got.String(), `"}`+"\n\n") {
		n, err := client.Read(buf)
		if err != nil {
			return nil, err
		}
		got.Write(buf[:n])
	}
	if !strings.HasPrefix(got.String(), "HTTP/1.1 200 OK") {
		return nil, fmt.Errorf("answer %q", got.String())
	}
	return client, nil
}

// Idle clients are cheap, leave with their connections, and nothing of them stays.
func TestRealtimeIdleClients(t *testing.T) {
	count := 10_000
	if raceDetector {
		count = 1_000
	}
	app := coretest.New(t)
	router, err := apis.InitApi(app)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: router, ReadHeaderTimeout: patience}
	listener := newPipeListener()
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()

	before, goroutines := memoryInUse(), runtime.NumGoroutine()
	conns := make([]net.Conn, count)
	for i := range conns {
		if conns[i], err = listener.connect(); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(app.SubscriptionsBroker().Clients()); got != count {
		t.Fatalf("%d clients", got)
	}
	perClient := (memoryInUse() - before) / int64(count)
	t.Logf("%d bytes, %.1f goroutines per client", perClient, float64(runtime.NumGoroutine()-goroutines)/float64(count))
	if perClient > 25<<10 && !raceDetector {
		t.Errorf("an idle client takes %d bytes", perClient)
	}
	for _, conn := range conns {
		_ = conn.Close()
	}
	waitUntil(t, func() bool { return len(app.SubscriptionsBroker().Clients()) == 0 })
	waitUntil(t, func() bool { return runtime.NumGoroutine() <= goroutines+2 })
}

func memoryInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// waitUntil waits for something that tells nobody when it happens.
func waitUntil(t *testing.T, holds func() bool) {
	t.Helper()
	deadline, tick := time.After(patience), time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-deadline:
			t.Fatal("it does not come about")
		case <-tick.C:
		}
	}
}

// A client that does not read is dropped; nobody waits for it.
func TestRealtimeSlowReader(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.notes("title != 'flush'")
	fine := s.subscribeTo("", "notes/*")

	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "GET /api/realtime HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	line := ""
	for reader := bufio.NewReader(conn); !strings.HasPrefix(line, "id:"); {
		if line, err = reader.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	slow := &sseClient{s: s, id: strings.TrimSpace(strings.TrimPrefix(line, "id:"))}
	slow.subscribe("", "notes/*")
	s.flood(slow.id, fine)
}

// flood sends large records to a client that reads none, until it is dropped, and to one that
// reads them all.
func (s *server) flood(slowID string, fine *sseClient) {
	s.t.Helper()
	stuck, err := s.app.SubscriptionsBroker().ClientById(slowID)
	if err != nil {
		s.t.Fatal(err)
	}
	notes, err := s.app.Dao().FindCollectionByNameOrId("notes")
	if err != nil {
		s.t.Fatal(err)
	}
	body := strings.Repeat("x", 256<<10)
	sent := 0
	for !stuck.IsDiscarded() {
		record := models.NewRecord(notes)
		record.Set("title", "big")
		record.Set("body", body)
		if err := s.app.Dao().SaveRecord(record); err != nil {
			s.t.Fatal(err)
		}
		if sent++; sent > 1000 {
			s.t.Fatal("the slow client is not dropped")
		}
		if e := fine.next(); e.news(s.t).Record["title"] != "big" {
			s.t.Fatalf("got %.100s", e.data)
		}
	}
	s.t.Logf("dropped after %d messages: %v", sent, stuck.Err())
}

// Each client gets what a caller did in the order in which it was done, and
// nothing is lost while many write.
func TestRealtimeOrder(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 50
	s := serve(t)
	s.notes("title != 'flush'")
	clients := []*sseClient{s.subscribeTo("", "notes/*"), s.subscribeTo("", "notes/*")}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				s.note(fmt.Sprintf(`{"title":"%d:%03d"}`, w, i))
			}
		})
	}
	wg.Wait()
	var orders [][]string
	for _, client := range clients {
		got := titles(t, client.sync())
		for w := range writers {
			mine := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return !strings.HasPrefix(s, fmt.Sprintf("create %d:", w)) })
			if len(mine) != each || !slices.IsSorted(mine) {
				t.Errorf("writer %d: %v", w, mine)
			}
		}
		orders = append(orders, got)
	}
	if !slices.Equal(orders[0], orders[1]) {
		t.Error("two clients saw different orders")
	}
}

// What a client hears last about a record is what is stored, however many
// changed it at once.
func TestRealtimeCommitOrder(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.notes("title != 'flush'")
	id := s.note(`{"title":"0"}`)
	client := s.subscribeTo("", "notes/"+id)
	for round := range 40 {
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				record, err := s.app.Dao().FindRecordById("notes", id)
				if err == nil {
					record.Set("title", fmt.Sprintf("%d by %d", round, w))
					err = s.app.Dao().SaveRecord(record)
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		stored, err := s.app.Dao().FindRecordById("notes", id)
		if err != nil {
			t.Fatal(err)
		}
		got := titles(t, client.sync())
		if len(got) != 8 || got[7] != "update "+stored.GetString("title") {
			t.Fatalf("stored %q, told %v", stored.GetString("title"), got)
		}
	}
}

// Handlers of deletes decide whether clients hear of them. Slow ones hold up
// nobody else.
func TestRealtimeDeleteHooks(t *testing.T) {
	t.Parallel()
	slow := make(chan struct{})
	s := serve(t, func(app *core.App) {
		app.OnModelAfterDelete("notes").Add(func(e *core.ModelEvent) error {
			switch e.Model.(*models.Record).GetString("title") {
			case "fails":
				return errors.New("no")
			case "slow":
				<-slow
			}
			return nil
		})
		app.OnModelBeforeDelete("notes").Add(func(e *core.ModelEvent) error {
			if e.Model.(*models.Record).GetString("title") == "refused" {
				return errors.New("no")
			}
			return nil
		})
	})
	s.notes("title != 'flush'")
	ids := map[string]string{}
	for _, title := range []string{"fails", "refused", "slow", "plain"} {
		ids[title] = s.note(`{"title":"` + title + `"}`)
	}
	client := s.subscribeTo("", "notes/*")
	remove := func(title string) int {
		return s.do(call{method: http.MethodDelete, path: "/api/collections/notes/records/" + ids[title]}).status
	}
	if got := remove("fails"); got != 400 {
		t.Errorf("fails: %d", got)
	}
	if got := remove("refused"); got != 400 {
		t.Errorf("refused: %d", got)
	}
	done := make(chan int)
	go func() { done <- remove("slow") }()
	waitUntil(t, func() bool {
		_, err := s.app.Dao().FindRecordById("notes", ids["slow"])
		return err != nil
	})
	if got := remove("plain"); got != 204 {
		t.Errorf("plain: %d", got)
	}
	if got := titles(t, []sseEvent{client.next()}); got[0] != "delete plain" {
		t.Errorf("first %v", got)
	}
	close(slow)
	if got := <-done; got != 204 {
		t.Errorf("slow: %d", got)
	}
	if got := titles(t, client.sync()); !slices.Equal(got, []string{"delete slow"}) {
		t.Errorf("then %v", got)
	}
}

// Stopping the server ends the streams at once.
func TestRealtimeShutdown(t *testing.T) {
	t.Parallel()
	s := serve(t)
	client := s.open()
	start := time.Now()
	if err := s.app.Terminate(false); err != nil {
		t.Fatal(err)
	}
	client.ended()
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("stopping took %s", took)
	}
}

func BenchmarkRealtimeBroadcast(b *testing.B) {
	b.Run("1 client", func(b *testing.B) { benchmarkBroadcast(b, 1, "name = 'x'") })
	b.Run("1000 clients", func(b *testing.B) { benchmarkBroadcast(b, 1000, "name = 'x'") })
	b.Run("1000 accounts", func(b *testing.B) { benchmarkBroadcast(b, 1000, "name = 'x' && @request.auth.id != id") })
}

func benchmarkBroadcast(b *testing.B, clients int, rule string) {
	app := coretest.New(b)
	if _, err := apis.InitApi(app); err != nil {
		b.Fatal(err)
	}
	users, err := app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		b.Fatal(err)
	}
	users.ListRule = &rule
	if err := app.Dao().SaveCollection(users); err != nil {
		b.Fatal(err)
	}
	list := subscribers(app, clients)
	for i, client := range list {
		account := models.NewRecord(users)
		account.Id = fmt.Sprintf("account%08d", i)
		client.Set(apis.ContextAuthRecordKey, account)
	}
	record := models.NewRecord(users)
	record.Set("username", "x")
	record.Set("name", "x")
	record.RefreshId()
	event := &core.ModelEvent{BaseModelEvent: core.BaseModelEvent{Model: record}, Dao: app.Dao()}
	b.ResetTimer()
	for b.Loop() {
		if err := app.OnModelAfterCreate().Trigger(event); err != nil {
			b.Fatal(err)
		}
		for _, client := range list {
			<-client.Channel()
			client.Take()
		}
	}
}

// subscribers registers clients that nothing but the test reads from.
func subscribers(app *core.App, n int) []*realtime.Client {
	list := make([]*realtime.Client, n)
	for i := range list {
		list[i] = realtime.NewClient()
		list[i].Subscribe("users/*")
		app.SubscriptionsBroker().Register(list[i])
	}
	return list
}
