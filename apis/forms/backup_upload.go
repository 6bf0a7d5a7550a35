package forms

import (
	"context"
	"fmt"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
)

const mimeZip = "application/zip"

// BackupUpload is the payload of a backup that comes from somewhere else.
type BackupUpload struct {
	app *core.App

	// File is the archive; it is stored under its original name.
	File *filesystem.File `json:"file"`
}

// NewBackupUpload returns an empty form.
func NewBackupUpload(app *core.App) *BackupUpload { return &BackupUpload{app: app} }

// Validate checks that the file is a zip archive whose name is not taken.
func (f *BackupUpload) Validate(ctx context.Context) error {
	return validation.ValidateStruct(f,
		validation.Field(&f.File,
			validation.Required,
			validation.By(isZip),
			validation.By(func(any) error { return checkUploadName(ctx, f.app, f.File) }),
		),
	)
}

// Submit stores the file.
func (f *BackupUpload) Submit(ctx context.Context) error {
	files, err := f.app.NewBackupsFilesystem()
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }()
	files.SetContext(ctx)
	if err := files.UploadFile(f.File, f.File.OriginalName); err != nil {
		return fmt.Errorf("store the uploaded backup: %w", err)
	}
	return nil
}

func isZip(value any) error {
	file, ok := value.(*filesystem.File)
	if !ok || file == nil {
		return nil
	}
	content, err := file.Reader.Open()
	if err != nil {
		return fmt.Errorf("open the uploaded backup: %w", err)
	}
	defer func() { _ = content.Close() }()
	kind, err := mimetype.DetectReader(content)
	if err != nil {
		return fmt.Errorf("detect the type of the uploaded backup: %w", err)
	}
	if !kind.Is(mimeZip) {
		return validation.NewError(codeInvalidMimeType, fmt.Sprintf("%q mime type must be one of: %s", file.Name, mimeZip))
	}
	return nil
}

// checkUploadName refuses names that are taken or no plain file names.
func checkUploadName(ctx context.Context, app *core.App, file *filesystem.File) error {
	if file == nil {
		return nil
	}
	if strings.ContainsAny(file.OriginalName, "/\\\x00") || strings.HasPrefix(file.OriginalName, ".") {
		return validation.NewError(codeBackupNameExists, textBackupName)
	}
	return backupNameIsFree(ctx, app, textBackupExists).Validate(file.OriginalName)
}
