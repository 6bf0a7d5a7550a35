package models

import (
	"strings"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// ExternalAuth links an auth record to an account at an OAuth2 provider.
type ExternalAuth struct {
	BaseModel

	CollectionId string `db:"collectionId" json:"collectionId"`
	RecordId     string `db:"recordId" json:"recordId"`
	Provider     string `db:"provider" json:"provider"`
	ProviderId   string `db:"providerId" json:"providerId"`
}

// TableName returns "_externalAuths".
func (m *ExternalAuth) TableName() string { return "_externalAuths" }

// ParamAppSettings is the key of the settings row.
const ParamAppSettings = "settings"

// Param is one named JSON value.
type Param struct {
	BaseModel

	Key   string        `db:"key" json:"key"`
	Value types.JsonRaw `db:"value" json:"value"`
}

// TableName returns "_params".
func (m *Param) TableName() string { return "_params" }

// Log is one log entry.
type Log struct {
	BaseModel

	Data    types.JsonMap `db:"data" json:"data"`
	Message string        `db:"message" json:"message"`
	Level   int           `db:"level" json:"level"`
}

// TableName returns "_logs".
func (m *Log) TableName() string { return "_logs" }

// TableInfoRow describes one column of a table.
type TableInfoRow struct {
	// PK is 1 based within the primary key, 0 for other columns.
	PK           int           `db:"pk"`
	Index        int           `db:"cid"`
	Name         string        `db:"name"`
	Type         string        `db:"type"`
	NotNull      bool          `db:"notnull"`
	DefaultValue types.JsonRaw `db:"dflt_value"`
}

// Where a request, and with it the evaluation of its rules, comes from.
const (
	RequestInfoContextDefault       = "default"
	RequestInfoContextRealtime      = "realtime"
	RequestInfoContextProtectedFile = "protectedFile"
	RequestInfoContextOAuth2        = "oauth2"
)

// RequestInfo is what rules may know about a request.
type RequestInfo struct {
	Context    string         `json:"context"`
	Query      map[string]any `json:"query"`
	Data       map[string]any `json:"data"`
	Headers    map[string]any `json:"headers"`
	AuthRecord *Record        `json:"authRecord"`
	Admin      *Admin         `json:"admin"`
	Method     string         `json:"method"`
}

// HasModifierDataKeys tells whether a submitted key carries a field modifier.
func (r *RequestInfo) HasModifierDataKeys() bool {
	for key := range r.Data {
		for _, m := range schema.FieldValueModifiers() {
			if strings.HasSuffix(key, m) {
				return true
			}
		}
	}
	return false
}
