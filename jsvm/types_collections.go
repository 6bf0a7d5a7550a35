package jsvm

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// collectionTypes declares the fields of the records of each collection.
func collectionTypes(collections []*models.Collection) string {
	var b strings.Builder
	b.WriteString("\ninterface CollectionFields {\n")
	for _, c := range collections {
		fmt.Fprintf(&b, "  %s: {\n", propertyName(c.Name))
		for _, name := range c.Columns() {
			if kind, ok := columnKind(c, name); ok {
				fmt.Fprintf(&b, "    %s: %s;\n", propertyName(name), kind)
			}
		}
		b.WriteString("  };\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// columnKind returns the type of what record.get returns. Columns that are no
// fields for the outside are left out.
func columnKind(c *models.Collection, name string) (string, bool) {
	if f := c.Schema.GetFieldByName(name); f != nil {
		return fieldKind(f), true
	}
	switch name {
	case schema.FieldNameId, schema.FieldNameUsername, schema.FieldNameEmail:
		return "string", true
	case schema.FieldNameCreated, schema.FieldNameUpdated:
		return "types.DateTime", true
	case schema.FieldNameEmailVisibility, schema.FieldNameVerified:
		return "boolean", true
	}
	return "", false
}

// fieldKind returns the type of the value of a field.
func fieldKind(f *schema.SchemaField) string {
	switch f.Type {
	case schema.FieldTypeNumber:
		return "number"
	case schema.FieldTypeBool:
		return "boolean"
	case schema.FieldTypeDate:
		return "types.DateTime"
	case schema.FieldTypeJson:
		return "types.JsonRaw"
	case schema.FieldTypeSelect:
		kind := "string"
		if options, ok := f.Options.(*schema.SelectOptions); ok && len(options.Values) > 0 {
			kind = union(options.Values)
		}
		return listKind(f, kind)
	case schema.FieldTypeFile, schema.FieldTypeRelation:
		return listKind(f, "string")
	}
	return "string"
}

// union is the type of one of some texts.
func union(values []string) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = quoted(v)
	}
	return strings.Join(texts, " | ")
}

// quoted returns a text as TypeScript writes it.
func quoted(text string) string {
	raw, _ := json.Marshal(text) // texts can be encoded
	return string(raw)
}

func listKind(f *schema.SchemaField, kind string) string {
	if many, ok := f.Options.(schema.MultiValuer); ok && many.IsMultiple() {
		return "Array<" + kind + ">"
	}
	if kind != "string" {
		kind += ` | ""` // none is chosen
	}
	return kind
}

var plainName = regexp.MustCompile(`^[A-Za-z_$][\w$]*$`)

// propertyName quotes names that are not identifiers.
func propertyName(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	return quoted(name)
}
