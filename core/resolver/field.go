package resolver

import (
	"fmt"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// The modifiers of the last segment of a path.
const (
	modifierEach   = "each"
	modifierLength = "length"
	modifierIsSet  = "isset"
)

// unknownFieldError is the error for a field that does not exist.
type unknownFieldError string

func (e unknownFieldError) Error() string { return fmt.Sprintf("unknown field %q", string(e)) }

func unresolved(field string) error { return fmt.Errorf("failed to resolve field %q", field) }

func unknown(field string) error { return unknownFieldError(field) }

// cutModifier splits the modifier off a path.
func cutModifier(path string) (rest, modifier string, err error) {
	rest, modifier, ok := strings.Cut(path, ":")
	switch {
	case !ok:
		return path, "", nil
	case strings.ContainsAny(modifier, ".:"):
		return "", "", unknown(path)
	case modifier != modifierEach && modifier != modifierLength && modifier != modifierIsSet:
		return "", "", fmt.Errorf("unknown modifier in %q", path)
	}
	return rest, modifier, nil
}

// field resolves a field of the row where the path is.
func (w *walk) field(name, modifier string) (*search.ResolverResult, error) {
	field := w.collection.Schema.GetFieldByName(name)
	if field == nil {
		return w.systemField(name)
	}
	switch field.Type {
	case schema.FieldTypeJson:
		return w.json(field, nil)
	case schema.FieldTypeSelect, schema.FieldTypeFile, schema.FieldTypeRelation:
		return w.list(field, modifier)
	}
	return w.column(name), nil
}

func (w *walk) column(name string) *search.ResolverResult {
	column := "." + w.r.dialect.Quote(name)
	return w.result(func(alias string) string { return alias + column }, false, "")
}

// systemField resolves the fields that every collection of a type has. The
// ones that hold secrets are not among them.
func (w *walk) systemField(name string) (*search.ResolverResult, error) {
	switch name {
	case schema.FieldNameId, schema.FieldNameCreated, schema.FieldNameUpdated:
		return w.column(name), nil
	}
	if !w.collection.IsAuth() {
		return nil, unknown(name)
	}
	switch name {
	case schema.FieldNameUsername, schema.FieldNameVerified, schema.FieldNameEmailVisibility:
		return w.column(name), nil
	case schema.FieldNameEmail:
		return w.email(), nil
	}
	return nil, unknown(name)
}

// email resolves an email address, which records may hide.
func (w *walk) email() *search.ResolverResult {
	if w.hidden {
		return w.column(schema.FieldNameEmail)
	}
	column := "." + w.r.dialect.Quote(schema.FieldNameEmail)
	result := w.result(func(alias string) string { return alias + column }, false, schema.FieldNameEmailVisibility)
	result.ForSort = func() *search.ResolverResult { return w.emailOrder(result) }
	return result
}

// emailOrder returns what to order by in place of an address: the address if it
// is shown, if it is that of the requester, or if the requester manages the
// record, else the empty text.
func (w *walk) emailOrder(email *search.ResolverResult) *search.ResolverResult {
	known := search.Fragment{SQL: email.Guard}
	order := &search.ResolverResult{SameAs: authCollectionID}
	if info := w.r.info; info != nil {
		if auth := info.AuthRecord; auth != nil && auth.Collection().Id == w.collection.Id {
			known.SQL += " OR " + w.alias + ".id = ?"
			known.Args = append(known.Args, search.RequestArg(authID, auth.Id))
		}
		if manages, ok := w.manages(); ok {
			known.SQL += " OR " + manages.SQL
			known.Args = append(known.Args, manages.Args...)
			order.Volatile = true
		}
	}
	order.SQL = "(CASE WHEN " + known.SQL + " THEN " + email.SQL + " ELSE '' END)"
	order.Args = known.Args
	return order
}

// manages returns the condition for the requester to manage a record of the
// query, if there is a rule for it.
func (w *walk) manages() (search.Fragment, bool) {
	rule := w.collection.AuthOptions().ManageRule
	if rule == nil || *rule == "" || len(w.steps) > 0 {
		return search.Fragment{}, false
	}
	w.r.allowHidden = true
	manages, err := search.FilterData(*rule).Build(w.r)
	w.r.allowHidden = false
	return manages, err == nil
}

// json resolves a JSON field, or a path in it.
func (w *walk) json(field *schema.SchemaField, path []string) (*search.ResolverResult, error) {
	jsonPath, err := search.JSONPath(path)
	if err != nil {
		return nil, err
	}
	column := "." + w.r.dialect.Quote(field.Name)
	value := func(alias string) string { return w.r.dialect.JSONExtract(alias+column, jsonPath) }
	return w.result(value, true, ""), nil
}

// list resolves a field that may have several values.
func (w *walk) list(field *schema.SchemaField, modifier string) (*search.ResolverResult, error) {
	multiple := schema.IsMultiple(field)
	switch {
	case modifier == modifierLength:
		return w.length(field, multiple), nil
	case modifier == modifierEach && multiple:
		w.multi = true
		w.each(field)
		return w.result(func(alias string) string { return alias + ".value" }, false, ""), nil
	}
	return w.column(field.Name), nil
}

func (w *walk) length(field *schema.SchemaField, multiple bool) *search.ResolverResult {
	column := "." + w.r.dialect.Quote(field.Name)
	return w.result(func(alias string) string {
		if multiple {
			return w.r.dialect.JSONLength(alias + column)
		}
		return "(CASE WHEN COALESCE(" + alias + column + ", '') = '' THEN 0 ELSE 1 END)"
	}, false, "")
}
