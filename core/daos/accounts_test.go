package daos_test

import (
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
)

func token(t *testing.T, claims jwt.MapClaims, key string, seconds int64) string {
	t.Helper()
	text, err := security.NewJWT(claims, key, seconds)
	ok(t, err)
	return text
}

func TestAdmins(t *testing.T) {
	t.Parallel()
	dao := open(t)
	one := &models.Admin{Email: "one@example.com", Avatar: 3}
	ok(t, one.SetPassword("1234567890"))
	ok(t, dao.SaveAdmin(one))
	if total, err := dao.TotalAdmins(); err != nil || total != 1 {
		t.Errorf("total %d, %v", total, err)
	}
	if err := dao.DeleteAdmin(one); err == nil || err.Error() != "you cannot delete the only existing admin" {
		t.Errorf("delete the last: %v", err)
	}
	two := &models.Admin{Email: "two@example.com"}
	ok(t, two.SetPassword("1234567890"))
	ok(t, dao.SaveAdmin(two))
	if err := dao.SaveAdmin(&models.Admin{Email: "two@example.com"}); err == nil || !strings.Contains(err.Error(), "UNIQUE constraint failed: _admins.email") {
		t.Errorf("taken email: %v", err)
	}

	found, err := dao.FindAdminByEmail("one@example.com")
	ok(t, err)
	if found.IsNew() || found.Avatar != 3 || !found.ValidatePassword("1234567890") || found.Created.IsZero() {
		t.Errorf("found %+v", found)
	}
	if _, err := dao.FindAdminByEmail("ONE@example.com"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("other case: %v", err)
	}
	if _, err := dao.FindAdminById(two.Id); err != nil {
		t.Errorf("by id: %v", err)
	}
	for email, want := range map[string]bool{"": false, "two@example.com": false, "new@example.com": true} {
		if dao.IsAdminEmailUnique(email) != want {
			t.Errorf("%q is unique: %v", email, !want)
		}
	}
	if !dao.IsAdminEmailUnique("two@example.com", "", two.Id) {
		t.Error("its own email counts as taken")
	}
	ok(t, dao.DeleteAdmin(two))
	if _, err := dao.FindAdminById(two.Id); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("deleted: %v", err)
	}
}

// TestConcurrentDeletesLeaveOneAdmin deletes both of two admins at the same time: without any,
// everybody could make the first one.
func TestConcurrentDeletesLeaveOneAdmin(t *testing.T) {
	t.Parallel()
	dao := open(t)
	keep := &models.Admin{Email: "keep@example.com", TokenKey: "keep"}
	ok(t, dao.SaveAdmin(keep))
	for round := range 20 {
		other := &models.Admin{Email: strconv.Itoa(round) + "@example.com", TokenKey: strconv.Itoa(round)}
		ok(t, dao.SaveAdmin(other))
		admins := []*models.Admin{keep, other}
		failed := make([]error, len(admins))
		var both sync.WaitGroup
		for i, admin := range admins {
			both.Go(func() { failed[i] = dao.DeleteAdmin(admin) })
		}
		both.Wait()
		if total, err := dao.TotalAdmins(); err != nil || total != 1 {
			t.Fatalf("round %d: %d admins are left, %v; the deletes gave %v", round, total, err, failed)
		}
		if failed[0] == nil {
			keep = other
		}
		if err := dao.DeleteAdmin(keep); err == nil || err.Error() != "you cannot delete the only existing admin" {
			t.Fatalf("round %d: deletes the one that is left: %v", round, err)
		}
	}
}

// TestDeleteAdminTwice leaves no error for an admin that is gone by then.
func TestDeleteAdminTwice(t *testing.T) {
	t.Parallel()
	dao := open(t)
	gone := &models.Admin{Email: "gone@example.com", TokenKey: "gone"}
	for _, admin := range []*models.Admin{gone, {Email: "a@example.com", TokenKey: "a"}, {Email: "b@example.com", TokenKey: "b"}} {
		ok(t, dao.SaveAdmin(admin))
	}
	ok(t, dao.DeleteAdmin(gone))
	ok(t, dao.DeleteAdmin(gone))
	ok(t, dao.RunInTransaction(func(tx *daos.Dao) error { return tx.DeleteAdmin(gone) }))
}

func TestFindByToken(t *testing.T) {
	t.Parallel()
	dao := open(t)
	admin := &models.Admin{Email: "one@example.com", TokenKey: "adminkey"}
	ok(t, dao.SaveAdmin(admin))
	u := user(t, dao, "u", false)
	base(t, dao, "posts", field("tokenKey", "text", ""))
	post := record(t, dao, "posts", "p", map[string]any{"tokenKey": "u-key"})

	adminClaims := jwt.MapClaims{"id": admin.Id, "type": "admin"}
	userClaims := jwt.MapClaims{"id": u.Id, "type": "authRecord", "collectionId": u.Collection().Id}
	cases := map[string]struct {
		token string
		admin bool
		want  bool
	}{
		"admin":              {token(t, adminClaims, "adminkey"+"base", 60), true, true},
		"admin, expired":     {token(t, adminClaims, "adminkey"+"base", -60), true, false},
		"admin, other key":   {token(t, adminClaims, "adminkey"+"else", 60), true, false},
		"admin, unknown":     {token(t, jwt.MapClaims{"id": "x"}, "base", 60), true, false},
		"admin, no id":       {token(t, jwt.MapClaims{}, "base", 60), true, false},
		"admin, garbage":     {"a.b.c", true, false},
		"record":             {token(t, userClaims, "u-key"+"base", 60), false, true},
		"record, expired":    {token(t, userClaims, "u-key"+"base", -60), false, false},
		"record, other key":  {token(t, userClaims, "x"+"base", 60), false, false},
		"record, no claim":   {token(t, jwt.MapClaims{"id": u.Id}, "u-key"+"base", 60), false, false},
		"record, not auth":   {token(t, jwt.MapClaims{"id": post.Id, "collectionId": post.Collection().Id}, "u-key"+"base", 60), false, false},
		"record, collection": {token(t, jwt.MapClaims{"id": u.Id, "collectionId": "nope"}, "u-key"+"base", 60), false, false},
		"record, garbage":    {"", false, false},
	}
	for name, tc := range cases {
		var id string
		var err error
		if tc.admin {
			var a *models.Admin
			if a, err = dao.FindAdminByToken(tc.token, "base"); err == nil {
				id = a.Id
			}
		} else {
			var r *models.Record
			if r, err = dao.FindAuthRecordByToken(tc.token, "base"); err == nil {
				id = r.Id
			}
		}
		if (err == nil) != tc.want || tc.want && id != admin.Id && id != u.Id {
			t.Errorf("%s: %q, %v", name, id, err)
		}
	}
}

func TestFindAuthRecords(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "posts", field("title", "text", ""))
	u := user(t, dao, "Jane", false)
	for name, run := range map[string]func() (*models.Record, error){
		"email":              func() (*models.Record, error) { return dao.FindAuthRecordByEmail("users", "Jane@example.com") },
		"username":           func() (*models.Record, error) { return dao.FindAuthRecordByUsername("users", "Jane") },
		"username, any case": func() (*models.Record, error) { return dao.FindAuthRecordByUsername("users", "jANE") },
	} {
		if r, err := run(); err != nil || r.Id != u.Id {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, run := range map[string]func() (*models.Record, error){
		"email, other case": func() (*models.Record, error) { return dao.FindAuthRecordByEmail("users", "jane@example.com") },
		"username, unknown": func() (*models.Record, error) { return dao.FindAuthRecordByUsername("users", "john") },
		"not auth":          func() (*models.Record, error) { return dao.FindAuthRecordByUsername("posts", "jane") },
		"no collection":     func() (*models.Record, error) { return dao.FindAuthRecordByEmail("nope", "x") },
	} {
		if _, err := run(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}

	for _, tc := range []struct {
		key     string
		value   any
		exclude []string
		want    bool
	}{
		{"username", "jane", nil, false},
		{"username", "jane", []string{u.Id}, true},
		{"username", "jane", []string{""}, false},
		{"email", "Jane@example.com", nil, false},
		{"email", "jane@example.com", nil, true},
		{"missing", "x", nil, false},
	} {
		if got := dao.IsRecordValueUnique("users", tc.key, tc.value, tc.exclude...); got != tc.want {
			t.Errorf("%s %v %v: got %v", tc.key, tc.value, tc.exclude, got)
		}
	}
	if got := dao.SuggestUniqueAuthRecordUsername("users", "free"); got != "free" {
		t.Errorf("free: %s", got)
	}
	if got := dao.SuggestUniqueAuthRecordUsername("users", "JANE"); !strings.HasPrefix(got, "JANE") || len(got) != 7 {
		t.Errorf("taken: %s", got)
	}
}

func TestExternalAuths(t *testing.T) {
	t.Parallel()
	dao := open(t)
	u := user(t, dao, "u", true)
	link := func(provider, id string) *models.ExternalAuth {
		return &models.ExternalAuth{CollectionId: u.Collection().Id, RecordId: u.Id, Provider: provider, ProviderId: id}
	}
	google := link("google", "1")
	ok(t, dao.SaveExternalAuth(google))
	ok(t, dao.SaveExternalAuth(link("gitlab", "1")))
	for name, bad := range map[string]*models.ExternalAuth{
		"no provider id":  link("x", ""),
		"no record":       {CollectionId: u.Collection().Id, Provider: "x", ProviderId: "1"},
		"same provider":   link("google", "2"),
		"no collection":   {RecordId: u.Id, Provider: "x", ProviderId: "1"},
		"gone collection": {CollectionId: "gone", RecordId: u.Id, Provider: "x", ProviderId: "1"},
	} {
		if err := dao.SaveExternalAuth(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	links, err := dao.FindAllExternalAuthsByRecord(u)
	if err != nil || len(links) != 2 {
		t.Fatalf("%d links, %v", len(links), err)
	}
	if found, err := dao.FindExternalAuthByRecordAndProvider(u, "google"); err != nil || found.Id != google.Id {
		t.Errorf("by provider: %v", err)
	}
	if _, err := dao.FindExternalAuthByRecordAndProvider(u, "x"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("unknown provider: %v", err)
	}
	if found, err := dao.FindFirstExternalAuthByExpr(dbx.HashExp{"provider": "gitlab"}); err != nil || found.RecordId != u.Id {
		t.Errorf("by expression: %v", err)
	}
	ok(t, dao.DeleteExternalAuth(google))
	if err := dao.DeleteExternalAuth(nil); err == nil {
		t.Error("delete nothing: no error")
	}
	if links, err = dao.FindAllExternalAuthsByRecord(&models.Record{}); err != nil || len(links) != 0 {
		t.Errorf("of an empty record: %d, %v", len(links), err)
	}
}
