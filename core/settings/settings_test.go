package settings_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

const topKeys = "meta logs smtp s3 backups hooks adminAuthToken adminPasswordResetToken adminFileToken recordAuthToken recordPasswordResetToken " +
	"recordEmailChangeToken recordVerificationToken recordFileToken emailAuth googleAuth facebookAuth githubAuth gitlabAuth discordAuth twitterAuth " +
	"microsoftAuth spotifyAuth kakaoAuth twitchAuth stravaAuth giteeAuth livechatAuth giteaAuth oidcAuth oidc2Auth oidc3Auth appleAuth instagramAuth " +
	"vkAuth yandexAuth patreonAuth mailcowAuth bitbucketAuth planningcenterAuth"

func TestDefaults(t *testing.T) {
	t.Parallel()
	s := settings.New()
	if err := s.Validate(); err != nil {
		t.Errorf("the defaults are not valid: %v", err)
	}
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(orderedKeys(t, raw), " "); got != topKeys {
		t.Errorf("keys are %s", got)
	}
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"logs":      `{"logIp":true,"maxDays":5,"minLevel":0}`,
		"smtp":      `{"authMethod":"","enabled":false,"host":"smtp.example.com","localName":"","password":"","port":587,"tls":false,"username":""}`,
		"s3":        `{"accessKey":"","bucket":"","enabled":false,"endpoint":"","forcePathStyle":false,"region":"","secret":""}`,
		"backups":   `{"cron":"","cronMaxKeep":3,"s3":{"accessKey":"","bucket":"","enabled":false,"endpoint":"","forcePathStyle":false,"region":"","secret":""}}`,
		"emailAuth": `{"enabled":false,"exceptDomains":null,"minPasswordLength":0,"onlyDomains":null}`,
		"hooks":     `{"routeTimeout":0,"timeout":0}`,
		"vkAuth":    `{"authUrl":"","clientId":"","clientSecret":"","displayName":"","enabled":false,"pkce":null,"tokenUrl":"","userApiUrl":""}`,
	} {
		if got, _ := json.Marshal(all[key]); string(got) != want {
			t.Errorf("%s: got %s", key, got)
		}
	}
	for token, seconds := range map[string]float64{
		"adminAuthToken": 1209600, "adminPasswordResetToken": 1800, "adminFileToken": 120, "recordAuthToken": 1209600,
		"recordPasswordResetToken": 1800, "recordEmailChangeToken": 1800, "recordVerificationToken": 604800, "recordFileToken": 120,
	} {
		got, _ := all[token].(map[string]any)
		if secret, _ := got["secret"].(string); got["duration"] != seconds || len(secret) != 50 {
			t.Errorf("%s: %v", token, got)
		}
	}
	if settings.New().AdminAuthToken.Secret == s.AdminAuthToken.Secret {
		t.Error("two apps share a secret")
	}
	if s.Meta.AppName != "Acme" || s.Meta.AppUrl != "http://localhost:8090" || s.Meta.VerificationTemplate.Subject != "Verify your {APP_NAME} email" {
		t.Errorf("meta: %+v", s.Meta)
	}
}

func orderedKeys(t *testing.T, raw []byte) []string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(raw)))
	var keys []string
	depth := 0
	for {
		tok, err := d.Token()
		if err != nil {
			return keys
		}
		switch v := tok.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				depth++
			} else {
				depth--
			}
		case string:
			if depth == 1 {
				keys = append(keys, v)
				var skip json.RawMessage
				if err := d.Decode(&skip); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestMergeAndMasking(t *testing.T) {
	t.Parallel()
	s := settings.New()
	s.Smtp.Password = "smtp secret"
	s.GoogleAuth.ClientSecret = "google secret"
	key := s.AdminAuthToken.Secret

	redacted, err := s.RedactClone()
	if err != nil {
		t.Fatal(err)
	}
	if redacted.Smtp.Password != settings.SecretMask || redacted.AdminAuthToken.Secret != settings.SecretMask ||
		redacted.GoogleAuth.ClientSecret != settings.SecretMask || redacted.S3.Secret != "" || redacted.GithubAuth.ClientSecret != "" {
		t.Errorf("redacted: %+v", redacted.Smtp)
	}
	if s.Smtp.Password != "smtp secret" {
		t.Error("redacting changed the settings")
	}
	raw, _ := json.Marshal(redacted)
	for _, secret := range []string{"smtp secret", "google secret", key} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("%q is shown", secret)
		}
	}

	redacted.Meta.AppName = "New"
	redacted.S3.Secret = "s3 secret"
	redacted.EmailAuth.OnlyDomains = []string{"a.com"}
	if err := s.Merge(redacted); err != nil {
		t.Fatal(err)
	}
	if s.Meta.AppName != "New" || s.Smtp.Password != "smtp secret" || s.AdminAuthToken.Secret != key || s.S3.Secret != "s3 secret" || len(s.EmailAuth.OnlyDomains) != 1 {
		t.Errorf("merged: %+v", s.Smtp)
	}
	if err := s.Merge(s); err != nil || s.Smtp.Password != "smtp secret" {
		t.Errorf("merged with itself: %v", err)
	}

	patched, err := s.Clone()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(`{"smtp":{"password":"******","port":25},"emailAuth":{"onlyDomains":["b.com"]},"googleAuth":{"clientSecret":""},"unknown":1}`), patched); err != nil {
		t.Fatal(err)
	}
	settings.KeepMasked(patched, s)
	if patched.Smtp.Password != "smtp secret" || patched.Smtp.Port != 25 || patched.Smtp.Host != "smtp.example.com" || patched.GoogleAuth.ClientSecret != "" {
		t.Errorf("patched: %+v", patched.Smtp)
	}
	if s.EmailAuth.OnlyDomains[0] != "a.com" {
		t.Error("the clone shares lists")
	}
	settings.KeepMasked(s, s)
	if json.Unmarshal([]byte(`{"smtp":5}`), patched) == nil {
		t.Error("a number was taken for an object")
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	s := settings.New()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				c, err := s.RedactClone()
				if err != nil || s.Merge(c) != nil || s.Validate() != nil || len(s.NamedAuthProviderConfigs()) != 25 {
					t.Error("concurrent use failed")
				}
			}
		})
	}
	wg.Wait()
	if s.AdminAuthToken.Secret == settings.SecretMask {
		t.Error("a mask was stored")
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 256)
	const s3 = `{"enabled":true}`
	s3Errors := func(prefix string) map[string]string {
		out := map[string]string{}
		for _, k := range []string{"endpoint", "bucket", "region", "accessKey", "secret"} {
			out[prefix+k] = "validation_required: cannot be blank"
		}
		return out
	}
	for _, tc := range []struct {
		patch string
		want  map[string]string
	}{
		{`{}`, nil},
		{`{"meta":{"appName":"","senderName":"` + long + `","appUrl":"x y","senderAddress":"x"}}`, map[string]string{
			"meta.appName": "validation_required: cannot be blank", "meta.senderName": "validation_length_out_of_range: the length must be between 1 and 255",
			"meta.appUrl": "validation_is_url: must be a valid URL", "meta.senderAddress": "validation_is_email: must be a valid email address",
		}},
		{`{"meta":{"verificationTemplate":{"body":"x","subject":"","actionUrl":"y"},"resetPasswordTemplate":{"body":"","subject":"s","actionUrl":""}}}`, map[string]string{
			"meta.verificationTemplate.body":       `validation_missing_required_param: Missing required parameter "{ACTION_URL}"`,
			"meta.verificationTemplate.subject":    "validation_required: cannot be blank",
			"meta.verificationTemplate.actionUrl":  `validation_missing_required_param: Missing required parameter "{TOKEN}"`,
			"meta.resetPasswordTemplate.body":      "validation_required: cannot be blank",
			"meta.resetPasswordTemplate.actionUrl": "validation_required: cannot be blank",
		}},
		{`{"logs":{"maxDays":-1}}`, map[string]string{"logs.maxDays": "validation_min_greater_equal_than_required: must be no less than 0"}},
		{`{"adminAuthToken":{"secret":"short","duration":4},"recordFileToken":{"secret":"","duration":0},"recordAuthToken":{"duration":63072001}}`, map[string]string{
			"adminAuthToken.secret":    "validation_length_out_of_range: the length must be between 30 and 300",
			"adminAuthToken.duration":  "validation_min_greater_equal_than_required: must be no less than 5",
			"recordFileToken.secret":   "validation_required: cannot be blank",
			"recordFileToken.duration": "validation_required: cannot be blank",
			"recordAuthToken.duration": "validation_max_less_equal_than_required: must be no greater than 63072000",
		}},
		{`{"smtp":{"enabled":true,"host":"","port":0,"authMethod":"x","localName":"a b"}}`, map[string]string{
			"smtp.host": "validation_required: cannot be blank", "smtp.port": "validation_required: cannot be blank",
			"smtp.authMethod": "validation_in_invalid: must be a valid value", "smtp.localName": "validation_is_host: must be a valid IP address or DNS name",
		}},
		{`{"smtp":{"host":"","port":0,"authMethod":"LOGIN"}}`, nil},
		{`{"s3":` + s3 + `}`, s3Errors("s3.")},
		{`{"backups":{"s3":` + s3 + `}}`, s3Errors("backups.s3.")},
		{`{"s3":{"endpoint":"x y"}}`, map[string]string{"s3.endpoint": "validation_is_url: must be a valid URL"}},
		{`{"backups":{"cron":"* * * * *","cronMaxKeep":1}}`, nil},
		{`{"backups":{"cron":"@daily"}}`, nil},
		{`{"backups":{"cronMaxKeep":0}}`, nil},
		{`{"backups":{"cron":"bad","cronMaxKeep":0}}`, map[string]string{
			"backups.cron":        "validation_invalid_cron: Invalid cron expression - must be a valid macro or to have exactly 5 space separated segments.",
			"backups.cronMaxKeep": "validation_required: cannot be blank",
		}},
		{`{"backups":{"cronMaxKeep":-1}}`, map[string]string{"backups.cronMaxKeep": "validation_min_greater_equal_than_required: must be no less than 1"}},
		{`{"hooks":{"timeout":86400,"routeTimeout":1}}`, nil},
		{`{"hooks":{"timeout":-1,"routeTimeout":86401}}`, map[string]string{
			"hooks.timeout":      "validation_min_greater_equal_than_required: must be no less than 0",
			"hooks.routeTimeout": "validation_max_less_equal_than_required: must be no greater than 86400",
		}},
		{`{"hooks":{"timeout":86401,"routeTimeout":-1}}`, map[string]string{
			"hooks.timeout":      "validation_max_less_equal_than_required: must be no greater than 86400",
			"hooks.routeTimeout": "validation_min_greater_equal_than_required: must be no less than 0",
		}},
		{`{"googleAuth":{"enabled":true,"authUrl":"x y","tokenUrl":"https://a.com"},"oidc2Auth":{"userApiUrl":"-"}}`, map[string]string{
			"googleAuth.clientId": "validation_required: cannot be blank", "googleAuth.clientSecret": "validation_required: cannot be blank",
			"googleAuth.authUrl": "validation_is_url: must be a valid URL", "oidc2Auth.userApiUrl": "validation_is_url: must be a valid URL",
		}},
	} {
		s := settings.New()
		if err := json.Unmarshal([]byte(tc.patch), s); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		flatten("", s.Validate(), got)
		if len(got) != len(tc.want) || (len(got) > 0 && !reflect.DeepEqual(got, tc.want)) {
			t.Errorf("%s:\ngot  %v\nwant %v", tc.patch, got, tc.want)
		}
	}
	s := settings.New()
	s.Backups.Cron = "99 * * * *"
	got := map[string]string{}
	flatten("", s.Validate(), got)
	if !strings.HasPrefix(got["backups.cron"], "validation_invalid_cron: ") {
		t.Errorf("cron: %v", got)
	}
}

func flatten(prefix string, err error, into map[string]string) {
	switch e := err.(type) { //nolint:errorlint // field errors are never wrapped
	case nil:
	case validation.Errors:
		for k, inner := range e {
			flatten(strings.TrimPrefix(prefix+"."+k, "."), inner, into)
		}
	case validation.Error:
		into[prefix] = e.Code() + ": " + e.Error()
	default:
		into[prefix] = err.Error()
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	tmpl := settings.EmailTemplate{
		Subject:   "{APP_NAME} {APP_URL} {TOKEN}",
		ActionUrl: "{APP_URL}/_/#/auth/{TOKEN}?n={APP_NAME}",
		Body:      "<a href='{ACTION_URL}'>{APP_NAME}</a> {APP_URL} {TOKEN}",
	}
	for _, tc := range []struct{ appURL, action string }{
		{"http://localhost:8090", "http://localhost:8090/_/#/auth/tok?n=App"},
		{"http://localhost:8090/", "http://localhost:8090/_/#/auth/tok?n=App"},
		{"https://example.com/sub///", "https://example.com/sub/_/#/auth/tok?n=App"},
		{"https://example.com/a%2Fb", "https://example.com/a%2Fb/_/#/auth/tok?n=App"},
		{"http://bad host%%", "http://bad host%%/_/#/auth/tok?n=App"},
	} {
		subject, body, action := tmpl.Resolve("App", tc.appURL, "tok")
		if action != tc.action {
			t.Errorf("%s: action %s", tc.appURL, action)
		}
		if subject != "App "+tc.appURL+" {TOKEN}" || body != "<a href='"+tc.action+"'>App</a> "+tc.appURL+" tok" {
			t.Errorf("%s: %s, %s", tc.appURL, subject, body)
		}
	}
	_, _, action := settings.EmailTemplate{ActionUrl: "{APP_URL}/x/{TOKEN}/"}.Resolve("", "http://a.com//", "t")
	if action != "http://a.com/x/t/" {
		t.Errorf("trailing slash: %s", action)
	}
}

// provider is an auth.Provider that only remembers its settings.
type provider struct {
	auth.Provider
	set  map[string]string
	pkce bool
}

func (p *provider) SetClientId(v string)     { p.set["id"] = v }
func (p *provider) SetClientSecret(v string) { p.set["secret"] = v }
func (p *provider) SetAuthUrl(v string)      { p.set["auth"] = v }
func (p *provider) SetTokenUrl(v string)     { p.set["token"] = v }
func (p *provider) SetUserApiUrl(v string)   { p.set["user"] = v }
func (p *provider) SetDisplayName(v string)  { p.set["name"] = v }
func (p *provider) SetPKCE(v bool)           { p.pkce = v }

func TestSetupProvider(t *testing.T) {
	t.Parallel()
	p := &provider{set: map[string]string{}, pkce: true}
	off := false
	c := settings.AuthProviderConfig{ClientId: "a", ClientSecret: "b", AuthUrl: "c", DisplayName: "f", PKCE: &off}
	if err := c.SetupProvider(p); !errors.Is(err, settings.ErrProviderDisabled) {
		t.Errorf("disabled: %v", err)
	}
	c.Enabled = true
	if err := c.SetupProvider(p); err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"id": "a", "secret": "b", "auth": "c", "name": "f"}; !reflect.DeepEqual(p.set, want) || p.pkce {
		t.Errorf("got %v, %v", p.set, p.pkce)
	}
}

func TestNamedAuthProviderConfigs(t *testing.T) {
	t.Parallel()
	s := settings.New()
	raw := "{"
	for i, key := range strings.Fields(topKeys)[15:] {
		if i > 0 {
			raw += ","
		}
		raw += `"` + key + `":{"clientId":"` + strings.TrimSuffix(key, "Auth") + `"}`
	}
	if err := json.Unmarshal([]byte(raw+"}"), s); err != nil {
		t.Fatal(err)
	}
	all := s.NamedAuthProviderConfigs()
	for name, c := range all {
		if c.ClientId != name {
			t.Errorf("%s has the settings of %s", name, c.ClientId)
		}
	}
	if len(all) != 25 {
		t.Errorf("%d providers", len(all))
	}
}
