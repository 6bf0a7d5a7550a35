package daos_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/migrate"
	"github.com/tackleboxdev/tacklebox/core/migrations"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/types"
)

func TestLogs(t *testing.T) {
	t.Parallel()
	logs, err := db.Open(context.Background(), filepath.Join(t.TempDir(), "logs.db"), db.Options{})
	ok(t, err)
	t.Cleanup(func() { _ = logs.Close() })
	runner, err := migrate.NewRunner(logs, migrations.Logs())
	ok(t, err)
	_, err = runner.Up()
	ok(t, err)
	dao := daos.New(logs)
	at := func(text string) types.DateTime {
		d, err := types.ParseDateTime(text)
		ok(t, err)
		return d
	}
	entry := func(message string, level int, created string) *models.Log {
		e := &models.Log{Message: message, Level: level, Data: types.JsonMap{"status": 200}}
		e.Created = at(created)
		return e
	}
	single := entry("single", 0, "2026-01-02 03:59:59.999Z")
	ok(t, dao.SaveLog(single))
	batch := []*models.Log{entry("a", 8, "2026-01-02 04:00:00.000Z"), entry("b", -4, "2026-01-02 04:30:00.000Z"), {Message: "now"}}
	ok(t, dao.InsertLogs(batch))
	ok(t, dao.InsertLogs(nil))
	if batch[2].IsNew() || !batch[2].HasId() || batch[2].Created.IsZero() {
		t.Errorf("batch entry %+v", batch[2])
	}

	found, err := dao.FindLogById(batch[0].Id)
	ok(t, err)
	if found.Message != "a" || found.Level != 8 || found.Data.Get("status") != float64(200) || found.Created.String() != "2026-01-02 04:00:00.000Z" {
		t.Errorf("found %+v", found)
	}
	if _, err := dao.FindLogById("x"); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("missing: %v", err)
	}

	stats, err := dao.LogsStats(dbx.NewExp("created < '2026-02-01'"))
	ok(t, err)
	if toJSON(t, stats) != `[{"total":1,"date":"2026-01-02 03:00:00.000Z"},{"total":2,"date":"2026-01-02 04:00:00.000Z"}]` {
		t.Errorf("stats %s", toJSON(t, stats))
	}
	if all, err := dao.LogsStats(nil); err != nil || len(all) != 3 {
		t.Errorf("all stats: %d, %v", len(all), err)
	}

	if plan := explain(t, dao, "SELECT COUNT(*), "+logs.Dialect().Hour("created")+" AS date FROM _logs GROUP BY date"); !strings.Contains(plan, "_logs_created_hour_idx") {
		t.Errorf("the index is not used: %s", plan)
	}

	ok(t, dao.DeleteOldLogs(time.Date(2026, 1, 2, 4, 0, 0, 0, time.UTC)))
	ok(t, dao.DeleteLogsBelow(0))
	left := []*models.Log{}
	ok(t, dao.LogQuery().All(&left))
	if len(left) != 1 || left[0].Message != "now" {
		t.Errorf("left %s", toJSON(t, left))
	}
}
