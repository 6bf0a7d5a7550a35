package apis_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
)

// TestSlowBodies has clients that announce a body and do not send it. They hold
// nobody up and are cut off in the end.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	s := serve(t, func(app *core.App) {
		app.OnBeforeServe().Add(func(e *core.ServeEvent) error {
			e.Server.ReadTimeout = 2 * time.Second
			return nil
		})
	})
	token := s.admin("a@example.com")
	s.collection(token, `{"name":"notes","type":"base","createRule":"","schema":[{"name":"title","type":"text"}]}`)
	var slow []net.Conn
	for i := range 100 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		kind := []string{"application/json", "multipart/form-data; boundary=x"}[i%2]
		fmt.Fprintf(conn, "POST /api/collections/notes/records HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 1000\r\n\r\n{", kind)
		slow = append(slow, conn)
	}
	for range 5 {
		if got := s.do(call{method: http.MethodPost, path: "/api/collections/notes/records", body: `{"title":"x"}`}); got.status != 200 {
			t.Errorf("another client: %d %s", got.status, got.body)
		}
	}
	for _, conn := range slow {
		if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		answer := bufio.NewReader(conn)
		res, err := http.ReadResponse(answer, nil)
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode < 400 {
				t.Errorf("half a body was accepted: %d", res.StatusCode)
			}
			_, err = answer.ReadByte()
		}
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // it comes straight from the connection
			t.Fatal("a slow client was not cut off")
		}
	}
}

// TestPanicInBackgroundGoroutine panics wherever the app runs something beside a
// request.
func TestPanicInBackgroundGoroutine(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.app.Go(func(context.Context) { panic("in a job") })
	s.app.OnModelAfterCreate().Add(func(*core.ModelEvent) error { panic("in a hook") })
	s.expect([]expectation{
		{call: call{method: http.MethodPost, path: "/api/admins", body: `{"email":"b@example.com","password":"1234567890","passwordConfirm":"1234567890"}`}, status: 400},
		{call: call{path: "/api/health"}, status: 200},
	})
}

// TestBackupNames uploads archives under names that lead somewhere else and asks
// for such keys.
func TestBackupNames(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := s.admin("a@example.com")
	empty := "PK\x05\x06" + strings.Repeat("\x00", 18)
	for name, want := range map[string]int{"../up.zip": 204, `..\win.zip`: 400, ".hidden.zip": 400, "..": 400, "plain": 204} {
		body, contentType := multipartBody(t, part{name: "file", filename: name, value: empty})
		got := s.do(call{method: http.MethodPost, path: "/api/backups/upload", token: token, body: body, contentType: contentType})
		if got.status != want {
			t.Errorf("%q: %d %s", name, got.status, got.body)
		}
	}
	got := s.do(call{method: http.MethodGet, path: "/api/backups", token: token})
	for _, key := range []string{`"up.zip"`, `"plain"`} {
		if !strings.Contains(got.body, key) {
			t.Errorf("no %s in %s", key, got.body)
		}
	}
	for _, key := range []string{"..%2fdata.db", "..%5cdata.db", "%2e%2e%2fdata.db", "a%00b", "..", "up.zip.attrs"} {
		for _, method := range []string{http.MethodGet, http.MethodDelete} {
			if got := s.do(call{method: method, path: "/api/backups/" + key, token: token}); got.status < 400 {
				t.Errorf("%s %s: %d", method, key, got.status)
			}
		}
		if got := s.do(call{method: http.MethodPost, path: "/api/backups/" + key + "/restore", token: token}); got.status < 400 {
			t.Errorf("restore %s: %d", key, got.status)
		}
	}
}
