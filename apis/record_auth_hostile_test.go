package apis_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/realtime"
)

func TestRequestsAnswerAlikeForUnknownAddresses(t *testing.T) {
	t.Parallel()
	var mails outbox
	s := serve(t, mails.intercept)
	s.user("ann", nil)
	s.cheapen("users", "12345678")
	tests := []struct{ name, path, known, unknown string }{
		{"reset", "/request-password-reset", `{"email":"ann@example.com"}`, `{"email":"nobody@example.com"}`},
		{"verification", "/request-verification", `{"email":"ann@example.com"}`, `{"email":"nobody@example.com"}`},
		{"email sign-in", "/auth-with-password", `{"identity":"ann@example.com","password":"x"}`, `{"identity":"nobody@example.com","password":"x"}`},
		{"username sign-in", "/auth-with-password", `{"identity":"ann","password":"x"}`, `{"identity":"nobody","password":"x"}`},
	}
	for _, tt := range tests {
		known, unknown := s.do(postCall(tt.path, tt.known)), s.do(postCall(tt.path, tt.unknown))
		known.header.Del("Date")
		unknown.header.Del("Date")
		if known.status != unknown.status || known.body != unknown.body || fmt.Sprint(known.header) != fmt.Sprint(unknown.header) {
			t.Errorf("%s: known %d %v %s, unknown %d %v %s", tt.name,
				known.status, known.header, known.body, unknown.status, unknown.header, unknown.body)
		}
	}
}

// The owner of an address signs in through a provider after somebody else has
// made an account with it (CVE-2024-38351, CVE-2026-44166).
func TestOAuth2TakesOverPreRegisteredAccounts(t *testing.T) {
	t.Parallel()
	var mails outbox
	idp, attackers := startProvider(t, "first"), startProvider(t, "second")
	s := serve(t, withProviders(t, idp, attackers), mails.intercept)

	created := s.do(call{method: http.MethodPost, path: authPath + "/records", body: `{"username":"squatter","email":"victim@example.com","password":"12345678","passwordConfirm":"12345678"}`})
	id := fmt.Sprint(created.json(t)["id"])
	session := fmt.Sprint(s.do(loginCall("squatter", "12345678")).json(t)["token"])
	own := map[string]any{"sub": "attacker", "email": "attacker@example.com", "email_verified": true}
	if linked := s.do(oauth2Call("oidc2", attackers.code(own), session, "")); recordID(t, linked) != id {
		t.Fatalf("link: %s", linked.body)
	}
	s.do(postCall("/request-password-reset", `{"email":"victim@example.com"}`))
	reset := mails.token()
	s.do(call{method: http.MethodPost, path: authPath + "/request-email-change", token: session, body: `{"newEmail":"attacker@example.com"}`})
	change := mails.token()
	file := fmt.Sprint(s.do(call{method: http.MethodPost, path: "/api/files/token", token: session}).json(t)["token"])

	victim := map[string]any{"sub": "owner", "email": "victim@example.com", "email_verified": true}
	got := s.do(oauth2Call("oidc", idp.code(victim), "", ""))
	if recordID(t, got) != id {
		t.Fatalf("sign-in of the owner: %s", got.body)
	}

	stored := s.account(id)
	if !stored.Verified() || stored.ValidatePassword("12345678") {
		t.Errorf("verified %t, old password works %t", stored.Verified(), stored.ValidatePassword("12345678"))
	}
	links, err := s.app.Dao().FindAllExternalAuthsByRecord(stored)
	if err != nil || len(links) != 1 || links[0].Provider != "oidc" {
		t.Errorf("links %v, %v", links, err)
	}
	if _, err := s.app.Dao().FindAuthRecordByToken(file, s.app.Settings().RecordFileToken.Secret); err == nil {
		t.Error("the file token works")
	}
	s.expect([]expectation{
		{name: "password", call: loginCall("squatter", "12345678"), status: 400},
		{name: "session", call: call{method: "POST", path: authPath + "/auth-refresh", token: session}, status: 401},
		{name: "reset link", call: postCall("/confirm-password-reset", fmt.Sprintf(`{"token":%q,"password":"12345678","passwordConfirm":"12345678"}`, reset)), status: 400},
		{name: "change link", call: postCall("/confirm-email-change", fmt.Sprintf(`{"token":%q,"password":"12345678"}`, change)), status: 400},
	})
	if again := s.do(oauth2Call("oidc2", attackers.code(own), "", "")); recordID(t, again) == id {
		t.Error("the other provider still leads to the account")
	}
}

func TestOAuth2CreateDataCannotSpoofTheAddress(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp))
	victim, _ := s.user("victim", nil)
	spoof := `{"email":"victim@example.com","verified":true,"emailVisibility":true,"tokenKey":"known","passwordHash":"known","name":"x"}`
	tests := []struct {
		name   string
		claims map[string]any
		want   string
	}{
		{"none", map[string]any{"sub": "1"}, ""},
		{"unverified", map[string]any{"sub": "2", "email": "victim@example.com", "email_verified": false}, ""},
		{"unverified text", map[string]any{"sub": "3", "email": "victim@example.com", "email_verified": "false"}, ""},
		{"verified", map[string]any{"sub": "4", "email": "own@example.com", "email_verified": "true"}, "own@example.com"},
	}
	for _, tt := range tests {
		id := recordID(t, s.do(oauth2Call("oidc", idp.code(tt.claims), "", spoof)))
		got := s.account(id)
		if id == victim.Id || got.Email() != tt.want || got.TokenKey() == "known" || got.PasswordHash() == "known" {
			t.Errorf("%s: %s has address %q", tt.name, id, got.Email())
		}
	}
	if s.account(victim.Id).Verified() {
		t.Error("the account of the victim is verified")
	}
	got := s.do(oauth2Call("oidc", idp.code(map[string]any{"sub": "5"}), "", `{"id":"`+victim.Id+`"}`))
	if got.status != http.StatusBadRequest {
		t.Errorf("id of another account: %d %s", got.status, got.body)
	}
}

func TestOAuth2CodesWorkOnce(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp))
	code := idp.code(map[string]any{"sub": "1"})
	stolen := oauth2Call("oidc", code, "", "")
	stolen.body = strings.Replace(stolen.body, verifier, strings.Repeat("x", 43), 1)
	s.expect([]expectation{
		{name: "without the verifier", call: stolen, status: 400, lacks: []string{idp.secret()}},
		{name: "first", call: oauth2Call("oidc", code, "", ""), status: 200},
		{name: "replay", call: oauth2Call("oidc", code, "", ""), status: 400, lacks: []string{idp.secret()}},
	})
}

func TestOAuth2StatesWorkOnce(t *testing.T) {
	t.Parallel()
	s := serve(t)
	waiting, other := realtime.NewClient(), realtime.NewClient()
	waiting.Subscribe("@oauth2")
	for _, client := range []*realtime.Client{waiting, other} {
		s.app.SubscriptionsBroker().Register(client)
		t.Cleanup(func() { s.app.SubscriptionsBroker().Unregister(client.Id()) })
	}
	redirect := func(state string) string {
		got := s.do(call{method: http.MethodGet, path: "/api/oauth2-redirect?code=secret&state=" + state})
		if got.status != http.StatusTemporaryRedirect {
			t.Errorf("status %d", got.status)
		}
		return got.header.Get("Location")
	}
	const success, failure = "../_/#/auth/oauth2-redirect-success", "../_/#/auth/oauth2-redirect-failure"
	var group sync.WaitGroup
	results := make([]string, 4)
	for i := range results {
		group.Go(func() { results[i] = redirect(waiting.Id()) })
	}
	group.Wait()
	slices.Sort(results)
	if !slices.Equal(results, []string{failure, failure, failure, success}) {
		t.Errorf("redirects %v", results)
	}
	for _, state := range []string{other.Id(), "", "guessed"} {
		if got := redirect(state); got != failure {
			t.Errorf("state %q: %s", state, got)
		}
	}
}

func TestOAuth2ProviderMixUp(t *testing.T) {
	t.Parallel()
	first, second := startProvider(t, "first"), startProvider(t, "second")
	s := serve(t, withProviders(t, first, second))
	claims := map[string]any{"sub": "same"}
	s.expect([]expectation{
		{name: "code of another provider", call: oauth2Call("oidc2", first.code(claims), "", ""), status: 400},
	})
	a := recordID(t, s.do(oauth2Call("oidc", first.code(claims), "", "")))
	b := recordID(t, s.do(oauth2Call("oidc2", second.code(claims), "", "")))
	if a == b {
		t.Error("users of two providers share an account")
	}
}

func TestForeignTokensDoNotSignIn(t *testing.T) {
	t.Parallel()
	s := serve(t)
	ann, valid := s.user("ann", nil)
	admin := s.admin("a@example.com")
	claims := func(changes ...string) jwt.MapClaims {
		all := jwt.MapClaims{"id": ann.Id, "type": "authRecord", "collectionId": ann.Collection().Id, "exp": time.Now().Add(time.Hour).Unix()}
		for i := 0; i < len(changes); i += 2 {
			all[changes[i]] = changes[i+1]
		}
		return all
	}
	key := ann.TokenKey() + s.app.Settings().RecordAuthToken.Secret
	sign := func(method jwt.SigningMethod, key any, c jwt.MapClaims) string {
		token, err := jwt.NewWithClaims(method, c).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	made := func(newToken func(*core.App, *models.Record) (string, error)) string {
		token, err := newToken(s.app, ann)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	unsigned := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + strings.Split(valid, ".")[1] + "."
	tokens := map[string]string{
		"alg none":           sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, claims()),
		"no signature":       unsigned,
		"another method":     sign(jwt.SigningMethodHS512, []byte(key), claims()),
		"admin type":         sign(jwt.SigningMethodHS256, []byte(key), claims("type", "admin")),
		"unknown type":       sign(jwt.SigningMethodHS256, []byte(key), claims("type", "other")),
		"another collection": sign(jwt.SigningMethodHS256, []byte(key), claims("collectionId", "missing")),
		"empty key":          sign(jwt.SigningMethodHS256, []byte(""), claims()),
		"verification mail":  made(core.NewRecordVerifyToken),
		"reset mail":         made(core.NewRecordResetPasswordToken),
		"file":               made(core.NewRecordFileToken),
		"email change mail": made(func(app *core.App, r *models.Record) (string, error) {
			return core.NewRecordChangeEmailToken(app, r, "new@example.com")
		}),
		"admin":   admin,
		"garbage": "a.b.c",
		"large":   "a." + strings.Repeat("b", 100_000) + ".c",
	}
	for name, token := range tokens {
		s.expect([]expectation{
			{name: name, call: call{method: "POST", path: authPath + "/auth-refresh", token: token}, status: 401},
		})
	}
	for _, path := range []string{"/confirm-verification", "/confirm-password-reset", "/confirm-email-change"} {
		body := fmt.Sprintf(`{"token":%q,"password":"12345678","passwordConfirm":"12345678"}`, valid)
		s.expect([]expectation{{name: "session at " + path, call: postCall(path, body), status: 400, contains: []string{"validation_invalid_token"}}})
	}
	huge := s.do(call{method: "POST", path: authPath + "/auth-refresh", token: strings.Repeat("x", 2<<20)})
	if huge.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("huge header: %d", huge.status)
	}
	s.expect([]expectation{{name: "valid", call: call{method: "POST", path: authPath + "/auth-refresh", token: valid}, status: 200}})
}

func TestHostHeaderDoesNotShapeMailLinks(t *testing.T) {
	t.Parallel()
	var mails outbox
	s := serve(t, mails.intercept)
	s.user("ann", nil)
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+authPath+"/request-password-reset",
		strings.NewReader(`{"email":"ann@example.com"}`))
	if err != nil {
		t.Fatal(err)
	}
	ask.Host = "evil.example.com"
	for name, value := range map[string]string{
		"Content-Type": "application/json", "X-Forwarded-Host": "evil.example.com", "X-Forwarded-Proto": "gopher",
		"Forwarded": "host=evil.example.com", "Origin": "http://evil.example.com", "Referer": "http://evil.example.com/",
	} {
		ask.Header.Set(name, value)
	}
	got, err := http.DefaultClient.Do(ask)
	if err != nil || got.StatusCode != http.StatusNoContent {
		t.Fatal(got, err)
	}
	_ = got.Body.Close()
	message := (<-mails.sent).Message
	if strings.Contains(message.HTML, "evil") || !strings.Contains(message.HTML, `href="http://localhost:8090/_/#/auth/confirm-password-reset/`) {
		t.Errorf("mail %s", message.HTML)
	}
}

func TestAddressesHoldNoLineBreaks(t *testing.T) {
	t.Parallel()
	s := serve(t)
	_, token := s.user("ann", nil)
	for _, address := range []string{
		`ann@example.com\r\nBcc: all@example.com`, `ann@example.com\nSubject: x`, `\"a\r\nb\"@example.com`, `a@example.com>\r\nRCPT TO:<b@example.com`,
	} {
		change := postCall("/request-email-change", `{"newEmail":"`+address+`"}`)
		change.token = token
		s.expect([]expectation{
			{name: "change to " + address, call: change, status: 400, contains: []string{"validation_is_email"}},
			{name: "reset " + address, call: postCall("/request-password-reset", `{"email":"`+address+`"}`), status: 400},
			{name: "verify " + address, call: postCall("/request-verification", `{"email":"`+address+`"}`), status: 400},
		})
	}
}

func TestLogsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	var mails outbox
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp), mails.intercept, func(app *core.App) {
		form := forms.NewSettingsUpsert(app)
		form.Logs.MinLevel = -8
		if err := form.Submit(); err != nil {
			t.Error(err)
		}
	})
	_, session := s.user("ann", nil)
	s.cheapen("users", "right-password")
	secrets := []string{session, idp.secret(), "right-password", "wrong-password", "refresh-secret", verifier}

	s.do(loginCall("ann", "right-password"))
	s.do(loginCall("ann", "wrong-password"))
	for _, path := range []string{"/request-password-reset", "/request-verification"} {
		s.do(postCall(path, `{"email":"ann@example.com"}`))
		secrets = append(secrets, mails.token())
	}
	code, lost := idp.code(map[string]any{"sub": "1"}), security.RandomString(20)
	secrets = append(secrets, code, lost)
	s.do(oauth2Call("oidc", code, session, ""))
	s.do(oauth2Call("oidc", code, session, ""))
	s.do(postCall("/confirm-password-reset", `{"token":"`+secrets[len(secrets)-3]+`","password":"x"}`))
	s.do(call{method: http.MethodGet, path: "/api/oauth2-redirect?state=x&code=" + lost})
	s.do(call{method: http.MethodGet, path: "/api/files/users/1/a.txt?token=" + session})

	if handler, ok := s.app.Logger().Handler().(interface{ Flush(ctx context.Context) }); ok {
		handler.Flush(t.Context())
	}
	entries := []*models.Log{}
	if err := s.app.LogsDao().LogQuery().All(&entries); err != nil || len(entries) == 0 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, entry := range entries {
		text := fmt.Sprint(entry.Message, entry.Data)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q is in the log entry %s", secret, text)
			}
		}
	}
}
