package daos_test

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

func TestDeleteRecordReleasesReferences(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		field     string
		value     any
		cascade   bool
		max       int
		wantErr   bool
		wantGone  bool
		wantValue any
	}{
		"single":                {"rel", idOf("x"), false, 1, false, false, ""},
		"single, required":      {"rel!", idOf("x"), false, 1, true, false, idOf("x")},
		"single, cascade":       {"rel", idOf("x"), true, 1, false, true, nil},
		"cascade over required": {"rel!", idOf("x"), true, 1, false, true, nil},
		"many, more left":       {"rel!", []string{idOf("x"), idOf("y")}, true, 0, false, false, []string{idOf("y")}},
		"many, none left":       {"rel", []string{idOf("x")}, false, 0, false, false, []string{}},
		"many, required":        {"rel!", []string{idOf("x")}, false, 0, true, false, []string{idOf("x")}},
		"many, cascade":         {"rel", []string{idOf("x")}, true, 0, false, true, nil},
		"other id":              {"rel!", []string{idOf("xx")}, true, 0, false, false, []string{idOf("xx")}},
		"unset":                 {"rel", nil, true, 1, false, false, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			base(t, dao, "target", field("title", "text", ""))
			relation := relate(strings.TrimSuffix(tc.field, "!"), idOf("target"), tc.max, tc.cascade)
			relation.Required = strings.HasSuffix(tc.field, "!")
			base(t, dao, "source", relation)
			view(t, dao, "shown", "select id, rel from source")
			record(t, dao, "target", "x", nil)
			record(t, dao, "source", "s", map[string]any{"rel": tc.value})

			err := dao.DeleteRecord(find(t, dao, "target", "x"))
			if (err != nil) != tc.wantErr {
				t.Fatalf("got %v", err)
			}
			_, err = dao.FindRecordById("target", idOf("x"))
			if errors.Is(err, sql.ErrNoRows) == tc.wantErr {
				t.Errorf("the record itself: %v", err)
			}
			source, err := dao.FindRecordById("source", idOf("s"))
			if errors.Is(err, sql.ErrNoRows) != tc.wantGone {
				t.Fatalf("the source: %v", err)
			}
			if !tc.wantGone && !reflect.DeepEqual(source.Get("rel"), tc.wantValue) {
				t.Errorf("left %v", source.Get("rel"))
			}
		})
	}
}

func TestDeleteRecordOrder(t *testing.T) {
	t.Parallel()
	plain := open(t)
	users := idOf("users")
	if c, err := plain.FindCollectionByNameOrId("users"); err == nil {
		users = c.Id
	}
	base(t, plain, "bb", relate("rel", users, 0, false))
	base(t, plain, "aa", relate("rel", users, 1, true))
	base(t, plain, "cc", relate("rel", idOf("aa"), 1, true))
	u := user(t, plain, "u", true)
	ok(t, plain.SaveExternalAuth(&models.ExternalAuth{CollectionId: users, RecordId: u.Id, Provider: "p", ProviderId: "1"}))
	record(t, plain, "bb", "b", map[string]any{"rel": []string{u.Id}})
	record(t, plain, "aa", "a", map[string]any{"rel": u.Id})
	record(t, plain, "cc", "c", map[string]any{"rel": idOf("a")})

	var rec recorder
	dao := rec.attach(plain)
	ok(t, dao.DeleteRecord(u))
	want := "+delete users/u; +delete _externalAuths; +delete aa/a; +delete cc/c; +update bb/b; " +
		"-delete _externalAuths; -delete users/u; -delete aa/a; -delete cc/c; -update bb/b"
	if rec.String() != want {
		t.Errorf("got  %s\nwant %s", rec.String(), want)
	}
}

func TestDeleteRecordRefusedByHook(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		before  daos.BeforeFunc
		wantErr error
		gone    bool
	}{
		"dependent fails": {func(_ *daos.Dao, m models.Model, a func() error) error {
			if m.TableName() == "source" {
				return errStop
			}
			return a()
		}, errStop, false},
		"stopped": {func(*daos.Dao, models.Model, func() error) error { return nil }, nil, false},
		"side write undone": {func(e *daos.Dao, _ models.Model, _ func() error) error {
			c, err := e.FindCollectionByNameOrId("target")
			if err != nil {
				return err
			}
			if err := e.SaveRecord(models.NewRecord(c)); err != nil {
				return err
			}
			return errStop
		}, errStop, false},
		"dependent stopped": {func(_ *daos.Dao, m models.Model, a func() error) error {
			if m.TableName() == "source" {
				return nil
			}
			return a()
		}, nil, true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dao := open(t)
			base(t, dao, "target", field("title", "text", ""))
			base(t, dao, "source", relate("rel", idOf("target"), 1, true))
			record(t, dao, "target", "x", nil)
			record(t, dao, "source", "s", map[string]any{"rel": idOf("x")})
			dao.BeforeDeleteFunc = tc.before
			if err := dao.DeleteRecord(find(t, dao, "target", "x")); !errors.Is(err, tc.wantErr) {
				t.Fatalf("got %v", err)
			}
			find(t, dao, "source", "s")
			left, err := dao.FindRecordsByExpr("target")
			ok(t, err)
			if (len(left) == 0) != tc.gone || len(left) > 1 {
				t.Errorf("%d records left", len(left))
			}
		})
	}
}

func TestDeleteRecordInBatches(t *testing.T) {
	t.Parallel()
	dao := open(t)
	base(t, dao, "target", field("title", "text", ""))
	source := base(t, dao, "source", relate("rel", idOf("target"), 0, false), relate("self", idOf("source"), 1, true))
	record(t, dao, "target", "x", nil)
	const rows = 450
	ok(t, dao.RunInTransaction(func(tx *daos.Dao) error {
		for i := range rows {
			r := models.NewRecord(source)
			r.SetId(idOf(fmt.Sprintf("s%03d", i)))
			r.Set("rel", []string{idOf("x")})
			r.Set("self", idOf(fmt.Sprintf("s%03d", (i+1)%rows))) // a circle
			if err := tx.SaveRecord(r); err != nil {
				return err
			}
		}
		return nil
	}))
	ok(t, dao.DeleteRecord(find(t, dao, "target", "x")))
	left, err := dao.FindRecordsByFilter("source", "rel:length > 0", "", 0, 0)
	ok(t, err)
	if len(left) != 0 {
		t.Errorf("%d still refer to it", len(left))
	}
	ok(t, dao.DeleteRecord(find(t, dao, "source", "s007")))
	if left, err = dao.FindRecordsByExpr("source"); err != nil || len(left) != 0 {
		t.Errorf("%d left of the circle, %v", len(left), err)
	}
}
