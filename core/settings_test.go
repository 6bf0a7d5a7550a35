package core_test

import (
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

const testKey = "0123456789abcdef0123456789abcdef"

func storedSettings(t *testing.T, app *core.App) string {
	t.Helper()
	param, err := app.Dao().FindParamByKey("settings")
	if err != nil {
		t.Fatal(err)
	}
	return string(param.Value)
}

func TestRefreshSettingsKeepsTheLiveObject(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	live := app.Settings()
	changed, err := live.Clone()
	if err != nil {
		t.Fatal(err)
	}
	changed.Meta.AppName = "Changed"
	if err := app.Dao().SaveSettings(changed, ""); err != nil {
		t.Fatal(err)
	}
	if live.Meta.AppName != "Acme" {
		t.Fatal("saving does not change the live settings")
	}
	if err := app.RefreshSettings(); err != nil {
		t.Fatal(err)
	}
	if app.Settings() != live || live.Meta.AppName != "Changed" {
		t.Fatalf("app name %q", live.Meta.AppName)
	}
	secret := live.AdminAuthToken.Secret
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	if live.AdminAuthToken.Secret != secret {
		t.Fatal("the secrets must survive a restart")
	}
}

func TestMissingSettingsAreStored(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	events := 0
	app.OnModelBeforeCreate("_params").Add(func(*core.ModelEvent) error { events++; return nil })
	if err := app.Dao().WithoutHooks().DeleteParam(must(app.Dao().FindParamByKey("settings"))(t)); err != nil {
		t.Fatal(err)
	}
	if err := app.RefreshSettings(); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(storedSettings(t, app), "{") || events != 0 {
		t.Fatalf("stored %s with %d events", storedSettings(t, app), events)
	}
}

// must unwraps a result whose error ends the test.
func must[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestSettingsEncryption(t *testing.T) {
	t.Setenv("TB_TEST_KEY", testKey)
	app := coretest.New(t, func(c *core.Config) { c.EncryptionEnv = "TB_TEST_KEY" })
	stored := storedSettings(t, app)
	if strings.Contains(stored, "{") || strings.Contains(stored, `"`) {
		t.Fatalf("plain settings are encrypted at once, got %s", stored)
	}
	if err := app.RefreshSettings(); err != nil || storedSettings(t, app) != stored {
		t.Fatalf("encrypted settings are left alone: %v", err)
	}
	dir := app.DataDir()
	if err := app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}

	for _, tc := range []struct{ name, env, key, want string }{
		{"no key", "", "", "The stored settings are encrypted: start with --encryptionEnv"},
		{"wrong key", "TB_TEST_KEY", strings.Repeat("f", 32), "The encryption key in TB_TEST_KEY is not the one"},
		{"short key", "TB_TEST_KEY", "short", "must hold the settings encryption key of exactly 32 characters"},
		{"unset variable", "TB_TEST_UNSET", "", "The environment variable TB_TEST_UNSET must hold"},
		{"right key", "TB_TEST_KEY", testKey, ""},
	} {
		t.Setenv("TB_TEST_KEY", tc.key)
		again := core.New(core.Config{DataDir: dir, EncryptionEnv: tc.env})
		err := again.Bootstrap()
		if tc.want == "" {
			if err != nil || again.Settings().Meta.AppName != "Acme" {
				t.Errorf("%s: %v", tc.name, err)
			}
			if err := again.ResetBootstrapState(); err != nil {
				t.Error(err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), tc.want) || again.IsBootstrapped() {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}
