package core

import (
	"context"
	"errors"
)

// ErrBackups is reported by the backup methods, which this version does not
// have.
var ErrBackups = errors.New("backups are not available yet")

// CreateBackup stores a backup of the data folder under name.
func (a *App) CreateBackup(_ context.Context, _ string) error { return ErrBackups }

// RestoreBackup replaces the data folder by the backup with that name.
func (a *App) RestoreBackup(_ context.Context, _ string) error { return ErrBackups }
