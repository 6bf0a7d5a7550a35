package forms

import (
	"encoding/json"
	"slices"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// CollectionUpsert creates or changes a collection.
type CollectionUpsert struct {
	dao        *daos.Dao
	collection *models.Collection

	Id         string                  `form:"id" json:"id"`
	Type       string                  `form:"type" json:"type"`
	Name       string                  `form:"name" json:"name"`
	System     bool                    `form:"system" json:"system"`
	Schema     schema.Schema           `form:"schema" json:"schema"`
	Indexes    types.JsonArray[string] `form:"indexes" json:"indexes"`
	ListRule   *string                 `form:"listRule" json:"listRule"`
	ViewRule   *string                 `form:"viewRule" json:"viewRule"`
	CreateRule *string                 `form:"createRule" json:"createRule"`
	UpdateRule *string                 `form:"updateRule" json:"updateRule"`
	DeleteRule *string                 `form:"deleteRule" json:"deleteRule"`
	Options    types.JsonMap           `form:"options" json:"options"`
}

// NewCollectionUpsert returns a form that starts with the values of the
// collection, which may be a new one. The collection is not changed before the
// form is filled into it.
func NewCollectionUpsert(app *core.App, collection *models.Collection) *CollectionUpsert {
	c := collection.Clone()
	f := &CollectionUpsert{
		dao:        app.Dao(),
		collection: collection,
		Id:         c.Id,
		Type:       c.Type,
		Name:       c.Name,
		System:     c.System,
		Schema:     c.Schema,
		Indexes:    c.Indexes,
		ListRule:   c.ListRule,
		ViewRule:   c.ViewRule,
		CreateRule: c.CreateRule,
		UpdateRule: c.UpdateRule,
		DeleteRule: c.DeleteRule,
		Options:    c.Options,
	}
	if f.Type == "" {
		f.Type = models.CollectionTypeBase
	}
	return f
}

// SetDao replaces the dao of the form.
func (f *CollectionUpsert) SetDao(dao *daos.Dao) { f.dao = dao }

// UnmarshalJSON decodes what the JSON names and keeps the rest. Schema, indexes
// and options are replaced as a whole. Fields of an unknown type are an error.
func (f *CollectionUpsert) UnmarshalJSON(data []byte) error {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(data, &sent); err != nil {
		return err
	}
	type plain CollectionUpsert // without this method
	next := plain(*f)
	if _, ok := sent["schema"]; ok {
		next.Schema = schema.Schema{}
	}
	if _, ok := sent["indexes"]; ok {
		next.Indexes = nil
	}
	if _, ok := sent["options"]; ok {
		next.Options = nil
	}
	if err := json.Unmarshal(data, &next); err != nil {
		return err
	}
	if err := next.Schema.InitFieldsOptions(); err != nil { // an unknown field type
		return err
	}
	*f = CollectionUpsert(next)
	return nil
}

// ValidateAndFill validates the form and copies it to the collection.
func (f *CollectionUpsert) ValidateAndFill() error {
	if err := f.Validate(); err != nil {
		return err
	}
	return f.fill(f.collection)
}

func (f *CollectionUpsert) fill(c *models.Collection) error {
	if c.IsNew() {
		c.Type = f.Type
		if f.Id != "" {
			c.SetId(f.Id)
		}
	}
	if c.IsNew() || !c.System {
		c.Name = f.Name
	}
	c.System = f.System
	if !c.IsView() {
		c.Schema = f.Schema
	}
	c.Indexes = slices.Clone(f.Indexes)
	for i, text := range c.Indexes {
		if index, err := sqltext.ParseIndex(text); err == nil {
			c.Indexes[i] = index.String()
		}
	}
	c.ListRule, c.ViewRule = f.ListRule, f.ViewRule
	c.CreateRule, c.UpdateRule, c.DeleteRule = f.CreateRule, f.UpdateRule, f.DeleteRule
	return c.SetOptions(f.Options)
}

// Save stores a collection and brings its table in line.
func (f *CollectionUpsert) Save(collection *models.Collection) error {
	return f.dao.SaveCollection(collection)
}

// Submit validates the form and stores the collection.
func (f *CollectionUpsert) Submit(interceptors ...InterceptorFunc[*models.Collection]) error {
	if err := f.ValidateAndFill(); err != nil {
		return err
	}
	return intercept(f.collection, f.Save, interceptors)
}
