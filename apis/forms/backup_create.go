package forms

import (
	"context"
	"regexp"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
)

const (
	maxBackupName = 100
	backupPrefix  = "pb_backup_"

	textBackupName   = "The backup file name is invalid or already exists."
	textBackupExists = "Backup file with the specified name already exists."
)

var backupNamePattern = regexp.MustCompile(`^[a-z0-9_-]+\.zip$`)

// BackupCreate is the payload of a new backup.
type BackupCreate struct {
	app *core.App

	// Name is the file name of the backup; empty means one with the name of the
	// app and the time.
	Name string `form:"name" json:"name"`
}

// NewBackupCreate returns an empty form.
func NewBackupCreate(app *core.App) *BackupCreate { return &BackupCreate{app: app} }

// Validate checks that the name is one for a backup and not taken.
func (f *BackupCreate) Validate(ctx context.Context) error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Name,
			validation.Length(1, maxBackupName),
			validation.Match(backupNamePattern),
			backupNameIsFree(ctx, f.app, textBackupName),
		),
	)
}

// Submit makes the backup. It returns when it is stored.
func (f *BackupCreate) Submit(ctx context.Context) error {
	name := f.Name
	if name == "" {
		name = core.BackupName(f.app, backupPrefix)
	}
	return f.app.CreateBackup(ctx, name)
}

// backupNameIsFree fails with text for the name of a stored backup. Empty names
// pass.
func backupNameIsFree(ctx context.Context, app *core.App, text string) validation.Rule {
	return validation.By(func(value any) error {
		name, _ := value.(string)
		if name == "" {
			return nil
		}
		files, err := app.NewBackupsFilesystem()
		if err != nil {
			return err
		}
		defer func() { _ = files.Close() }()
		files.SetContext(ctx)
		if exists, err := files.Exists(name); err != nil || exists {
			return validation.NewError(codeBackupNameExists, text)
		}
		return nil
	})
}
