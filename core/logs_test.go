package core_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// storedLogs closes and opens the app, which stores what was logged, and
// returns the entries.
func storedLogs(t *testing.T, app *core.App) []*models.Log {
	t.Helper()
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	logs := []*models.Log{}
	if err := app.LogsDao().LogQuery().OrderBy("rowid").All(&logs); err != nil {
		t.Fatal(err)
	}
	return logs
}

func TestLogsAreStored(t *testing.T) {
	t.Parallel()
	app := coretest.Unopened(t)
	app.Logger().Warn("before the start", "a", 1)
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	app.Logger().Info("suite marker", "answer", 42, "obj", map[string]any{"k": "v"})
	app.Logger().Debug("below the level")
	logs := storedLogs(t, app)
	if len(logs) != 2 || logs[0].Message != "before the start" || logs[0].Level != 4 {
		t.Fatalf("logs %+v", logs)
	}
	entry := logs[1]
	data, err := entry.Data.MarshalJSON()
	if err != nil || string(data) != `{"answer":42,"obj":{"k":"v"}}` {
		t.Errorf("data %s, %v", data, err)
	}
	if entry.Created.IsZero() || time.Since(entry.Created.Time()) > time.Minute || !entry.HasId() {
		t.Errorf("entry %+v", entry)
	}
}

func saveLogSettings(t *testing.T, app *core.App, maxDays, minLevel int) {
	t.Helper()
	changed, err := app.Settings().Clone()
	if err != nil {
		t.Fatal(err)
	}
	changed.Logs.MaxDays, changed.Logs.MinLevel = maxDays, minLevel
	if err := app.Dao().SaveSettings(changed, ""); err != nil {
		t.Fatal(err)
	}
	if err := app.RefreshSettings(); err != nil {
		t.Fatal(err)
	}
}

func TestLogSettingsTakeEffect(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	app.Logger().Info("info")
	app.Logger().Error("error")
	if got := storedLogs(t, app); len(got) != 2 {
		t.Fatalf("logs %+v", got)
	}

	saveLogSettings(t, app, 5, int(slog.LevelWarn))
	app.Logger().Info("below the level")
	if got := storedLogs(t, app); len(got) != 1 || got[0].Message != "error" {
		t.Fatalf("after raising the level: %+v", got)
	}

	saveLogSettings(t, app, 0, 0)
	app.Logger().Error("never stored")
	if got := storedLogs(t, app); len(got) != 0 {
		t.Fatalf("without logs: %+v", got)
	}
}

func TestOldLogsAreDeleted(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	old := &models.Log{Message: "old"}
	old.RefreshId()
	created, err := types.ParseDateTime(time.Now().AddDate(0, 0, -6))
	if err != nil {
		t.Fatal(err)
	}
	old.Created, old.Updated = created, created
	if err := app.LogsDao().SaveLog(old); err != nil {
		t.Fatal(err)
	}
	app.Logger().Info("new")
	if got := storedLogs(t, app); len(got) != 1 || got[0].Message != "new" {
		t.Fatalf("logs %+v", got)
	}
}

func TestAFailedPurgeIsLogged(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	old := &models.Log{Message: "old"}
	created, err := types.ParseDateTime(time.Now().AddDate(0, 0, -6))
	if err != nil {
		t.Fatal(err)
	}
	old.Created, old.Updated = created, created
	if err := app.LogsDao().SaveLog(old); err != nil {
		t.Fatal(err)
	}
	refuse := "CREATE TRIGGER [[keep]] BEFORE DELETE ON [[_logs]] BEGIN SELECT RAISE(ABORT, 'kept'); END"
	if _, err := app.LogsDao().DB().NewQuery(refuse).Execute(); err != nil {
		t.Fatal(err)
	}
	app.Logger().Info("stored")
	var got []string
	for _, entry := range storedLogs(t, app) {
		got = append(got, entry.Message)
	}
	if want := []string{"old", "stored", "Cannot delete old log entries"}; !slices.Equal(got, want) {
		t.Fatalf("logs %q, want %q", got, want)
	}
}
