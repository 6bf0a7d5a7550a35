package core

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/logger"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/types"
)

const (
	// purgeInterval is how often entries past their age are deleted.
	purgeInterval = 6 * time.Hour
	// noLogs is a level that no entry reaches.
	noLogs = slog.Level(math.MaxInt32)
)

// logPolicy remembers what the stored logs were last made to follow.
type logPolicy struct {
	mu       sync.Mutex
	known    bool
	maxDays  int
	minLevel int
	purged   time.Time
}

func (a *App) initLogger() {
	a.logs = logger.New(logger.Options{
		Write: a.writeLogs,
		Failed: func(err error) {
			// The log itself is what failed, so the console is all there is.
			fmt.Fprintln(os.Stderr, "Logs:", err)
		},
		Level: &a.logLevel,
	})
	a.log = slog.New(a.logs)
	a.printLogs()
}

func (a *App) flushLogs() {
	if a.IsBootstrapped() {
		a.logs.Flush(context.Background())
	}
}

// writeLogs stores one batch and deletes old entries when that is due.
func (a *App) writeLogs(ctx context.Context, batch []logger.Entry) error {
	dao := a.LogsDao()
	if dao == nil || !dao.HasTable((&models.Log{}).TableName()) {
		return nil // nothing to store into before the first migration
	}
	logs := make([]*models.Log, len(batch))
	for i, entry := range batch {
		logs[i] = logModel(entry)
	}
	if err := dao.WithContext(ctx).InsertLogs(logs); err != nil {
		return err
	}
	// The batch is stored by now, whatever becomes of older entries.
	if err := a.purgeOldLogs(dao); err != nil {
		a.reportPurge(err)
	}
	return nil
}

func logModel(entry logger.Entry) *models.Log {
	m := &models.Log{
		Level:   int(entry.Level),
		Message: entry.Message,
		Data:    types.JsonMap(entry.Data),
	}
	m.Id = logID(entry.Time)
	if created, err := types.ParseDateTime(entry.Time); err == nil {
		m.Created, m.Updated = created, created
	}
	return m
}

const (
	logTimeDigits   = 9 // of milliseconds to the base of 36
	logRandomDigits = models.DefaultIdLength - logTimeDigits
	digits36        = "0123456789abcdefghijklmnopqrstuvwxyz"
)

// logID returns an id that grows with time: new entries then go to the end of
// the index of ids instead of touching a page of it each.
func logID(t time.Time) string {
	id := strconv.FormatInt(t.UnixMilli(), 36)
	if len(id) < logTimeDigits {
		id = strings.Repeat("0", logTimeDigits-len(id)) + id
	}
	return id[:logTimeDigits] + security.PseudorandomStringWithAlphabet(logRandomDigits, digits36)
}

func (a *App) purgeOldLogs(dao *daos.Dao) error {
	now := a.config.Now()
	a.logPolicy.mu.Lock()
	due := a.logPolicy.known && now.Sub(a.logPolicy.purged) >= purgeInterval
	if due {
		a.logPolicy.purged = now
	}
	maxDays := a.logPolicy.maxDays
	a.logPolicy.mu.Unlock()
	if !due {
		return nil
	}
	return dao.DeleteOldLogs(now.AddDate(0, 0, -maxDays))
}

func (a *App) reportPurge(err error) {
	a.log.Warn("Cannot delete old log entries", slog.Any("error", err))
}

// applyLogSettings makes the logger follow the live settings. When they were
// changed, entries that they no longer allow are deleted in the background.
func (a *App) applyLogSettings() {
	conf := settings.Get(a.settings, func(s *settings.Settings) settings.LogsConfig { return s.Logs })
	level := slog.Level(conf.MinLevel)
	if conf.MaxDays <= 0 {
		level = noLogs
	}
	a.logLevel.Set(level)

	a.logPolicy.mu.Lock()
	changed := a.logPolicy.known && (a.logPolicy.maxDays != conf.MaxDays || a.logPolicy.minLevel != conf.MinLevel)
	a.logPolicy.known, a.logPolicy.maxDays, a.logPolicy.minLevel = true, conf.MaxDays, conf.MinLevel
	a.logPolicy.mu.Unlock()
	if changed {
		a.Go(func(context.Context) { a.pruneLogs(conf.MaxDays, conf.MinLevel) })
	}
}

// pruneLogs deletes the entries that are too old or not important enough.
// Without any logs left the file is compacted.
func (a *App) pruneLogs(maxDays, minLevel int) {
	dao := a.LogsDao()
	if dao == nil {
		return
	}
	err := dao.DeleteOldLogs(a.config.Now().AddDate(0, 0, -maxDays))
	if err == nil {
		err = dao.DeleteLogsBelow(minLevel)
	}
	if err == nil && maxDays <= 0 {
		err = dao.Vacuum()
	}
	if err != nil {
		a.reportPurge(err)
	}
}
