package core_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// newUser returns an unsaved record of the default users collection.
func newUser(t *testing.T, app *core.App, username string) *models.Record {
	t.Helper()
	users, err := app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		t.Fatal(err)
	}
	record := models.NewRecord(users)
	// Hashing a password takes longer than the rest of a test.
	record.Set("passwordHash", "unused")
	if err := errors.Join(record.SetUsername(username), record.RefreshTokenKey()); err != nil {
		t.Fatal(err)
	}
	return record
}

// recordModelEvents notes every model event with its table.
func recordModelEvents(app *core.App) *[]string {
	trail := &[]string{}
	for name, h := range map[string]*hook.Hook[*core.ModelEvent]{
		"before create": app.OnModelBeforeCreate(), "after create": app.OnModelAfterCreate(),
		"before update": app.OnModelBeforeUpdate(), "after update": app.OnModelAfterUpdate(),
		"before delete": app.OnModelBeforeDelete(), "after delete": app.OnModelAfterDelete(),
	} {
		h.Add(func(e *core.ModelEvent) error {
			*trail = append(*trail, name+" "+e.Model.TableName())
			return nil
		})
	}
	return trail
}

func TestModelEventsFollowTheWrites(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	trail := recordModelEvents(app)
	admin := &models.Admin{Email: "a@example.com"}
	user := newUser(t, app, "ann")
	err := errors.Join(
		admin.RefreshTokenKey(),
		app.Dao().SaveAdmin(admin),
		app.Dao().SaveRecord(user),
		app.Dao().SaveRecord(user),
		app.Dao().DeleteRecord(user),
	)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"before create _admins", "after create _admins",
		"before create users", "after create users",
		"before update users", "after update users",
		"before delete users", "after delete users",
	}
	if !slices.Equal(*trail, want) {
		t.Fatalf("events %q", *trail)
	}
}

func TestModelBeforeHandlersDecide(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	trail := recordModelEvents(app)
	refused := errors.New("refused")
	app.OnModelBeforeCreate("users").Add(func(e *core.ModelEvent) error {
		switch e.Model.(*models.Record).Username() {
		case "refused":
			return refused
		case "ignored":
			return hook.StopPropagation
		}
		return nil
	})
	app.OnModelBeforeCreate("other").Add(func(*core.ModelEvent) error { return errors.New("wrong tag") })

	if err := app.Dao().SaveRecord(newUser(t, app, "refused")); !errors.Is(err, refused) {
		t.Errorf("refused: %v", err)
	}
	ignored := newUser(t, app, "ignored")
	if err := app.Dao().SaveRecord(ignored); err != nil || !ignored.IsNew() {
		t.Errorf("ignored: %v, new %v", err, ignored.IsNew())
	}
	if err := app.Dao().SaveRecord(newUser(t, app, "stored")); err != nil {
		t.Error(err)
	}
	records, err := app.Dao().FindRecordsByExpr("users")
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	if n := len(*trail); n != 4 { // three times before, once after
		t.Fatalf("events %q", *trail)
	}
}

func TestAfterEventsWaitForTheCommit(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	after := 0
	app.OnModelAfterCreate("users").Add(func(e *core.ModelEvent) error {
		after++
		if e.Dao.IsTransaction() {
			t.Error("after events carry the plain dao")
		}
		return nil
	})
	err := app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		if err := tx.SaveRecord(newUser(t, app, "ann")); err != nil {
			return err
		}
		if after != 0 {
			t.Error("an after event ran before the commit")
		}
		return nil
	})
	if err != nil || after != 1 {
		t.Fatalf("%d after events, %v", after, err)
	}
	rolledBack := errors.New("rolled back")
	err = app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		return errors.Join(tx.SaveRecord(newUser(t, app, "bob")), rolledBack)
	})
	if !errors.Is(err, rolledBack) || after != 1 {
		t.Fatalf("%d after events, %v", after, err)
	}
}

func TestFilesOfDeletedModelsAreRemoved(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	ann, bob := newUser(t, app, "ann"), newUser(t, app, "bob")
	storage, err := app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range []*models.Record{ann, bob} {
		if err := errors.Join(app.Dao().SaveRecord(user), storage.Upload([]byte("x"), user.BaseFilesPath()+"/a.txt")); err != nil {
			t.Fatal(err)
		}
	}
	// The rolled back delete must not take the files along.
	err = app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		return errors.Join(tx.DeleteRecord(bob), errors.New("rolled back"))
	})
	if err == nil {
		t.Fatal("expected the rollback")
	}
	if err := app.Dao().DeleteRecord(ann); err != nil {
		t.Fatal(err)
	}
	if err := app.ResetBootstrapState(); err != nil { // waits for the clean-up
		t.Fatal(err)
	}
	for user, want := range map[*models.Record]bool{ann: false, bob: true} {
		if got, err := storage.Exists(user.BaseFilesPath() + "/a.txt"); err != nil || got != want {
			t.Errorf("files of %s exist: %v, %v", user.Username(), got, err)
		}
	}

	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	if err := app.Dao().DeleteCollection(bob.Collection()); err != nil {
		t.Fatal(err)
	}
	if err := app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if !storage.IsEmptyDir(bob.Collection().Id) {
		t.Error("a deleted collection leaves files")
	}
}
