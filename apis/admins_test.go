package apis_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/mailer"
)

func TestAdmins(t *testing.T) {
	t.Parallel()
	s := serve(t)
	first := s.do(call{method: "POST", path: "/api/admins", body: `{"email":"first@example.com","password":"1234567890","passwordConfirm":"1234567890","avatar":3}`})
	if first.status != 200 || !strings.Contains(first.body, `"avatar":3`) || strings.Contains(first.body, "tokenKey") {
		t.Fatalf("first admin: %d %s", first.status, first.body)
	}
	s.cheapen("_admins", "1234567890")
	login := call{method: "POST", path: "/api/admins/auth-with-password", body: `{"identity":"first@example.com","password":"1234567890"}`}
	signedIn := s.do(login).json(t)
	token := fmt.Sprint(signedIn["token"])
	id := fmt.Sprint(signedIn["admin"].(map[string]any)["id"])
	s.expect([]expectation{
		{name: "the second needs a token", call: call{method: "POST", path: "/api/admins", body: `{}`}, status: 401},
		{
			name: "taken", call: call{method: "POST", path: "/api/admins", token: token, body: `{"email":"first@example.com","password":"123","passwordConfirm":"x","avatar":10}`}, status: 400,
			contains: []string{"validation_admin_email_exists", "validation_length_out_of_range", "validation_values_mismatch", "validation_max_less_equal_than_required"},
		},
		{name: "form body", call: call{method: "POST", path: login.path, body: "identity=first@example.com&password=1234567890", contentType: "application/x-www-form-urlencoded"}, status: 200},
		{name: "other content type", call: call{method: "POST", path: login.path, body: "x", contentType: "text/plain"}, status: 400, contains: []string{"An error occurred while loading the submitted data."}},
		{name: "wrong type", call: call{method: "POST", path: login.path, body: `{"identity":1}`}, status: 400, contains: []string{"An error occurred while loading the submitted data."}},
		{name: "list", call: call{path: "/api/admins?filter=email='first@example.com'", token: token}, status: 200, contains: []string{`"totalItems":1`}},
		{name: "list by a missing column", call: call{path: "/api/admins?filter=tokenKey=''", token: token}, status: 400},
		{name: "refresh", call: call{method: "POST", path: "/api/admins/auth-refresh", token: token}, status: 200, contains: []string{"token", "first@example.com"}},
		{name: "last admin", call: call{method: "DELETE", path: "/api/admins/" + id, token: token}, status: 400, contains: []string{"Failed to delete admin."}},
		{name: "change", call: call{method: "PATCH", path: "/api/admins/" + id, token: token, body: `{"avatar":1}`}, status: 200, contains: []string{`"avatar":1`, "first@example.com"}},
		{name: "new password", call: call{method: "PATCH", path: "/api/admins/" + id, token: token, body: `{"password":"0987654321","passwordConfirm":"0987654321"}`}, status: 200},
		{name: "old token is dead", call: call{path: "/api/admins", token: token}, status: 401},
	})
}

// TestOnlyOneGuestCreatesTheFirstAdmin lets requests of guests pass the guard before any of
// them writes.
func TestOnlyOneGuestCreatesTheFirstAdmin(t *testing.T) {
	t.Parallel()
	const guests = 3
	var passed sync.WaitGroup
	passed.Add(guests)
	s := serve(t, func(app *core.App) {
		app.OnAdminBeforeCreateRequest().Add(func(*core.AdminCreateEvent) error {
			passed.Done()
			passed.Wait()
			return nil
		})
	})
	answers := make(chan answer, guests)
	for i := range guests {
		go func() {
			answers <- s.do(call{method: http.MethodPost, path: "/api/admins", body: fmt.Sprintf(`{"email":"g%d@example.com","password":"1234567890","passwordConfirm":"1234567890"}`, i)})
		}()
	}
	statuses := map[int]int{}
	for range guests {
		got := <-answers
		statuses[got.status]++
		if got.status == http.StatusUnauthorized && !strings.Contains(got.body, "The request requires valid admin authorization token to be set.") {
			t.Errorf("answer of a loser: %s", got.body)
		}
	}
	if statuses[http.StatusOK] != 1 || statuses[http.StatusUnauthorized] != guests-1 {
		t.Errorf("statuses %v", statuses)
	}
	if total, err := s.app.Dao().TotalAdmins(); err != nil || total != 1 {
		t.Errorf("%d admins, %v", total, err)
	}
}

// TestGuestsLearnNothingOfAnAdminMadeMeanwhile creates one after the guard has let a guest pass.
func TestGuestsLearnNothingOfAnAdminMadeMeanwhile(t *testing.T) {
	t.Parallel()
	s := serve(t)
	body, send := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/api/admins", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	// The body is sent when the server begins to read it, which is behind the guard.
	r.Header.Set("Expect", "100-continue")
	transport := &http.Transport{ExpectContinueTimeout: time.Minute}
	status := make(chan int, 1)
	go func() {
		defer close(status)
		resp, err := transport.RoundTrip(r)
		_ = body.Close()
		if err != nil {
			t.Error(err)
			return
		}
		_ = resp.Body.Close()
		status <- resp.StatusCode
	}()
	if _, err := io.WriteString(send, `{"email":"first@example.com",`); err != nil {
		t.Fatal(err)
	}
	s.admin("first@example.com")
	if _, err := io.WriteString(send, `"password":"1234567890","passwordConfirm":"1234567890"}`); err != nil {
		t.Fatal(err)
	}
	_ = send.Close()
	if got := <-status; got != http.StatusUnauthorized {
		t.Errorf("status %d", got)
	}
}

func TestAdminPasswordReset(t *testing.T) {
	t.Parallel()
	sent := make(chan string, 1)
	s := serve(t, func(app *core.App) {
		app.OnMailerBeforeAdminResetPasswordSend().Add(func(e *core.MailerAdminEvent) error {
			e.MailClient = noMail{}
			sent <- fmt.Sprint(e.Meta["token"])
			return nil
		})
		app.OnAdminAfterRequestPasswordResetRequest().Add(func(*core.AdminRequestPasswordResetEvent) error {
			return errors.New("not shown")
		})
	})
	s.admin("a@example.com")
	request := func(body string) call {
		return call{method: http.MethodPost, path: "/api/admins/request-password-reset", body: body}
	}
	s.expect([]expectation{
		{name: "no address", call: request(`{}`), status: 400, contains: []string{"An error occurred while validating the form.", "email"}},
		{name: "unknown address", call: request(`{"email":"none@example.com"}`), status: 204},
		{name: "hook errors do not show", call: request(`{"email":"a@example.com"}`), status: 204},
	})
	token := <-sent
	confirm := func(token, password string) call {
		return call{method: http.MethodPost, path: "/api/admins/confirm-password-reset", body: fmt.Sprintf(`{"token":%q,"password":%q,"passwordConfirm":%q}`, token, password, password)}
	}
	s.expect([]expectation{
		{name: "bad token", call: confirm("x", "1234567890"), status: 400, contains: []string{"validation_invalid_token"}},
		{name: "short", call: confirm(token, "123"), status: 400, contains: []string{"validation_length_out_of_range"}},
		{name: "fine", call: confirm(token, "1234567890"), status: 204},
		{name: "only once", call: confirm(token, "1234567890"), status: 400},
	})
}

// noMail takes mails and forgets them.
type noMail struct{}

func (noMail) Send(*mailer.Message) error { return nil }
