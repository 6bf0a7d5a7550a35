package core

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// RecordsListEvent is the payload of OnRecordsListRequest.
type RecordsListEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Records     []*models.Record
	Result      *search.Result
}

// RecordViewEvent is the payload of OnRecordViewRequest.
type RecordViewEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordCreateEvent is the payload of the record create request events.
type RecordCreateEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
	// UploadedFiles holds the new files by field name.
	UploadedFiles map[string][]*filesystem.File
}

// RecordUpdateEvent is the payload of the record update request events.
type RecordUpdateEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
	// UploadedFiles holds the new files by field name.
	UploadedFiles map[string][]*filesystem.File
}

// RecordDeleteEvent is the payload of the record delete request events.
type RecordDeleteEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// FileDownloadEvent is the payload of OnFileDownloadRequest.
type FileDownloadEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
	FileField   *schema.SchemaField
	// ServedPath is the storage key of what is served, ServedName its public name.
	ServedPath string
	ServedName string
}

// FileTokenEvent is the payload of the file token events.
type FileTokenEvent struct {
	BaseModelEvent

	HttpContext *echo.Context
	// Token is empty for guests.
	Token string
}
