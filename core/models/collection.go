package models

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// Types of collections.
const (
	CollectionTypeBase = "base"
	CollectionTypeAuth = "auth"
	CollectionTypeView = "view"
)

// Collection describes a table of records: its fields, rules and options.
//
// A collection that came from a cache is shared: change only a Clone. Reading
// one from several goroutines is safe.
type Collection struct {
	BaseModel

	Name    string                  `db:"name" json:"name"`
	Type    string                  `db:"type" json:"type"`
	System  bool                    `db:"system" json:"system"`
	Schema  schema.Schema           `db:"schema" json:"schema"`
	Indexes types.JsonArray[string] `db:"indexes" json:"indexes"`

	// A nil rule means admins only, an empty one everybody.
	ListRule   *string `db:"listRule" json:"listRule"`
	ViewRule   *string `db:"viewRule" json:"viewRule"`
	CreateRule *string `db:"createRule" json:"createRule"`
	UpdateRule *string `db:"updateRule" json:"updateRule"`
	DeleteRule *string `db:"deleteRule" json:"deleteRule"`

	Options types.JsonMap `db:"options" json:"options"`

	viewDates viewDates
	shared    bool
	codec     atomic.Pointer[codec]
}

// MarkShared tells that a cache holds the collection, so that code which hands
// it to users gives them a clone. It must be called before others see it.
func MarkShared(c *Collection) { c.shared = true }

// IsShared reports whether a cache holds the collection. Clones are not shared.
func IsShared(c *Collection) bool { return c.shared }

// viewDates tells which of the date columns a view yields.
type viewDates struct{ created, updated bool }

// SetViewDates records which of the columns created and updated the query of a
// view yields; only the database knows. It must be called before the collection
// is shared.
func SetViewDates(c *Collection, created, updated bool) {
	c.viewDates = viewDates{created: created, updated: updated}
}

// TableName returns "_collections".
func (m *Collection) TableName() string { return "_collections" }

// BaseFilesPath returns the storage folder of the collection's files.
func (m *Collection) BaseFilesPath() string { return m.Id }

// IsBase tells whether the collection holds plain records.
func (m *Collection) IsBase() bool { return m.Type == CollectionTypeBase }

// IsAuth tells whether the collection holds accounts.
func (m *Collection) IsAuth() bool { return m.Type == CollectionTypeAuth }

// IsView tells whether the collection is a read-only query.
func (m *Collection) IsView() bool { return m.Type == CollectionTypeView }

// PostScan marks the collection as stored and completes its options.
func (m *Collection) PostScan() error {
	m.MarkAsNotNew()
	return m.NormalizeOptions()
}

// Columns returns the columns of the collection's table in the order used by
// NewRecordFromValues and Record.BindValues: id, created and updated (of a view
// only those it yields), auth columns, fields. It must not be changed.
func (m *Collection) Columns() []string { return m.compiled().columns }

// Clone returns a deep copy.
func (m *Collection) Clone() *Collection {
	c := &Collection{
		BaseModel: m.BaseModel,
		Name:      m.Name,
		Type:      m.Type,
		System:    m.System,
		Indexes:   slices.Clone(m.Indexes),

		ListRule:   cloneText(m.ListRule),
		ViewRule:   cloneText(m.ViewRule),
		CreateRule: cloneText(m.CreateRule),
		UpdateRule: cloneText(m.UpdateRule),
		DeleteRule: cloneText(m.DeleteRule),

		Options:   cloneJSON(m.Options),
		viewDates: m.viewDates,
	}
	if s, err := m.Schema.Clone(); err == nil {
		c.Schema = *s
	} else {
		// options that do not fit their type have no typed copy; the plain
		// JSON round trip keeps them as they are
		if raw, err := m.Schema.MarshalJSON(); err != nil || c.Schema.UnmarshalJSON(raw) != nil {
			c.Schema = m.Schema
		}
	}
	c.codec.Store(m.codec.Load())
	return c
}

// MarshalJSON writes the collection with all options of its type.
func (m *Collection) MarshalJSON() ([]byte, error) {
	type plain struct { // the JSON form, without the private parts of a Collection
		BaseModel
		Name       string                  `json:"name"`
		Type       string                  `json:"type"`
		System     bool                    `json:"system"`
		Schema     *schema.Schema          `json:"schema"`
		Indexes    types.JsonArray[string] `json:"indexes"`
		ListRule   *string                 `json:"listRule"`
		ViewRule   *string                 `json:"viewRule"`
		CreateRule *string                 `json:"createRule"`
		UpdateRule *string                 `json:"updateRule"`
		DeleteRule *string                 `json:"deleteRule"`
		Options    types.JsonMap           `json:"options"`
	}
	options, err := m.normalOptions()
	if err != nil {
		return nil, err
	}
	return json.Marshal(plain{
		BaseModel: m.BaseModel, Name: m.Name, Type: m.Type, System: m.System,
		Schema: &m.Schema, Indexes: m.Indexes, ListRule: m.ListRule, ViewRule: m.ViewRule,
		CreateRule: m.CreateRule, UpdateRule: m.UpdateRule, DeleteRule: m.DeleteRule, Options: options,
	})
}

// BaseOptions returns the options of a base collection.
func (m *Collection) BaseOptions() CollectionBaseOptions {
	var o CollectionBaseOptions
	m.readOptions(&o)
	return o
}

// AuthOptions returns the options of an auth collection, zero ones for others.
func (m *Collection) AuthOptions() CollectionAuthOptions {
	var o CollectionAuthOptions
	m.readOptions(&o)
	return o
}

// ViewOptions returns the options of a view collection, zero ones for others.
func (m *Collection) ViewOptions() CollectionViewOptions {
	var o CollectionViewOptions
	m.readOptions(&o)
	return o
}

func (m *Collection) readOptions(result any) {
	_ = m.DecodeOptions(result) // options of another shape read as unset; saving checks them
}

// DecodeOptions fills result with the options. It fails when their shape differs.
func (m *Collection) DecodeOptions(result any) error {
	raw, err := m.Options.MarshalJSON()
	if err != nil {
		return fmt.Errorf("encode collection options: %w", err)
	}
	if err := json.Unmarshal(raw, result); err != nil {
		return fmt.Errorf("decode collection options: %w", err)
	}
	return nil
}

// SetOptions replaces the options by those of a typed value or map, completed
// with the defaults of the collection's type.
func (m *Collection) SetOptions(typedOptions any) error {
	raw, err := json.Marshal(typedOptions)
	if err != nil {
		return fmt.Errorf("encode collection options: %w", err)
	}
	options := types.JsonMap{}
	if err := json.Unmarshal(raw, &options); err != nil {
		return fmt.Errorf("decode collection options: %w", err)
	}
	m.Options = options
	return m.NormalizeOptions()
}

// NormalizeOptions brings the options to exactly those of the collection's
// type: missing ones get their defaults, unknown ones are dropped.
func (m *Collection) NormalizeOptions() error {
	options, err := m.normalOptions()
	if err != nil {
		return err
	}
	m.Options = options
	return nil
}

func (m *Collection) normalOptions() (types.JsonMap, error) {
	var typed any
	switch m.Type {
	case CollectionTypeAuth:
		typed = &CollectionAuthOptions{}
	case CollectionTypeView:
		typed = &CollectionViewOptions{}
	default:
		typed = &CollectionBaseOptions{}
	}
	if err := m.DecodeOptions(typed); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(typed)
	if err != nil {
		return nil, fmt.Errorf("encode collection options: %w", err)
	}
	options := types.JsonMap{}
	return options, json.Unmarshal(raw, &options)
}

func cloneText(s *string) *string {
	if s == nil {
		return nil
	}
	return new(*s)
}

// cloneJSON copies decoded JSON, whose only mutable parts are maps and lists.
func cloneJSON(m types.JsonMap) types.JsonMap {
	if m == nil {
		return nil
	}
	c := make(types.JsonMap, len(m))
	for k, v := range m {
		c[k] = cloneJSONValue(v)
	}
	return c
}

func cloneJSONValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return map[string]any(cloneJSON(v))
	case types.JsonMap:
		return cloneJSON(v)
	case []any:
		c := make([]any, len(v))
		for i := range v {
			c[i] = cloneJSONValue(v[i])
		}
		return c
	case []string:
		return slices.Clone(v)
	}
	return value
}
