package apis_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/mailer"
)

const (
	authPath    = "/api/collections/users"
	oauth2Path  = authPath + "/auth-with-oauth2"
	loginPath   = authPath + "/auth-with-password"
	redirectURL = "http://app.example.com/redirect"
	verifier    = "0123456789012345678901234567890123456789012"
)

// identityProvider is an OpenID provider whose codes work once, for the client
// and the verifier that they were made for.
type identityProvider struct {
	*httptest.Server

	name string
	mu   sync.Mutex
	// codes and tokens hold the claims of the user they stand for.
	codes, tokens map[string]map[string]any
}

func startProvider(t *testing.T, name string) *identityProvider {
	t.Helper()
	p := &identityProvider{name: name, codes: map[string]map[string]any{}, tokens: map[string]map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /user", p.user)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *identityProvider) secret() string { return p.name + "-client-secret" }

// code signs a user in at the provider.
func (p *identityProvider) code(claims map[string]any) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	code := fmt.Sprintf("%s-code-%d", p.name, len(p.codes))
	p.codes[code] = claims
	return code
}

func (p *identityProvider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, secret, _ := r.BasicAuth()
	claims := p.codes[r.FormValue("code")]
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if claims == nil || id != p.name || secret != p.secret() || r.FormValue("redirect_uri") != redirectURL ||
		base64.RawURLEncoding.EncodeToString(challenge[:]) != challengeOf(verifier) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":"invalid_grant","echo":%q}`, secret)
		return
	}
	p.codes[r.FormValue("code")] = nil
	token := "access-" + r.FormValue("code")
	p.tokens[token] = claims
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"access_token":%q,"refresh_token":"refresh-secret","token_type":"Bearer","expires_in":3600}`, token)
}

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (p *identityProvider) user(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	claims, ok := p.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_ = json.NewEncoder(w).Encode(claims)
}

// withProviders enables the first provider as oidc and the second as oidc2.
func withProviders(t *testing.T, list ...*identityProvider) func(*core.App) {
	t.Helper()
	return func(app *core.App) {
		form := forms.NewSettingsUpsert(app)
		for i, config := range []*settings.AuthProviderConfig{&form.OIDCAuth, &form.OIDC2Auth} {
			if i < len(list) {
				*config = settings.AuthProviderConfig{
					Enabled: true, ClientId: list[i].name, ClientSecret: list[i].secret(),
					AuthUrl: list[i].URL + "/auth", TokenUrl: list[i].URL + "/token", UserApiUrl: list[i].URL + "/user",
				}
			}
		}
		if err := form.Submit(); err != nil {
			t.Fatal(err)
		}
	}
}

// oauth2Call is a sign-in with a code.
func oauth2Call(provider, code, token, createData string) call {
	if createData == "" {
		createData = "{}"
	}
	return call{method: http.MethodPost, path: oauth2Path, token: token, body: fmt.Sprintf(
		`{"provider":%q,"code":%q,"codeVerifier":%q,"redirectUrl":%q,"createData":%s}`,
		provider, code, verifier, redirectURL, createData)}
}

func loginCall(identity, password string) call {
	return call{method: http.MethodPost, path: loginPath, body: fmt.Sprintf(`{"identity":%q,"password":%q}`, identity, password)}
}

func postCall(path, body string) call {
	return call{method: http.MethodPost, path: authPath + path, body: body}
}

// outbox keeps the mails of an app instead of sending them.
type outbox struct {
	sent chan *core.MailerRecordEvent
	hold chan struct{} // if not nil, mails wait until it is closed
}

func (o *outbox) intercept(app *core.App) {
	o.sent = make(chan *core.MailerRecordEvent, 32)
	keep := func(e *core.MailerRecordEvent) error {
		e.MailClient = noMail{}
		if o.hold != nil {
			<-o.hold
		}
		o.sent <- e
		return nil
	}
	app.OnMailerBeforeRecordVerificationSend().Add(keep)
	app.OnMailerBeforeRecordResetPasswordSend().Add(keep)
	app.OnMailerBeforeRecordChangeEmailSend().Add(keep)
}

// token waits for the next mail and returns its token.
func (o *outbox) token() string { return fmt.Sprint((<-o.sent).Meta["token"]) }

var _ mailer.Mailer = noMail{}

// account returns the current state of an account.
func (s *server) account(id string) *models.Record {
	s.t.Helper()
	record, err := s.app.Dao().FindRecordById("users", id)
	if err != nil {
		s.t.Fatal(err)
	}
	return record
}

func recordID(t *testing.T, a answer) string {
	t.Helper()
	record, _ := a.json(t)["record"].(map[string]any)
	id, _ := record["id"].(string)
	if a.status != http.StatusOK || id == "" {
		t.Fatalf("no signed-in record: %d %s", a.status, a.body)
	}
	return id
}
