package apis_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
)

func TestOAuth2SignIn(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp))
	ann := map[string]any{"sub": "1", "name": "Ann", "preferred_username": "ann", "email": "ann@example.com", "email_verified": true, "picture": "http://x/y.png"}

	got := s.do(oauth2Call("oidc", idp.code(ann), "", `{"name":"by client"}`))
	id := recordID(t, got)
	for _, text := range []string{
		`"isNew":true`, `"avatarUrl":"http://x/y.png"`, `"accessToken":"access-first-code-0"`, `"refreshToken":"refresh-secret"`,
		`"rawUser":{`, `"expiry":"2`, `"name":"by client"`, `"username":"ann"`, `"verified":true`, `"email":"ann@example.com"`,
	} {
		if !strings.Contains(got.body, text) {
			t.Errorf("%s is missing in %s", text, got.body)
		}
	}
	again := s.do(oauth2Call("oidc", idp.code(ann), "", ""))
	if recordID(t, again) != id || !strings.Contains(again.body, `"isNew":false`) {
		t.Errorf("second sign-in: %s", again.body)
	}
	s.expect([]expectation{
		{name: "missing values", call: postCall("/auth-with-oauth2", `{}`), status: 400, contains: []string{"provider", "code", "redirectUrl"}},
		{name: "disabled provider", call: oauth2Call("google", "x", "", ""), status: 400, contains: []string{"validation_invalid_provider", `\"google\" is missing or is not enabled.`}},
		{name: "no id", call: oauth2Call("oidc", idp.code(map[string]any{"email": "x@example.com", "email_verified": true}), "", ""), status: 400},
	})
}

func TestOAuth2Linking(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp))
	bob, token := s.user("bob", map[string]any{"verified": true})
	signedIn := s.do(oauth2Call("oidc", idp.code(map[string]any{"sub": "7", "email": "elsewhere@example.com", "email_verified": true}), token, ""))
	if recordID(t, signedIn) != bob.Id {
		t.Fatalf("not linked: %s", signedIn.body)
	}
	guest := s.do(oauth2Call("oidc", idp.code(map[string]any{"sub": "7"}), "", ""))
	if recordID(t, guest) != bob.Id || s.account(bob.Id).Email() != "bob@example.com" {
		t.Fatalf("wrong account: %s", guest.body)
	}
	byEmail := s.do(oauth2Call("oidc", idp.code(map[string]any{"sub": "8", "email": "bob@example.com", "email_verified": true}), "", ""))
	if byEmail.status != http.StatusBadRequest {
		t.Fatalf("a second user of one provider: %d %s", byEmail.status, byEmail.body)
	}
}

func TestOAuth2CreateRule(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp))
	sub := 0
	signIn := func(rule *string, createData string) answer {
		collection, err := s.app.Dao().FindCollectionByNameOrId("users")
		if err != nil {
			t.Fatal(err)
		}
		collection.CreateRule = rule
		if err := s.app.Dao().SaveCollection(collection); err != nil {
			t.Fatal(err)
		}
		sub++
		return s.do(oauth2Call("oidc", idp.code(map[string]any{"sub": fmt.Sprint(sub)}), "", createData))
	}
	rule := `@request.context = "oauth2" && @request.data.name = "let me in" && verified = true`
	tests := []struct {
		name, createData string
		rule             *string
		status           int
	}{
		{"nobody", "{}", nil, 400},
		{"refused", `{"name":"x"}`, &rule, 400},
		{"passes", `{"name":"let me in"}`, &rule, 200},
	}
	for _, tt := range tests {
		if got := signIn(tt.rule, tt.createData); got.status != tt.status {
			t.Errorf("%s: %d %s", tt.name, got.status, got.body)
		}
	}
	if got := signIn(new(string), `{"password":"1"}`); got.status != 400 || !strings.Contains(got.body, "passwordConfirm") {
		t.Errorf("invalid data: %d %s", got.status, got.body)
	}
}

func TestOAuth2SignInOfChangedAccount(t *testing.T) {
	t.Parallel()
	idp := startProvider(t, "first")
	s := serve(t, withProviders(t, idp), func(app *core.App) {
		app.OnRecordBeforeAuthWithOAuth2Request().Add(func(e *core.RecordAuthWithOAuth2Event) error {
			other, err := app.Dao().FindRecordById("users", e.Record.Id)
			if err != nil {
				return err
			}
			if err := other.SetPassword("set meanwhile"); err != nil {
				return err
			}
			return app.Dao().SaveRecord(other)
		})
	})
	ann, token := s.user("ann", nil)
	got := s.do(oauth2Call("oidc", idp.code(map[string]any{"sub": "1"}), token, ""))
	if got.status != 400 || !s.account(ann.Id).ValidatePassword("set meanwhile") {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if links, err := s.app.Dao().FindAllExternalAuthsByRecord(ann); err != nil || len(links) != 0 {
		t.Fatalf("links %v, %v", links, err)
	}
}
