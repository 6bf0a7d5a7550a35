package daos

import (
	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// castKinds maps the type of a cast to a kind of field.
var castKinds = map[string]string{
	"real": schema.FieldTypeNumber, "integer": schema.FieldTypeNumber, "int": schema.FieldTypeNumber,
	"decimal": schema.FieldTypeNumber, "numeric": schema.FieldTypeNumber,
	"text": schema.FieldTypeText,
	"bool": schema.FieldTypeBool, "boolean": schema.FieldTypeBool,
}

// authKinds maps the columns of auth collections that may be shown to a kind of field.
var authKinds = map[string]string{
	schema.FieldNameUsername:        schema.FieldTypeText,
	schema.FieldNameEmail:           schema.FieldTypeEmail,
	schema.FieldNameEmailVisibility: schema.FieldTypeBool,
	schema.FieldNameVerified:        schema.FieldTypeBool,
}

// inferField returns the field, still without a name, that a result column amounts to. What
// is not understood is JSON, which can hold any value.
func (d *Dao) inferField(query sqltext.Select, column sqltext.SelectColumn) (*schema.SchemaField, error) {
	if name, _, ok := column.Call(); ok {
		if name == "count" || name == "total" {
			return fieldOfKind(schema.FieldTypeNumber)
		}
		if kind := castKinds[column.CastType()]; kind != "" {
			return fieldOfKind(kind)
		}
	}
	c, name := d.columnSource(query, column)
	if c == nil {
		return fieldOfKind(schema.FieldTypeJson)
	}
	if f := fieldByFoldedName(c, name); f != nil {
		return copyField(f)
	}
	return inferSystemField(c, name)
}

// inferSystemField returns the field for a column that is not in the schema.
func inferSystemField(c *models.Collection, name string) (*schema.SchemaField, error) {
	switch {
	case sameName(name, schema.FieldNameId):
		f, err := fieldOfKind(schema.FieldTypeRelation)
		if err == nil {
			f.Options = &schema.RelationOptions{CollectionId: c.Id, MaxSelect: new(1)}
		}
		return f, err
	case sameName(name, schema.FieldNameCreated), sameName(name, schema.FieldNameUpdated):
		return fieldOfKind(schema.FieldTypeDate)
	case c.IsAuth():
		for column, kind := range authKinds {
			if sameName(column, name) {
				return fieldOfKind(kind)
			}
		}
	}
	return fieldOfKind(schema.FieldTypeJson)
}

// columnSource returns the collection and column that a plain reference names; a bare name
// belongs to the first source. The collection is nil for anything else.
func (d *Dao) columnSource(query sqltext.Select, column sqltext.SelectColumn) (*models.Collection, string) {
	alias, name, ok := column.Reference()
	if !ok {
		return nil, ""
	}
	for _, source := range query.Tables {
		if alias != "" && !sameName(source.Alias, alias) {
			continue
		}
		if c, err := d.collection(source.Name); err == nil && sameName(c.Name, source.Name) {
			return c, name
		}
		return nil, ""
	}
	return nil, ""
}

func fieldByFoldedName(c *models.Collection, name string) *schema.SchemaField {
	for _, f := range c.Schema.Fields() {
		if sameName(f.Name, name) {
			return f
		}
	}
	return nil
}

// copyField returns a copy that is a field of its own.
func copyField(f *schema.SchemaField) (*schema.SchemaField, error) {
	single := schema.NewSchema(f)
	clone, err := single.Clone()
	if err != nil {
		return nil, err
	}
	c := clone.Fields()[0]
	c.Id, c.System = "", false
	return c, nil
}

func fieldOfKind(kind string) (*schema.SchemaField, error) {
	f := &schema.SchemaField{Type: kind}
	if kind == schema.FieldTypeJson {
		f.Options = &schema.JsonOptions{MaxSize: 1}
	}
	return f, f.InitOptions()
}
