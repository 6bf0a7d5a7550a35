package daos_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const key32, otherKey32 = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"

func storedSettings(t *testing.T, dao *daos.Dao) string {
	t.Helper()
	var text string
	ok(t, dao.DB().NewQuery("SELECT value FROM _params WHERE key = 'settings'").Row(&text))
	return text
}

func TestSettings(t *testing.T) {
	t.Parallel()
	dao := open(t)
	s, err := dao.FindSettings()
	ok(t, err)
	if s.Meta.AppName != "Acme" || len(s.RecordAuthToken.Secret) != 50 {
		t.Errorf("fresh settings %+v", s.Meta)
	}
	secret := s.RecordAuthToken.Secret
	s.Meta.AppName = "Changed"
	ok(t, dao.SaveSettings(s))
	if again, err := dao.FindSettings(key32); err != nil || again.Meta.AppName != "Changed" || again.RecordAuthToken.Secret != secret {
		t.Errorf("plain settings with a key: %v", err)
	}
	ok(t, dao.SaveParam(models.ParamAppSettings, map[string]any{"meta": map[string]any{"appName": "Short"}}))
	if short, err := dao.FindSettings(); err != nil || short.Meta.AppName != "Short" || short.Meta.SenderName != "Support" || short.Smtp.Port != 587 {
		t.Errorf("missing keys: %v", err)
	}
}

func TestEncryptedSettings(t *testing.T) {
	t.Parallel()

	dao := open(t)
	before, err := dao.FindSettings()
	ok(t, err)
	ok(t, dao.SaveSettings(before, key32))
	if text := storedSettings(t, dao); json.Valid([]byte(text)) || strings.ContainsAny(text, `"{}`) {
		t.Fatalf("stored %.40s", text)
	}
	after, err := dao.FindSettings(key32)
	ok(t, err)
	if after.RecordAuthToken.Secret != before.RecordAuthToken.Secret {
		t.Error("the settings have changed")
	}
	for _, key := range []string{"", otherKey32, "short"} {
		if _, err := dao.FindSettings(key); !errors.Is(err, daos.ErrSettingsKey) {
			t.Errorf("key %q: %v", key, err)
		}
	}
	ok(t, dao.SaveSettings(after)) // without the key it is plain again
	if !json.Valid([]byte(storedSettings(t, dao))) {
		t.Error("still encrypted")
	}
}

func TestParams(t *testing.T) {
	t.Parallel()
	dao := open(t)
	if _, err := dao.FindParamByKey("k"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("missing: %v", err)
	}
	ok(t, dao.SaveParam("k", []int{1, 2}))
	ok(t, dao.SaveParam("k", map[string]any{"a": nil}))
	param, err := dao.FindParamByKey("k")
	ok(t, err)
	if param.Value.String() != `{"a":null}` || param.IsNew() {
		t.Errorf("got %s", param.Value)
	}
	if err := dao.SaveParam("k", "x", "short key"); err == nil {
		t.Error("a short key was accepted")
	}
	ok(t, dao.DeleteParam(param))
	all := []*models.Param{}
	ok(t, dao.ParamQuery().All(&all))
	if len(all) != 1 {
		t.Errorf("%d left", len(all))
	}
}
