package apis

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	textFileTokenFailed = "Failed to generate file token."
	textFileForbidden   = "Insufficient permissions to access the file resource."

	fileTokenParam = "token"
	thumbParam     = "thumb"

	// defaultThumb may be asked for of any image, whatever its field says.
	defaultThumb = "100x100"
)

type fileAPI struct{ app *core.App }

func bindFiles(app *core.App, api *echo.Group) {
	a := &fileAPI{app}
	load := loadCollection(app)
	api.POST("/files/token", a.token)
	api.GET("/files/:collection/:recordId/:filename", a.download, load)
	api.HEAD("/files/:collection/:recordId/:filename", a.download, load)
}

// token answers with a short-lived token for protected files. Guests get one
// only from a hook.
func (a *fileAPI) token(c *echo.Context) error {
	event := &core.FileTokenEvent{HttpContext: c}
	var err error
	if admin := authAdmin(c); admin != nil {
		event.Model = admin
		event.Token, err = core.NewAdminFileToken(a.app, admin)
	} else if record := authRecord(c); record != nil {
		event.Model = record
		event.Token, err = core.NewRecordFileToken(a.app, record)
	}
	if err != nil {
		return web.NewBadRequestError(textFileTokenFailed, err)
	}
	return hook.Around(event,
		a.app.OnFileBeforeTokenRequest(),
		func(e *core.FileTokenEvent) error {
			if e.Model == nil || e.Token == "" {
				return web.NewBadRequestError(textFileTokenFailed, nil)
			}
			return nil
		},
		a.app.OnFileAfterTokenRequest(),
		func(e *core.FileTokenEvent) error { return respond(c, map[string]string{"token": e.Token}) },
	)
}

func (a *fileAPI) download(c *echo.Context) error {
	collection, filename := routeCollection(c), c.Param("filename")
	record, err := requestDao(a.app, c).FindRecordIn(collection, c.Param("recordId"))
	if err != nil {
		return web.NewNotFoundError("", err)
	}
	field := record.FindFileFieldByFile(filename)
	if field == nil {
		return web.NewNotFoundError("", nil)
	}
	options, ok := field.Options.(*schema.FileOptions)
	if !ok {
		return web.NewBadRequestError("", errors.New("the field has no file options"))
	}
	if err := a.authorise(c, record, options); err != nil {
		return err
	}
	folder, err := a.folder(c, record, field, filename)
	if err != nil {
		return web.NewNotFoundError("", err)
	}
	files, err := a.app.NewFilesystem()
	if err != nil {
		return web.NewBadRequestError("Filesystem initialization failure.", err)
	}
	defer func() { _ = files.Close() }()
	files.SetContext(c.Request().Context())

	event := &core.FileDownloadEvent{
		HttpContext: c, Record: record, FileField: field,
		ServedPath: folder + "/" + filename, ServedName: filename,
	}
	event.Collection = collection
	if size := c.QueryParam(thumbParam); hasThumb(options, size) {
		a.showThumb(event, files, folder, size)
	}
	return a.app.OnFileDownloadRequest().Trigger(event, func(e *core.FileDownloadEvent) error {
		return serveStored(c, files, e.ServedPath, e.ServedName)
	})
}

// folder returns the storage folder of the file. What a view shows belongs to
// a record of another collection.
func (a *fileAPI) folder(c *echo.Context, record *models.Record, field *schema.SchemaField, filename string) (string, error) {
	if !record.Collection().IsView() {
		return record.BaseFilesPath(), nil
	}
	owner, err := requestDao(a.app, c).FindRecordByViewFile(record.Collection().Id, field.Name, filename)
	if err != nil {
		return "", err
	}
	return owner.BaseFilesPath(), nil
}

// thumbTypes are the stored content types that thumbs are made of.
var thumbTypes = []string{"image/png", "image/jpg", "image/jpeg", "image/gif"}

func hasThumb(options *schema.FileOptions, size string) bool {
	return size == defaultThumb || size != "" && slices.Contains(options.Thumbs, size)
}

// showThumb lets the event serve a thumb of its image, which is made if there
// is none yet. Where that fails the image itself is served.
func (a *fileAPI) showThumb(e *core.FileDownloadEvent, files *filesystem.System, folder, size string) {
	attrs, err := files.Attributes(e.ServedPath)
	if err != nil || !slices.Contains(thumbTypes, attrs.ContentType) {
		return
	}
	name := size + "_" + e.ServedName
	key := folder + "/thumbs_" + e.ServedName + "/" + name
	if err := filesystem.EnsureThumb(files, e.ServedPath, key, size); err != nil {
		a.app.Logger().Warn("create thumb", "file", e.ServedPath, "size", size, "error", err.Error())
		return
	}
	e.ServedPath, e.ServedName = key, name
}

// authorise lets only those get a protected file whom the view rule lets see
// its record. The caller is the one of the file token, whatever the
// Authorization header says: browsers load images without it.
func (a *fileAPI) authorise(c *echo.Context, record *models.Record, options *schema.FileOptions) error {
	if !options.Protected {
		return nil
	}
	info := *RequestInfo(c)
	info.Context = models.RequestInfoContextProtectedFile
	info.Admin, info.AuthRecord = findFileTokenOwner(a.app, c)
	allowed, err := requestDao(a.app, c).CanAccessRecord(record, &info, record.Collection().ViewRule)
	if err != nil || !allowed {
		return web.NewForbiddenError(textFileForbidden, err)
	}
	return nil
}

// serveStored answers with a stored file, unless a hook already answered.
func serveStored(c *echo.Context, files *filesystem.System, key, name string) error {
	if isCommitted(c) {
		return nil
	}
	header := c.Response().Header()
	frame := header[http.CanonicalHeaderKey(echo.HeaderXFrameOptions)]
	// Other sites may embed files; their content cannot run scripts.
	header.Del(echo.HeaderXFrameOptions)
	err := files.Serve(c.Response(), c.Request(), key, name)
	if err == nil {
		return nil
	}
	header[http.CanonicalHeaderKey(echo.HeaderXFrameOptions)] = frame
	return web.NewNotFoundError("", err)
}
