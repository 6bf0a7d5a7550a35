package auth_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/tackleboxdev/tacklebox/core/auth"
)

// web answers requests by URL; any other is not found.
type web map[string]string

func (w web) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := w[r.URL.String()]
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	if r.Header.Get("Authorization") != "Bearer access" {
		status = http.StatusUnauthorized
	}
	if r.URL.Host == "api.twitch.tv" && r.Header.Get("Client-Id") != "client" {
		status = http.StatusBadRequest
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}, nil
}

// provider returns one that talks to the web.
func provider(t *testing.T, name string, w http.RoundTripper) auth.Provider {
	t.Helper()
	p, err := auth.NewProviderByName(name)
	if err != nil {
		t.Fatal(err)
	}
	p.SetContext(context.WithValue(t.Context(), oauth2.HTTPClient, &http.Client{Transport: w}))
	p.SetClientId("client")
	p.SetClientSecret("secret")
	if p.UserApiUrl() == "" {
		p.SetUserApiUrl("https://example.com/user")
	}
	return p
}

func TestUsers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		user  string
		extra map[string]any    // of the token
		more  map[string]string // further documents, by URL
		want  auth.AuthUser
		fails bool
	}{
		{name: "google", user: `{"id":"1","name":"Ann","picture":"p","email":"a@x","verified_email":true}`, want: auth.AuthUser{Id: "1", Name: "Ann", Email: "a@x", AvatarUrl: "p"}},
		{name: "google", user: `{"id":"1","email":"a@x"}`, want: auth.AuthUser{Id: "1"}},
		{name: "facebook", user: `{"id":"1","name":"Ann","email":"a@x","picture":{"data":{"url":"p"}}}`, want: auth.AuthUser{Id: "1", Name: "Ann", Email: "a@x", AvatarUrl: "p"}},
		{
			name: "github", user: `{"id":12345678901,"login":"ann","name":"Ann","avatar_url":"p","email":"unchecked@x"}`,
			more: map[string]string{"https://api.github.com/user/emails": `[{"email":"b@x","primary":false,"verified":true},{"email":"a@x","primary":true,"verified":true}]`},
			want: auth.AuthUser{Id: "12345678901", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"},
		},
		{
			name: "github", user: `{"id":1,"login":"ann"}`,
			more: map[string]string{"https://api.github.com/user/emails": `[{"email":"a@x","primary":true,"verified":false}]`},
			want: auth.AuthUser{Id: "1", Username: "ann"},
		},
		{name: "github", user: `{"id":1,"login":"ann"}`, want: auth.AuthUser{Id: "1", Username: "ann"}},
		{name: "gitlab", user: `{"id":1,"name":"Ann","username":"ann","email":"a@x","avatar_url":"p","confirmed_at":"2024-01-02T03:04:05Z"}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"}},
		{name: "gitlab", user: `{"id":1,"email":"a@x","confirmed_at":null}`, want: auth.AuthUser{Id: "1"}},
		{name: "discord", user: `{"id":"1","username":"ann","global_name":"Ann","avatar":"h","email":"a@x","verified":true}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "https://cdn.discordapp.com/avatars/1/h.png"}},
		{name: "discord", user: `{"id":"1","username":"ann","discriminator":"1234","email":"a@x","verified":false}`, want: auth.AuthUser{Id: "1", Name: "ann#1234", Username: "ann"}},
		{name: "discord", user: `{"id":"1","username":"ann","discriminator":"0"}`, want: auth.AuthUser{Id: "1", Name: "ann", Username: "ann"}},
		{name: "twitter", user: `{"data":{"id":"1","name":"Ann","username":"ann","profile_image_url":"p"}}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", AvatarUrl: "p"}},
		{name: "microsoft", user: `{"id":"1","displayName":"Ann","mail":"a@x"}`, want: auth.AuthUser{Id: "1", Name: "Ann", Email: "a@x"}},
		{name: "spotify", user: `{"id":"1","display_name":"Ann","images":[{"url":"p"}]}`, want: auth.AuthUser{Id: "1", Name: "Ann", AvatarUrl: "p"}},
		{name: "kakao", user: `{"id":1,"properties":{"nickname":"ann","profile_image":"p"},"kakao_account":{"email":"a@x","is_email_valid":true,"is_email_verified":true}}`, want: auth.AuthUser{Id: "1", Username: "ann", Email: "a@x", AvatarUrl: "p"}},
		{name: "kakao", user: `{"id":1,"kakao_account":{"email":"a@x","is_email_valid":true}}`, want: auth.AuthUser{Id: "1"}},
		{name: "twitch", user: `{"data":[{"id":"1","login":"ann","display_name":"Ann","email":"a@x","profile_image_url":"p"}]}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"}},
		{name: "twitch", user: `{"data":[]}`, fails: true},
		{name: "strava", user: `{"id":1,"username":"ann","firstname":"Ann","lastname":"Bee","profile":"p"}`, want: auth.AuthUser{Id: "1", Name: "Ann Bee", Username: "ann", AvatarUrl: "p"}},
		{name: "strava", user: `{"id":0,"firstname":"Ann","lastname":"Bee"}`, want: auth.AuthUser{Name: "Ann Bee"}},
		{name: "gitee", user: `{"id":1,"login":"ann","name":"Ann","avatar_url":"p","email":"a@example.com"}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@example.com", AvatarUrl: "p"}},
		{
			name: "gitee", user: `{"id":1,"login":"ann","email":"hidden"}`,
			more: map[string]string{"https://gitee.com/api/v5/emails": `[{"email":"b@x","state":"unconfirmed","scope":["primary"]},{"email":"a@x","state":"confirmed","scope":["primary"]}]`},
			want: auth.AuthUser{Id: "1", Username: "ann", Email: "a@x"},
		},
		{name: "livechat", user: `{"account_id":"1","name":"Ann","email":"a@x","email_verified":true,"avatar_url":"p"}`, want: auth.AuthUser{Id: "1", Name: "Ann", Email: "a@x", AvatarUrl: "p"}},
		{
			name: "gitea", user: `{"id":1,"login":"ann","full_name":"Ann","avatar_url":"p","email":"unchecked@x"}`,
			more: map[string]string{"https://gitea.com/api/v1/user/emails": `[{"email":"a@x","primary":true,"verified":true}]`},
			want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"},
		},
		{name: "oidc", user: `{"sub":"1","name":"Ann","preferred_username":"ann","picture":"p","email":"a@x","email_verified":true}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"}},
		{name: "oidc2", user: `{"sub":"1","email":"a@x","email_verified":"true"}`, want: auth.AuthUser{Id: "1", Email: "a@x"}},
		{name: "oidc3", user: `{"sub":"1","email":"a@x","email_verified":"false"}`, want: auth.AuthUser{Id: "1"}},
		{name: "instagram", user: `{"id":"1","username":"ann"}`, want: auth.AuthUser{Id: "1", Username: "ann"}},
		{
			name: "vk", user: `{"response":[{"id":1,"first_name":"Ann","last_name":"Bee","screen_name":"ann","photo_max":"p"}]}`,
			extra: map[string]any{"email": "a@x"},
			want:  auth.AuthUser{Id: "1", Name: "Ann Bee", Username: "ann", Email: "a@x", AvatarUrl: "p"},
		},
		{name: "vk", user: `{"error":{}}`, fails: true},
		{name: "yandex", user: `{"id":"1","real_name":"Ann","login":"ann","default_email":"a@x","is_avatar_empty":false,"default_avatar_id":"h"}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "https://avatars.yandex.net/get-yapic/h/islands-200"}},
		{name: "patreon", user: `{"data":{"id":"1","attributes":{"full_name":"Ann","vanity":"ann","email":"a@x","is_email_verified":true,"image_url":"p"}}}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"}},
		{name: "mailcow", user: `{"id":"1","username":"ann@x","email":"ann@x","full_name":"Ann","active":1}`, want: auth.AuthUser{Id: "1", Name: "Ann", Username: "ann", Email: "ann@x"}},
		{name: "mailcow", user: `{"id":"1","username":"ann@x","active":0}`, fails: true},
		{
			name: "bitbucket", user: `{"uuid":"{1}","username":"ann","display_name":"Ann","account_status":"active","links":{"avatar":{"href":"p"}}}`,
			more: map[string]string{"https://api.bitbucket.org/2.0/user/emails": `{"values":[{"email":"a@x","is_primary":true,"is_confirmed":true}]}`},
			want: auth.AuthUser{Id: "{1}", Name: "Ann", Username: "ann", Email: "a@x", AvatarUrl: "p"},
		},
		{name: "bitbucket", user: `{"uuid":"1","account_status":"suspended"}`, fails: true},
		{name: "planningcenter", user: `{"data":{"id":"1","attributes":{"status":"active","name":"Ann","avatar":"p"}}}`, want: auth.AuthUser{Id: "1", Name: "Ann", AvatarUrl: "p"}},
		{name: "planningcenter", user: `{"data":{"id":"1","attributes":{"status":"inactive"}}}`, fails: true},
		{name: "google", user: `no JSON`, fails: true},
	}
	for i, tt := range tests {
		t.Run(fmt.Sprintf("%d %s", i, tt.name), func(t *testing.T) {
			t.Parallel()
			pages := web{}
			p := provider(t, tt.name, pages)
			pages[p.UserApiUrl()] = tt.user
			maps.Copy(pages, tt.more)
			token := (&oauth2.Token{AccessToken: "access", RefreshToken: "refresh"}).WithExtra(tt.extra)
			got, err := p.FetchAuthUser(token)
			if tt.fails {
				if err == nil {
					t.Fatalf("no error, but %v", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var raw map[string]any
			if err := json.Unmarshal([]byte(tt.user), &raw); err != nil || len(got.RawUser) != len(raw) {
				t.Errorf("raw user %v, %v", got.RawUser, err)
			}
			if got.AccessToken != "access" || got.RefreshToken != "refresh" {
				t.Errorf("tokens %q %q", got.AccessToken, got.RefreshToken)
			}
			got.RawUser, got.AccessToken, got.RefreshToken = nil, "", ""
			if fmt.Sprint(*got) != fmt.Sprint(tt.want) {
				t.Errorf("got %+v, want %+v", *got, tt.want)
			}
		})
	}
}

func TestProviders(t *testing.T) {
	t.Parallel()
	configured := []string{"oidc", "oidc2", "oidc3", "mailcow"} // their addresses are settings
	noPKCE := []string{"vk", "bitbucket"}
	for _, name := range []string{
		"apple", "bitbucket", "discord", "facebook", "gitea", "gitee", "github", "gitlab", "google", "instagram", "kakao",
		"livechat", "mailcow", "microsoft", "oidc", "oidc2", "oidc3", "patreon", "planningcenter", "spotify", "strava",
		"twitch", "twitter", "vk", "yandex",
	} {
		p, err := auth.NewProviderByName(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.DisplayName() == "" || p.PKCE() == slices.Contains(noPKCE, name) || p.Context() == nil {
			t.Errorf("%s: name %q, PKCE %t", name, p.DisplayName(), p.PKCE())
		}
		for _, url := range []string{p.AuthUrl(), p.TokenUrl()} {
			if strings.HasPrefix(url, "https://") == slices.Contains(configured, name) {
				t.Errorf("%s: address %q", name, url)
			}
		}
	}
	if _, err := auth.NewProviderByName("none"); err == nil {
		t.Error("an unknown provider")
	}
}

func TestBuildAuthUrl(t *testing.T) {
	t.Parallel()
	p := provider(t, "apple", web{})
	p.SetAuthUrl("https://x/auth?tenant=1")
	const want = "https://x/auth?tenant=1&client_id=client&response_mode=form_post&response_type=code&scope=name+email&state=s"
	for range 2 { // the second one must not remember options of the first
		if got := p.BuildAuthUrl("s"); got != want {
			t.Errorf("got %s", got)
		}
		p.BuildAuthUrl("s", oauth2.SetAuthURLParam("more", "1"))
	}
}

func TestTokenStaysWithItsHost(t *testing.T) {
	t.Parallel()
	var asked []string
	p := provider(t, "oidc", roundTripper(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.Host)
		return &http.Response{
			StatusCode: http.StatusFound, Header: http.Header{"Location": {"https://evil.example.com/"}},
			Body: http.NoBody, Request: r,
		}, nil
	}))
	if _, err := p.FetchAuthUser(&oauth2.Token{AccessToken: "access"}); err == nil {
		t.Error("followed to another host")
	}
	if len(asked) != 1 || asked[0] != "example.com" {
		t.Errorf("asked %v", asked)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestRefusedCodesAreReportedWithoutTheAnswer(t *testing.T) {
	t.Parallel()
	p := provider(t, "google", roundTripper(func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusBadRequest, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(`{"error":"invalid_grant","echo":"secret"}`)), Request: r,
		}, nil
	}))
	_, err := p.FetchToken("code")
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "invalid_grant") {
		t.Errorf("error %v", err)
	}
}
