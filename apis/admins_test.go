package apis_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

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
