package apis_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

func TestVerification(t *testing.T) {
	t.Parallel()
	var mails outbox
	s := serve(t, mails.intercept)
	ann, token := s.user("ann", nil)

	s.expect([]expectation{
		{name: "no address", call: postCall("/request-verification", `{}`), status: 400, contains: []string{"An error occurred while validating the form.", "email"}},
		{name: "ask", call: postCall("/request-verification", `{"email":"ann@example.com"}`), status: 204},
	})
	mailed := mails.token()
	s.expect([]expectation{
		{name: "no token", call: postCall("/confirm-verification", `{}`), status: 400, contains: []string{"validation_required"}},
		{name: "no claims", call: postCall("/confirm-verification", `{"token":"`+token+`"}`), status: 400, contains: []string{"validation_invalid_token_claims"}},
		{name: "confirm", call: postCall("/confirm-verification", `{"token":"`+mailed+`"}`), status: 204},
		{name: "again", call: postCall("/confirm-verification", `{"token":"`+mailed+`"}`), status: 204},
		{name: "session lives", call: call{method: "POST", path: authPath + "/auth-refresh", token: token}, status: 200},
		{name: "verified ones get no mail", call: postCall("/request-verification", `{"email":"ann@example.com"}`), status: 204},
	})
	if !s.account(ann.Id).Verified() {
		t.Fatal("not verified")
	}
	ann = s.account(ann.Id)
	ann.Set("email", "other@example.com")
	if err := s.app.Dao().SaveRecord(ann); err != nil {
		t.Fatal(err)
	}
	s.expect([]expectation{
		{name: "another address", call: postCall("/confirm-verification", `{"token":"`+mailed+`"}`), status: 400, contains: []string{"validation_token_email_mismatch"}},
	})
}

func TestPasswordReset(t *testing.T) {
	t.Parallel()
	var mails outbox
	s := serve(t, mails.intercept)
	ann, session := s.user("ann", nil)
	confirm := func(token, password, again string) call {
		return postCall("/confirm-password-reset", fmt.Sprintf(`{"token":%q,"password":%q,"passwordConfirm":%q}`, token, password, again))
	}
	s.expect([]expectation{{call: postCall("/request-password-reset", `{"email":"ann@example.com"}`), status: 204}})
	mailed := mails.token()
	s.expect([]expectation{
		{name: "garbage", call: confirm("x", "12345678", "12345678"), status: 400, contains: []string{"validation_invalid_token"}},
		{name: "short", call: confirm(mailed, "123", "123"), status: 400, contains: []string{"validation_length_out_of_range"}},
		{name: "longer than a hash sees", call: confirm(mailed, strings.Repeat("a", 73), strings.Repeat("a", 73)), status: 400, contains: []string{"validation_length_out_of_range"}},
		{name: "mismatch", call: confirm(mailed, "12345678", "87654321"), status: 400, contains: []string{"validation_values_mismatch"}},
		{name: "fine", call: confirm(mailed, "12345678", "12345678"), status: 204},
		{name: "only once", call: confirm(mailed, "12345678", "12345678"), status: 400, contains: []string{"validation_invalid_token"}},
		{name: "sessions end", call: call{method: "POST", path: authPath + "/auth-refresh", token: session}, status: 401},
	})
	stored := s.account(ann.Id)
	if !stored.Verified() || !stored.LastResetSentAt().IsZero() || !stored.ValidatePassword("12345678") {
		t.Fatalf("account %v", stored.ColumnValueMap())
	}
}

func TestMailsAreSentOnceInAWhile(t *testing.T) {
	t.Parallel()
	mails := outbox{hold: make(chan struct{})}
	noted := make(chan struct{}, 8)
	s := serve(t, mails.intercept, func(app *core.App) {
		app.OnModelAfterUpdate("users").Add(func(*core.ModelEvent) error {
			noted <- struct{}{}
			return nil
		})
	})
	s.user("ann", nil)
	ask := expectation{call: postCall("/request-password-reset", `{"email":"ann@example.com"}`), status: 204}
	s.expect([]expectation{ask, ask, ask}) // while the first mail is on its way
	close(mails.hold)
	<-noted
	s.expect([]expectation{ask, ask})
	if n := len(mails.sent); n != 1 {
		t.Fatalf("%d mails", n)
	}
}

func TestEmailChange(t *testing.T) {
	t.Parallel()
	var mails outbox
	s := serve(t, mails.intercept)
	ann, session := s.user("ann", nil)
	bob, _ := s.user("bob", nil)
	s.cheapen("users", "12345678")
	users, err := s.app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		t.Fatal(err)
	}
	users.Options["exceptEmailDomains"] = []string{"spam.example"}
	if err := s.app.Dao().SaveCollection(users); err != nil {
		t.Fatal(err)
	}
	ask := func(body string) call {
		c := postCall("/request-email-change", body)
		c.token = session
		return c
	}
	confirm := func(token, password string) call {
		return postCall("/confirm-email-change", fmt.Sprintf(`{"token":%q,"password":%q}`, token, password))
	}
	s.expect([]expectation{
		{name: "guest", call: postCall("/request-email-change", `{"newEmail":"new@example.com"}`), status: 401},
		{name: "taken", call: ask(`{"newEmail":"bob@example.com"}`), status: 400, contains: []string{"validation_record_email_invalid"}},
		{name: "domain", call: ask(`{"newEmail":"new@Spam.example"}`), status: 400, contains: []string{"validation_email_domain_not_allowed"}},
		{name: "fine", call: ask(`{"newEmail":"new@example.com"}`), status: 204},
	})
	mailed := mails.token()
	s.expect([]expectation{
		{name: "session as token", call: confirm(session, "12345678"), status: 400, contains: []string{"validation_invalid_token_payload"}},
		{name: "wrong password", call: confirm(mailed, "87654321"), status: 400, contains: []string{"validation_invalid_password"}},
	})
	bob.Set("email", "new@example.com")
	if err := s.app.Dao().SaveRecord(bob); err != nil {
		t.Fatal(err)
	}
	s.expect([]expectation{
		{name: "taken meanwhile", call: confirm(mailed, "12345678"), status: 400, contains: []string{"validation_existing_token_email"}},
	})
	bob.Set("email", "bob@example.com")
	if err := s.app.Dao().SaveRecord(bob); err != nil {
		t.Fatal(err)
	}
	s.expect([]expectation{
		{name: "confirm", call: confirm(mailed, "12345678"), status: 204},
		{name: "only once", call: confirm(mailed, "12345678"), status: 400},
		{name: "sessions end", call: call{method: "POST", path: authPath + "/auth-refresh", token: session}, status: 401},
	})
	if got := s.account(ann.Id); got.Email() != "new@example.com" || !got.Verified() {
		t.Fatalf("%s verified %t", got.Email(), got.Verified())
	}
}

func TestExternalAuths(t *testing.T) {
	t.Parallel()
	s := serve(t)
	ann, token := s.user("ann", nil)
	_, other := s.user("bob", nil)
	if err := s.app.Dao().SaveExternalAuth(&models.ExternalAuth{
		CollectionId: ann.Collection().Id, RecordId: ann.Id, Provider: "google", ProviderId: "1",
	}); err != nil {
		t.Fatal(err)
	}
	list := authPath + "/records/" + ann.Id + "/external-auths"
	s.expect([]expectation{
		{name: "guest", call: call{path: list}, status: 401},
		{name: "another", call: call{path: list, token: other}, status: 403},
		{name: "owner", call: call{path: list, token: token}, status: 200, contains: []string{`[{"id":`, `"provider":"google"`}},
		{name: "admin", call: call{path: list, token: s.admin("a@example.com")}, status: 200},
		{name: "unlink as another", call: call{method: "DELETE", path: list + "/google", token: other}, status: 403},
		{name: "unlink what is not linked", call: call{method: "DELETE", path: list + "/github", token: token}, status: 404, contains: []string{"Missing external auth provider relation."}},
		{name: "unlink", call: call{method: "DELETE", path: list + "/google", token: token}, status: 204},
		{name: "none left", call: call{path: list, token: token}, status: 200, contains: []string{"[]"}},
	})
}

func TestLoginAlert(t *testing.T) {
	t.Parallel()
	s := serve(t)
	ann, _ := s.user("ann", nil)
	s.cheapen("users", "12345678")
	if err := s.app.Dao().SaveExternalAuth(&models.ExternalAuth{
		CollectionId: ann.Collection().Id, RecordId: ann.Id, Provider: "google", ProviderId: "1",
	}); err != nil {
		t.Fatal(err)
	}
	form := forms.NewSettingsUpsert(s.app)
	form.Smtp.Enabled, form.Smtp.Host, form.Smtp.Port = true, "127.0.0.1", 1
	if err := form.Submit(); err != nil {
		t.Fatal(err)
	}
	s.expect([]expectation{
		{name: "refused by the mail server", call: loginCall("ann", "12345678"), status: 400, contains: []string{"Failed to authenticate."}},
	})
	form.Smtp.Enabled = false
	if err := form.Submit(); err != nil {
		t.Fatal(err)
	}
	s.expect([]expectation{
		{name: "without a mail server", call: loginCall("ann", "12345678"), status: 200},
	})
}

func TestAuthMethods(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp))
	got := s.do(call{method: http.MethodGet, path: authPath + "/auth-methods"})
	for _, text := range []string{
		`"name":"oidc"`, `"displayName":"OIDC"`, idp.URL + "/auth?client_id=first", "redirect_uri=\"", `"usernamePassword":true`,
	} {
		if !strings.Contains(got.body, text) {
			t.Errorf("%s is missing in %s", text, got.body)
		}
	}
	if strings.Contains(got.body, idp.secret()) || strings.Contains(got.body, "oidc2") {
		t.Errorf("too much in %s", got.body)
	}
}
