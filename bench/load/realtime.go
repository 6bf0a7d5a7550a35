package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const (
	// watchedCollection is the one that clients subscribe to.
	watchedCollection = "watched"
	// pace is the pause between creates while their cost is measured, in which
	// the messages of the last one are delivered.
	pace = 40 * time.Millisecond
	// pacedCreates are measured for each number of clients.
	pacedCreates = 60
	// burst is how many records are created at once to measure the throughput.
	burst = 100
)

// listeners are connected clients that count and time what they receive.
type listeners struct {
	server *http.Server
	conns  []net.Conn
	got    atomic.Int64
	wg     sync.WaitGroup

	mu        sync.Mutex
	latencies []time.Duration
}

// realtime measures what a number of clients costs and gets.
func (b *bench) realtime(clients int) error {
	l, err := b.listen(clients)
	if err != nil {
		return err
	}
	defer l.close()
	watched, err := b.pacedCreates(watchedCollection)
	if err != nil {
		return err
	}
	if err := l.wait(int64(pacedCreates * clients)); err != nil {
		return err
	}
	p50, p99 := l.percentiles()
	alone, err := b.pacedCreates("posts")
	if err != nil {
		return err
	}
	took, err := clock(func() error {
		c, err := b.app.Dao().FindCollectionByNameOrId(watchedCollection)
		if err != nil {
			return err
		}
		for range burst {
			if err := b.app.Dao().SaveRecord(b.stamped(c)); err != nil {
				return err
			}
		}
		return l.wait(int64((pacedCreates + burst) * clients))
	})
	if err != nil {
		return err
	}
	expected := int64((pacedCreates + burst) * clients)
	fmt.Printf("%-34s %10.2fµs %10.2fµs %7.2fx  %s\n", fmt.Sprintf("create, %d clients subscribed", clients),
		watched, alone, watched/alone, "our create that nobody watches")
	fmt.Printf("%-34s %.0f messages/s, delivered in %s (99 %%: %s), %d of %d lost\n", fmt.Sprintf("realtime, %d clients", clients),
		float64(burst*clients)/took*1e6, p50.Round(10*time.Microsecond), p99.Round(10*time.Microsecond), expected-l.got.Load(), expected)
	return nil
}

// pacedCreates returns how long a create takes, in microseconds.
func (b *bench) pacedCreates(name string) (float64, error) {
	c, err := b.app.Dao().FindCollectionByNameOrId(name)
	if err != nil {
		return 0, err
	}
	var took []float64
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for range pacedCreates {
		<-ticker.C
		record := b.stamped(c)
		us, err := clock(func() error { return b.app.Dao().SaveRecord(record) })
		if err != nil {
			return 0, err
		}
		took = append(took, us)
	}
	return median(took), nil
}

// stamped is a record whose title is the time at which it is made.
func (b *bench) stamped(c *models.Collection) *models.Record {
	record := b.newRecord(c)
	record.Set("title", strconv.FormatInt(time.Now().UnixNano(), 10))
	return record
}

// listen starts a server and subscribes clients to the watched collection.
func (b *bench) listen(clients int) (*listeners, error) {
	if err := b.watchable(); err != nil {
		return nil, err
	}
	router, err := apis.InitApi(b.app)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &listeners{server: &http.Server{Handler: router, ReadHeaderTimeout: time.Minute}}
	go func() { _ = l.server.Serve(listener) }()
	for range clients {
		if err := l.connect(listener.Addr().String()); err != nil {
			l.close()
			return nil, err
		}
	}
	return l, nil
}

// watchable makes the watched collection if it is missing.
func (b *bench) watchable() error {
	if _, err := b.app.Dao().FindCollectionByNameOrId(watchedCollection); err == nil {
		return nil
	}
	if err := b.collection(watchedCollection); err != nil {
		return err
	}
	c, err := b.app.Dao().FindCollectionByNameOrId(watchedCollection)
	if err != nil {
		return err
	}
	rule := "title != '' && views >= 0"
	c.ListRule = &rule
	return b.app.Dao().SaveCollection(c)
}

// connect opens one stream, subscribes it and reads it in the background.
func (l *listeners) connect(addr string) error {
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		return err
	}
	l.conns = append(l.conns, conn)
	if _, err := conn.Write([]byte("GET /api/realtime HTTP/1.1\r\nHost: bench\r\n\r\n")); err != nil {
		return err
	}
	reader := bufio.NewReader(conn)
	id := ""
	for line := ""; line != "\n"; {
		if line, err = reader.ReadString('\n'); err != nil {
			return err
		}
		if after, ok := strings.CutPrefix(line, "id:"); ok {
			id = strings.TrimSpace(after)
		}
	}
	body := fmt.Sprintf(`{"clientId":%q,"subscriptions":["%s/*"]}`, id, watchedCollection)
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+addr+"/api/realtime", strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		return fmt.Errorf("subscribe: %s", resp.Status)
	}
	l.wg.Go(func() { l.read(reader) })
	return nil
}

var titleKey = []byte(`"title":"`)

func (l *listeners) read(reader *bufio.Reader) {
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return
		}
		if !bytes.HasPrefix(line, []byte("data:")) {
			continue
		}
		_, rest, _ := bytes.Cut(line, titleKey)
		stamp, _, _ := bytes.Cut(rest, []byte{'"'})
		sent, _ := strconv.ParseInt(string(stamp), 10, 64)
		took := time.Since(time.Unix(0, sent))
		l.mu.Lock()
		l.latencies = append(l.latencies, took)
		l.mu.Unlock()
		l.got.Add(1)
	}
}

// wait returns once so many messages came, or after a while without any.
func (l *listeners) wait(n int64) error {
	last, since := l.got.Load(), time.Now()
	for last < n {
		time.Sleep(200 * time.Microsecond)
		if now := l.got.Load(); now != last {
			last, since = now, time.Now()
		} else if time.Since(since) > 5*time.Second {
			return nil // what is missing counts as lost
		}
	}
	return nil
}

func (l *listeners) percentiles() (p50, p99 time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.latencies) == 0 {
		return 0, 0
	}
	slices.Sort(l.latencies)
	return l.latencies[len(l.latencies)/2], l.latencies[len(l.latencies)*99/100]
}

func (l *listeners) close() {
	for _, conn := range l.conns {
		_ = conn.Close()
	}
	_ = l.server.Close()
	l.wg.Wait()
}
