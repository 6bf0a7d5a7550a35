package daos_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
)

var errStop = errors.New("stop")

func TestCallbacksOutsideOfTransaction(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		before  func(action func() error) error
		after   error
		wantErr error
		stored  bool
		afters  int
	}{
		"plain":         {func(a func() error) error { return a() }, nil, nil, true, 1},
		"stopped":       {func(func() error) error { return nil }, nil, nil, false, 0},
		"before fails":  {func(func() error) error { return errStop }, nil, errStop, false, 0},
		"after fails":   {func(a func() error) error { return a() }, errStop, errStop, true, 1},
		"fails at last": {func(a func() error) error { _ = a(); return errStop }, nil, errStop, true, 0},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain := open(t)
			posts := base(t, plain, "posts", field("title", "text", ""))
			dao := plain.Clone()
			afters := 0
			dao.BeforeCreateFunc = func(e *daos.Dao, m models.Model, action func() error) error {
				if e != dao || !m.HasId() || m.GetCreated().IsZero() || m.GetUpdated().IsZero() || !m.IsNew() {
					t.Error("the model is not complete before it is stored")
				}
				return tc.before(action)
			}
			dao.AfterCreateFunc = func(e *daos.Dao, m models.Model) error {
				if e != dao || m.IsNew() {
					t.Error("after: wrong dao or the model is still new")
				}
				afters++
				return tc.after
			}
			r := models.NewRecord(posts)
			if err := dao.SaveRecord(r); err != tc.wantErr { //nolint:errorlint // it has to be the very same
				t.Fatalf("got %v", err)
			}
			_, err := dao.FindRecordById("posts", r.Id)
			if (err == nil) != tc.stored || r.IsNew() == tc.stored || afters != tc.afters {
				t.Errorf("found: %v, is new: %v, after: %d", err, r.IsNew(), afters)
			}
		})
	}
}

func TestAfterDeleteErrorsOutsideOfTransactionAreDropped(t *testing.T) {
	t.Parallel()
	dao := open(t)
	param := &models.Param{Key: "k"}
	ok(t, dao.Save(param))
	dao.AfterDeleteFunc = func(*daos.Dao, models.Model) error { return errStop }
	ok(t, dao.DeleteParam(param))
}

func TestTransactionQueuesAfterCallbacks(t *testing.T) {
	t.Parallel()
	plain := open(t)
	posts := base(t, plain, "posts", field("title", "text", ""))
	first := record(t, plain, "posts", "first", nil)

	var rec recorder
	dao := rec.attach(plain)
	inside := true
	after := dao.AfterCreateFunc
	dao.AfterCreateFunc = func(e *daos.Dao, m models.Model) error {
		if inside || e.IsTransaction() {
			t.Error("after callback inside of the transaction")
		}
		return errors.Join(after(e, m), errStop)
	}
	err := dao.RunInTransaction(func(tx *daos.Dao) error {
		a, b := models.NewRecord(posts), models.NewRecord(posts)
		a.SetId(idOf("a"))
		b.SetId(idOf("b"))
		ok(t, tx.SaveRecord(a))
		first.Set("title", "x")
		ok(t, tx.RunInTransaction(func(nested *daos.Dao) error { return nested.SaveRecord(first) }))
		ok(t, tx.WithoutHooks().DeleteRecord(find(t, tx, "posts", "first")))
		ok(t, tx.SaveRecord(b))
		inside = false
		return nil
	})
	if !errors.Is(err, errStop) {
		t.Errorf("got %v", err)
	}
	want := "+create posts/a; +update posts/first; +create posts/b; -create posts/a; -update posts/first; -create posts/b"
	if rec.String() != want {
		t.Errorf("got  %s\nwant %s", rec.String(), want)
	}
}

func TestRollback(t *testing.T) {
	t.Parallel()

	cases := map[string]func(tx *daos.Dao) error{
		"error": func(*daos.Dao) error { return errStop },
		"panic": func(*daos.Dao) error { panic(errStop) },
	}
	for name, end := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain := open(t)
			posts := base(t, plain, "posts", field("title", "text", ""))
			var rec recorder
			dao := rec.attach(plain)
			r := models.NewRecord(posts)
			func() {
				defer func() { _ = recover() }()
				err := dao.RunInTransaction(func(tx *daos.Dao) error {
					ok(t, tx.SaveRecord(r))
					return end(tx)
				})
				if err != errStop { //nolint:errorlint // it has to be the very same
					t.Errorf("got %v", err)
				}
			}()
			if !r.IsNew() {
				t.Error("the record claims to be stored")
			}
			if _, err := dao.FindRecordById("posts", r.Id); !errors.Is(err, sql.ErrNoRows) {
				t.Errorf("found: %v", err)
			}
			ok(t, dao.SaveRecord(r))
			if want := "+create posts/" + strings.TrimRight(r.Id, "0"); rec.lines[0] != want || len(rec.lines) != 3 {
				t.Errorf("got %s", rec.String())
			}
		})
	}
}

func TestWriteThroughPlainDaoInTransaction(t *testing.T) {
	t.Parallel()
	dao := open(t)
	posts := base(t, dao, "posts", field("title", "text", ""))

	writes := map[string]func() error{
		"save":        func() error { return dao.SaveRecord(models.NewRecord(posts)) },
		"delete":      func() error { return dao.DeleteRecord(find(t, dao, "posts", "kept")) },
		"transaction": func() error { return dao.RunInTransaction(func(*daos.Dao) error { return nil }) },
		"admin":       func() error { return dao.SaveAdmin(&models.Admin{Email: "a@example.com"}) },
		"query": func() error {
			_, err := dao.DB().NewQuery("DELETE FROM posts").Execute()
			return err
		},
	}
	record(t, dao, "posts", "kept", nil)
	for name, write := range writes {
		err := dao.RunInTransaction(func(*daos.Dao) error {
			if err := write(); !errors.Is(err, db.ErrNestedWrite) {
				t.Errorf("%s: got %v", name, err)
			}
			return nil
		})
		ok(t, err)
	}
	find(t, dao, "posts", "kept")
}

func TestDaoFromBuilder(t *testing.T) {
	t.Parallel()
	plain := open(t)
	var rec recorder
	dao := rec.attach(plain)
	posts := base(t, plain, "posts", field("title", "text", ""))

	ok(t, daos.NewFromBuilder(dao.DB()).SaveRecord(models.NewRecord(posts)))
	err := dao.RunInTransaction(func(tx *daos.Dao) error {
		other := daos.NewFromBuilder(tx.DB())
		if !other.IsTransaction() {
			t.Error("the builder of a transaction gives a dao outside of it")
		}
		base(t, other, "later", field("title", "text", ""))
		ok(t, other.SaveRecord(models.NewRecord(posts)))
		if _, err := tx.FindCollectionByNameOrId("later"); err != nil {
			t.Errorf("in the transaction: %v", err)
		}
		if _, err := dao.FindCollectionByNameOrId("later"); err == nil {
			t.Error("the collection is seen before its commit")
		}
		return nil
	})
	ok(t, err)
	if _, err := dao.FindCollectionByNameOrId("later"); err != nil {
		t.Errorf("after the commit: %v", err)
	}
	base(t, daos.NewFromBuilder(dao.DB()), "more", field("title", "text", ""))
	if _, err := dao.FindCollectionByNameOrId("more"); err != nil {
		t.Errorf("after a save elsewhere: %v", err)
	}
	if rec.String() != "" {
		t.Errorf("callbacks ran: %s", rec.String())
	}
}
