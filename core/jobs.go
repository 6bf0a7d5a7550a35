package core

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/tackleboxdev/tacklebox/core/cron"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

const (
	backupJob  = "backup"
	logsJob    = "logs"
	logsJobRun = "17 */6 * * *"

	autoBackupPrefix = "@auto_pb_backup_"
	// jobsGrace bounds how long a closing app waits for its scheduled jobs.
	jobsGrace = 5 * time.Second
)

// startJobs begins to run the scheduled jobs of the app itself.
func (a *App) startJobs(*ServeEvent) error {
	schedule, err := cron.Parse(logsJobRun)
	if err != nil {
		return err
	}
	a.jobs.Add(cron.Job{ID: logsJob, Schedule: schedule, Run: a.guardJob(logsJob, a.deleteExpiredLogs)})
	a.scheduleBackups()
	a.jobs.Start()
	return nil
}

func (a *App) stopJobs(*TerminateEvent) error {
	ctx, cancel := context.WithTimeout(context.Background(), jobsGrace)
	defer cancel()
	return a.jobs.Stop(ctx)
}

// guardJob logs the failure or panic of a job.
func (a *App) guardJob(id string, run func(ctx context.Context) error) func(ctx context.Context) {
	return func(ctx context.Context) {
		defer func() {
			if p := recover(); p != nil {
				a.log.Error("Scheduled job panicked", slog.String("job", id), slog.String("error", fmt.Sprintf("%v\n%s", p, debug.Stack())))
			}
		}()
		if err := run(ctx); err != nil {
			a.log.Error("Scheduled job failed", slog.String("job", id), slog.Any("error", err))
		}
	}
}

// scheduleBackups makes the automatic backups follow the live settings.
func (a *App) scheduleBackups() {
	expression := settings.Get(a.settings, func(s *settings.Settings) string { return s.Backups.Cron })
	if expression == "" {
		a.jobs.Remove(backupJob)
		return
	}
	schedule, err := cron.Parse(expression)
	if err != nil { // validation keeps it out of the settings
		a.jobs.Remove(backupJob)
		a.log.Error("Automatic backups are off", slog.Any("error", err))
		return
	}
	a.jobs.Add(cron.Job{ID: backupJob, Schedule: schedule, Run: a.guardJob(backupJob, a.autoBackup)})
}

// autoBackup makes one backup and deletes those that are too many.
func (a *App) autoBackup(ctx context.Context) error {
	err := a.CreateBackup(ctx, BackupName(a, autoBackupPrefix))
	if err != nil {
		return err
	}
	return a.deleteOldBackups(ctx)
}

// deleteOldBackups keeps the newest automatic backups, as many as the settings
// say.
func (a *App) deleteOldBackups(ctx context.Context) error {
	keep := settings.Get(a.settings, func(s *settings.Settings) int { return s.Backups.CronMaxKeep })
	if keep <= 0 {
		return nil
	}
	files, err := a.NewBackupsFilesystem()
	if err != nil {
		return fmt.Errorf("delete old backups: %w", err)
	}
	defer func() { _ = files.Close() }()
	files.SetContext(ctx)
	stored, err := files.List(autoBackupPrefix)
	if err != nil {
		return fmt.Errorf("delete old backups: %w", err)
	}
	slices.SortFunc(stored, func(x, y *filesystem.ListObject) int {
		// Buckets know the second only; the names of these hold the time as well.
		return cmp.Or(y.ModTime.Compare(x.ModTime), strings.Compare(y.Key, x.Key))
	})
	var failed error
	for _, old := range stored[min(keep, len(stored)):] {
		if err := files.Delete(old.Key); err != nil {
			failed = errors.Join(failed, fmt.Errorf("delete old backup %s: %w", old.Key, err))
		}
	}
	return failed
}

// deleteExpiredLogs deletes log entries past their age, also when nothing is
// logged that would do it on the way.
func (a *App) deleteExpiredLogs(context.Context) error {
	if dao := a.LogsDao(); dao != nil {
		return a.purgeOldLogs(dao)
	}
	return nil
}
