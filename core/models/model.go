// Package models holds the data of the server: records, collections, admins and
// the smaller rows, with the pure methods on them. It knows no SQL and no HTTP.
// Models are plain values: reading one from several goroutines is safe, changing
// one is up to a single owner.
package models

import (
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/types"
)

const (
	// DefaultIdLength is the length of generated and of accepted ids.
	DefaultIdLength = 15
	// DefaultIdAlphabet holds the characters of generated ids.
	DefaultIdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
)

// tokenKeyLength is the length of the per-account part of a token's key.
const tokenKeyLength = 50

// Model is one row of a table.
//
//nolint:interfacebloat // the method set is public contract
type Model interface {
	// TableName names the table of the model.
	TableName() string
	// IsNew tells whether the model is not stored yet.
	IsNew() bool
	MarkAsNew()
	MarkAsNotNew()
	// HasId tells whether the model has an id.
	HasId() bool
	GetId() string
	SetId(id string)
	GetCreated() types.DateTime
	GetUpdated() types.DateTime
	// RefreshId sets a new random id.
	RefreshId()
	// RefreshCreated sets the creation date to now.
	RefreshCreated()
	// RefreshUpdated sets the change date to now.
	RefreshUpdated()
	// PostScan is called after the model was loaded from its table.
	PostScan() error
}

// ColumnValueMapper is a model that tells its column values itself.
type ColumnValueMapper interface {
	// ColumnValueMap returns the value of every column by name.
	ColumnValueMap() map[string]any
}

// FilesManager is a model that owns stored files.
type FilesManager interface {
	// BaseFilesPath returns the storage folder of the model's files.
	BaseFilesPath() string
}

var (
	_ Model = (*Admin)(nil)
	_ Model = (*Collection)(nil)
	_ Model = (*Record)(nil)
	_ Model = (*ExternalAuth)(nil)
	_ Model = (*Param)(nil)
	_ Model = (*Log)(nil)

	_ ColumnValueMapper = (*Record)(nil)
	_ FilesManager      = (*Record)(nil)
	_ FilesManager      = (*Collection)(nil)
)

// BaseModel is the part every row has. Its zero value is a new row without id.
type BaseModel struct {
	isNotNew bool

	Id      string         `db:"id" json:"id"`
	Created types.DateTime `db:"created" json:"created"`
	Updated types.DateTime `db:"updated" json:"updated"`
}

// HasId tells whether the id is set.
func (m *BaseModel) HasId() bool { return m.Id != "" }

// GetId returns the id.
func (m *BaseModel) GetId() string { return m.Id }

// SetId sets the id.
func (m *BaseModel) SetId(id string) { m.Id = id }

// MarkAsNew makes the next save an insert.
func (m *BaseModel) MarkAsNew() { m.isNotNew = false }

// MarkAsNotNew makes the next save an update.
func (m *BaseModel) MarkAsNotNew() { m.isNotNew = true }

// IsNew tells whether the row is not stored yet.
func (m *BaseModel) IsNew() bool { return !m.isNotNew }

// GetCreated returns the creation date.
func (m *BaseModel) GetCreated() types.DateTime { return m.Created }

// GetUpdated returns the date of the last change.
func (m *BaseModel) GetUpdated() types.DateTime { return m.Updated }

// RefreshId sets a new random id.
func (m *BaseModel) RefreshId() {
	m.Id = security.RandomStringWithAlphabet(DefaultIdLength, DefaultIdAlphabet)
}

// RefreshCreated sets the creation date to now.
func (m *BaseModel) RefreshCreated() { m.Created = types.NowDateTime() }

// RefreshUpdated sets the change date to now.
func (m *BaseModel) RefreshUpdated() { m.Updated = types.NowDateTime() }

// PostScan marks the row as stored.
func (m *BaseModel) PostScan() error {
	m.MarkAsNotNew()
	return nil
}
