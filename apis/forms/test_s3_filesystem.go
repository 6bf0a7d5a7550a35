package forms

import (
	"context"
	"errors"
	"fmt"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// The file systems that can be tested.
const (
	filesystemStorage = "storage"
	filesystemBackups = "backups"
)

// s3TestLimit bounds how long a server that does not answer is waited for.
const s3TestLimit = 30 * time.Second

// TestS3Filesystem checks that files can be stored in one of the S3 buckets of the
// settings and deleted again.
type TestS3Filesystem struct {
	app *core.App

	Filesystem string `form:"filesystem" json:"filesystem"`
}

// NewTestS3Filesystem returns an empty form.
func NewTestS3Filesystem(app *core.App) *TestS3Filesystem { return &TestS3Filesystem{app: app} }

// Validate checks the name of the file system.
func (f *TestS3Filesystem) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Filesystem, validation.Required, validation.In(filesystemStorage, filesystemBackups)),
	)
}

// Submit validates the form and stores and deletes a small file.
func (f *TestS3Filesystem) Submit() error {
	if err := f.Validate(); err != nil {
		return err
	}
	open, enabled := f.app.NewFilesystem, func(s *settings.Settings) bool { return s.S3.Enabled }
	if f.Filesystem == filesystemBackups {
		open, enabled = f.app.NewBackupsFilesystem, func(s *settings.Settings) bool { return s.Backups.S3.Enabled }
	}
	if !settings.Get(f.app.Settings(), enabled) {
		return fmt.Errorf("S3 %s filesystem is not enabled", f.Filesystem)
	}
	files, err := open()
	if err != nil {
		return fmt.Errorf("open the S3 filesystem: %w", err)
	}
	defer func() { _ = files.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), s3TestLimit)
	defer cancel()
	files.SetContext(ctx)
	return tryFilesystem(files)
}

func tryFilesystem(files *filesystem.System) error {
	prefix := "test_" + security.PseudorandomString(5)
	if err := files.Upload([]byte("test"), prefix+"/test.txt"); err != nil {
		return fmt.Errorf("upload a test file: %w", err)
	}
	if errs := files.DeletePrefix(prefix); len(errs) > 0 {
		return fmt.Errorf("delete a test file: %w", errors.Join(errs...))
	}
	return nil
}
