package openapi

import (
	"maps"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// anything is an object that is not described further.
var anything = object{"type": "object"}

var (
	bytesSchema = object{"type": "string", "contentMediaType": mediaBytes}
	dateSchema  = object{"type": "string", "description": "A UTC time, or empty.", "examples": []any{"2024-01-31 12:34:56.789Z"}}
)

func typed(name string) object { return object{"type": name} }

// props is an object with the given members; their type is string unless it
// follows a colon.
func props(names ...string) object {
	members := object{}
	for _, name := range names {
		name, kind, found := strings.Cut(name, ":")
		if !found {
			kind = "string"
		}
		members[name] = typed(kind)
	}
	return object{"type": "object", "properties": members}
}

// page is the answer of a list.
func page(item object) object {
	list := props("page:integer", "perPage:integer", "totalItems:integer", "totalPages:integer")
	members, _ := list["properties"].(object)
	members["items"] = listOf(item)
	list["required"] = []any{"page", "perPage", "totalItems", "totalPages", "items"}
	return list
}

// with adds members to the description of an object.
func with(base, members object) object {
	all, _ := base["properties"].(object)
	maps.Copy(all, members)
	return base
}

func sharedSchemas() object {
	dated := func(names ...string) object {
		return with(props(names...), object{"created": dateSchema, "updated": dateSchema})
	}
	rule := object{"type": []any{"string", "null"}}
	return object{
		"Error":      with(props("code:integer", "message"), object{"data": anything}),
		"Health":     with(props("code:integer", "message"), object{"data": props("canBackup:boolean")}),
		"Admin":      dated("id", "email", "avatar:integer"),
		"AdminInput": props("id", "email", "avatar:integer", "password", "passwordConfirm"),
		"AdminAuth":  with(props("token"), object{"admin": ref("Admin")}),
		"Collection": with(dated("id", "name", "type", "system:boolean", "options:object"), object{
			"type":     object{"type": "string", "enum": []any{models.CollectionTypeBase, models.CollectionTypeAuth, models.CollectionTypeView}},
			"schema":   listOf(props("id", "name", "type", "system:boolean", "required:boolean", "presentable:boolean", "unique:boolean", "options:object")),
			"indexes":  listOf(typed("string")),
			"listRule": rule, "viewRule": rule, "createRule": rule, "updateRule": rule, "deleteRule": rule,
		}),
		"ExternalAuth": dated("id", "collectionId", "recordId", "provider", "providerId"),
		"Log":          dated("id", "message", "level:integer", "data:object"),
		"Backup":       with(props("key", "size:integer"), object{"modified": dateSchema}),
	}
}

func sharedResponses() object {
	return object{"Error": object{"description": "What went wrong.", "content": jsonBody(ref("Error"))}}
}

// addSchemas adds the schemas of the records of a collection: what is returned,
// what may be sent, and the answers that hold records.
func (d *document) addSchemas(c *models.Collection) {
	d.schemas[c.Name] = d.record(c)
	d.schemas[c.Name+"List"] = page(ref(c.Name))
	if c.IsView() {
		return
	}
	d.schemas[c.Name+"Create"] = d.input(c, true)
	d.schemas[c.Name+"Update"] = d.input(c, false)
	if c.IsAuth() {
		d.schemas[c.Name+"Auth"] = with(props("token"), object{"record": ref(c.Name), "meta": anything})
	}
}

// record describes a record as it is returned.
func (d *document) record(c *models.Collection) object {
	members := object{
		"id": typed("string"), "collectionId": object{"type": "string", "const": c.Id},
		"collectionName": object{"type": "string", "const": c.Name},
		"expand":         object{"type": "object", "description": "The resolved relations that were asked for."},
	}
	required := []any{"id", "collectionId", "collectionName"}
	add := func(name string, schema object) {
		members[name] = schema
		required = append(required, name)
	}
	for _, column := range c.Columns() {
		if column == schema.FieldNameCreated || column == schema.FieldNameUpdated {
			add(column, dateSchema)
		}
	}
	if c.IsAuth() {
		add(schema.FieldNameUsername, typed("string"))
		add(schema.FieldNameEmailVisibility, typed("boolean"))
		add(schema.FieldNameVerified, typed("boolean"))
		// Left out for those who may not see it.
		members[schema.FieldNameEmail] = object{"type": "string", "format": "email"}
	}
	for _, field := range c.Schema.Fields() {
		add(field.Name, d.value(field))
	}
	return object{"type": "object", "properties": members, "required": required}
}

// input describes what may be sent to create or change a record.
func (d *document) input(c *models.Collection, create bool) object {
	members, required := object{}, []any{}
	if create {
		members["id"] = object{"type": "string", "minLength": 15, "maxLength": 15}
	}
	if c.IsAuth() {
		with(object{"properties": members}, object{
			"username": typed("string"), "email": object{"type": "string", "format": "email"},
			"emailVisibility": typed("boolean"), "verified": typed("boolean"),
			"password": typed("string"), "passwordConfirm": typed("string"),
		})
		if create {
			required = append(required, "password", "passwordConfirm")
		} else {
			members["oldPassword"] = typed("string")
		}
	}
	for _, field := range c.Schema.Fields() {
		members[field.Name] = d.bounded(field)
		if create && field.Required {
			required = append(required, field.Name)
		}
	}
	out := object{"type": "object", "properties": members}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// value describes a field as it is returned.
func (d *document) value(field *schema.SchemaField) object {
	switch options := field.Options.(type) {
	case *schema.NumberOptions:
		if options.NoDecimal {
			return typed("integer")
		}
		return typed("number")
	case *schema.BoolOptions:
		return typed("boolean")
	case *schema.EmailOptions:
		return object{"type": "string", "description": "An e-mail address, or empty."}
	case *schema.UrlOptions:
		return object{"type": "string", "description": "A URL, or empty."}
	case *schema.EditorOptions:
		return object{"type": "string", "contentMediaType": "text/html"}
	case *schema.DateOptions:
		return dateSchema
	case *schema.JsonOptions:
		return object{"description": "Any JSON value."}
	case *schema.SelectOptions:
		return multiple(options, object{"type": "string", "enum": selectValues(options, !options.IsMultiple())})
	case *schema.RelationOptions:
		return multiple(options, object{"type": "string", "description": "The id of a record of " + d.byID[options.CollectionId] + "."})
	case *schema.FileOptions:
		return multiple(options, object{"type": "string", "description": "The name of a stored file."})
	}
	return typed("string")
}

// selectValues lists what a select field may hold; a single one may be empty.
func selectValues(options *schema.SelectOptions, orEmpty bool) []any {
	values := make([]any, 0, len(options.Values)+1)
	if orEmpty {
		values = append(values, "")
	}
	for _, value := range options.Values {
		values = append(values, value)
	}
	return values
}

func multiple(options schema.MultiValuer, item object) object {
	if options.IsMultiple() {
		return listOf(item)
	}
	return item
}

// bounded describes a field as it may be sent, with its limits.
func (d *document) bounded(field *schema.SchemaField) object {
	out := maps.Clone(d.value(field))
	switch options := field.Options.(type) {
	case *schema.TextOptions:
		setLimit(out, "minLength", options.Min)
		setLimit(out, "maxLength", options.Max)
		if options.Pattern != "" {
			out["pattern"] = options.Pattern
		}
	case *schema.NumberOptions:
		setLimit(out, "minimum", options.Min)
		setLimit(out, "maximum", options.Max)
	case *schema.SelectOptions:
		if options.IsMultiple() {
			out["maxItems"] = options.MaxSelect
		}
	case *schema.RelationOptions:
		if options.IsMultiple() {
			setLimit(out, "minItems", options.MinSelect)
			setLimit(out, "maxItems", options.MaxSelect)
		}
	case *schema.FileOptions:
		return fileInput(options)
	}
	return out
}

// setLimit sets a limit that is given. Zero is none for lengths, and the value
// itself is checked by the server.
func setLimit[T int | float64](out object, name string, limit *T) {
	if limit != nil {
		out[name] = *limit
	}
}

// fileInput describes uploads. In JSON the names of stored files may be sent to
// keep them.
func fileInput(options *schema.FileOptions) object {
	if !options.IsMultiple() {
		return bytesSchema
	}
	return object{"type": "array", "items": bytesSchema, "maxItems": options.MaxSelect}
}
