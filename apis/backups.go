package apis

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/types"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	textBackupActive = "Try again later - another backup/restore process has already been started."

	// restoreDelay lets the answer reach its client before the app restarts.
	restoreDelay = time.Second
)

type backupAPI struct{ app *core.App }

func bindBackups(app *core.App, api *echo.Group) {
	a := &backupAPI{app}
	admin := RequireAdminAuth()
	api.GET("/backups", a.list, admin)
	api.POST("/backups", a.create, admin)
	api.POST("/backups/upload", a.upload, admin)
	api.GET("/backups/:key", a.download)
	api.DELETE("/backups/:key", a.remove, admin)
	api.POST("/backups/:key/restore", a.restore, admin)
}

// backupItem is one entry of the list.
type backupItem struct {
	Key      string         `json:"key"`
	Size     int64          `json:"size"`
	Modified types.DateTime `json:"modified"`
}

// open returns the storage of the backups, bound to the request.
func (a *backupAPI) open(c *echo.Context) (*filesystem.System, error) {
	files, err := a.app.NewBackupsFilesystem()
	if err != nil {
		return nil, web.NewBadRequestError("Failed to load backups filesystem.", err)
	}
	files.SetContext(c.Request().Context())
	return files, nil
}

func (a *backupAPI) list(c *echo.Context) error {
	files, err := a.open(c)
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }()
	stored, err := files.List("")
	if err != nil {
		return rawError("Failed to retrieve backup items.", err)
	}
	items := make([]backupItem, 0, len(stored))
	for _, object := range stored {
		modified, err := types.ParseDateTime(object.ModTime)
		if err != nil {
			return rawError("Failed to retrieve backup items.", err)
		}
		items = append(items, backupItem{Key: object.Key, Size: object.Size, Modified: modified})
	}
	return c.JSON(http.StatusOK, items)
}

func (a *backupAPI) create(c *echo.Context) error {
	if a.app.Store().Has(core.ActiveBackupKey) {
		return web.NewBadRequestError(textBackupActive, nil)
	}
	form := forms.NewBackupCreate(a.app)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if err := form.Validate(ctx); err != nil {
		return err
	}
	err := a.runBackup(ctx, form)
	if errors.Is(err, core.ErrBackupActive) {
		return web.NewBadRequestError(textBackupActive, nil)
	}
	if err != nil {
		return web.NewBadRequestError("Failed to create backup.", err)
	}
	return noContent(c)
}

// runBackup goes on when the client, or a proxy with little patience, leaves.
func (a *backupAPI) runBackup(ctx context.Context, form *forms.BackupCreate) error {
	done := make(chan error, 1)
	a.app.Go(func(ctx context.Context) { //nolint:contextcheck // it outlives the request on purpose
		defer close(done)
		done <- form.Submit(ctx)
	})
	select {
	case err, finished := <-done:
		if !finished {
			return errors.New("the backup panicked")
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *backupAPI) upload(c *echo.Context) error {
	header, err := c.FormFile("file")
	if err != nil {
		return web.NewBadRequestError("Missing or invalid uploaded file.", err)
	}
	file, err := filesystem.NewFileFromMultipart(header)
	if err != nil {
		return web.NewBadRequestError("Missing or invalid uploaded file.", err)
	}
	form := forms.NewBackupUpload(a.app)
	form.File = file
	ctx := c.Request().Context()
	if err := form.Validate(ctx); err != nil {
		return err
	}
	if err := form.Submit(ctx); err != nil {
		return web.NewBadRequestError("Failed to upload backup.", err)
	}
	return noContent(c)
}

// download is for holders of the file token of an admin: browsers send no
// Authorization header when they follow a link.
func (a *backupAPI) download(c *echo.Context) error {
	if admin, _ := findFileTokenOwner(a.app, c); admin == nil {
		return web.NewForbiddenError("Insufficient permissions to access the resource.", nil)
	}
	files, err := a.open(c)
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }()
	key := c.Param("key")
	if err := files.Serve(c.Response(), c.Request(), key, key); err != nil {
		return rawError("Failed to retrieve backup item.", err)
	}
	return nil
}

func (a *backupAPI) remove(c *echo.Context) error {
	key := c.Param("key")
	if active, ok := a.app.Store().Get(core.ActiveBackupKey).(string); ok && active == key {
		return web.NewBadRequestError("The backup is currently being used and cannot be deleted.", nil)
	}
	files, err := a.open(c)
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }()
	if err := files.Delete(key); err != nil {
		return rawError("Invalid or already deleted backup file.", err)
	}
	return noContent(c)
}

// restore answers before it restores anything: the process will be replaced.
func (a *backupAPI) restore(c *echo.Context) error {
	if a.app.Store().Has(core.ActiveBackupKey) {
		return web.NewBadRequestError(textBackupActive, nil)
	}
	files, err := a.open(c)
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }()
	key := c.Param("key")
	if exists, err := files.Exists(key); err != nil || !exists {
		return web.NewBadRequestError("Missing or invalid backup file.", err)
	}
	a.app.Go(func(ctx context.Context) {
		timer := time.NewTimer(restoreDelay)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if err := a.app.RestoreBackup(ctx, key); err != nil {
			a.app.Logger().Error("Failed to restore backup", slog.String("key", key), slog.Any("error", err))
		}
	})
	return noContent(c)
}
