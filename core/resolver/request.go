package resolver

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// The fields of the requester that the SQL of others depends on.
const (
	authID           = "@request.auth.id"
	authCollectionID = "@request.auth.collectionId"
)

// request resolves @request.<branch>.<path>.
func (r *Resolver) request(field string) (*search.ResolverResult, error) {
	branch, path, nested := strings.Cut(strings.TrimPrefix(field, "@request."), ".")
	switch {
	case !nested && branch == "context":
		return r.requestText(func(info *models.RequestInfo) string {
			if info.Context == "" {
				return models.RequestInfoContextDefault
			}
			return info.Context
		}), nil
	case !nested && branch == "method":
		return r.requestText(func(info *models.RequestInfo) string { return info.Method }), nil
	case !isPath(path):
		return nil, unresolved(field)
	}
	switch branch {
	case "headers":
		if !isWord(path) {
			return nil, unresolved(field)
		}
		return r.requestValue(path, func(info *models.RequestInfo) map[string]any { return info.Headers })
	case "query":
		return r.requestValue(path, func(info *models.RequestInfo) map[string]any { return info.Query })
	case "data":
		return r.requestData(path)
	case "auth":
		return r.requestAuth(path)
	}
	return nil, unresolved(field)
}

func (r *Resolver) requestText(value func(info *models.RequestInfo) string) *search.ResolverResult {
	if r.info == nil {
		return search.Null()
	}
	return search.Param(value(r.info))
}

// requestValue resolves a path in one of the maps of the request.
func (r *Resolver) requestValue(path string, in func(info *models.RequestInfo) map[string]any) (*search.ResolverResult, error) {
	path, modifier, err := cutModifier(path)
	if err != nil {
		return nil, err
	}
	if r.info == nil {
		return search.Null(), nil
	}
	value, ok := nestedValue(in(r.info), path)
	if modifier == modifierIsSet {
		return search.Bool(ok), nil
	}
	return search.Param(r.asNumber(path, value)), nil
}

// nestedValue returns the value at a dotted path in maps.
func nestedValue(in map[string]any, path string) (any, bool) {
	name, rest, nested := strings.Cut(path, ".")
	value, ok := in[name]
	if !ok || !nested {
		return value, ok
	}
	if inner, isMap := value.(map[string]any); isMap {
		return nestedValue(inner, rest)
	}
	return nil, false
}

// asNumber parses a text that is meant for a number field: one with the name
// that the path ends in.
func (r *Resolver) asNumber(path string, value any) any {
	text, ok := value.(string)
	if !ok {
		return value
	}
	field := r.base.Schema.GetFieldByName(path[strings.LastIndexByte(path, '.')+1:])
	if field == nil || field.Type != schema.FieldTypeNumber {
		return value
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return number
	}
	return value
}

// requestData resolves a path in the submitted values. One across a relation
// field leads to the records whose ids were submitted.
func (r *Resolver) requestData(path string) (*search.ResolverResult, error) {
	name, rest, nested := strings.Cut(path, ".")
	if !nested {
		name, _, _ = strings.Cut(name, ":")
	}
	field := r.base.Schema.GetFieldByName(name)
	if field != nil && nested && field.Type == schema.FieldTypeRelation {
		return r.submittedRelation(field, rest)
	}
	if field != nil && !nested && mayBeList(field) {
		switch {
		case strings.HasSuffix(path, ":"+modifierLength):
			return r.submittedLength(field), nil
		case strings.HasSuffix(path, ":"+modifierEach) && schema.IsMultiple(field):
			return r.submittedEach(field), nil
		}
	}
	return r.requestValue(path, func(info *models.RequestInfo) map[string]any { return info.Data })
}

func mayBeList(field *schema.SchemaField) bool {
	switch field.Type {
	case schema.FieldTypeSelect, schema.FieldTypeFile, schema.FieldTypeRelation:
		return true
	}
	return false
}

// submitted returns the non-empty texts that were submitted for a field.
func (r *Resolver) submitted(field *schema.SchemaField) []string {
	if r.info == nil {
		return nil
	}
	values, _ := field.PrepareValue(r.info.Data[field.Name]).([]string)
	if values != nil {
		return values
	}
	if value, _ := field.PrepareValue(r.info.Data[field.Name]).(string); value != "" {
		return []string{value}
	}
	return nil
}

func (r *Resolver) submittedLength(field *schema.SchemaField) *search.ResolverResult {
	if r.info == nil {
		return search.Null()
	}
	return search.Param(len(r.submitted(field)))
}

func (r *Resolver) submittedEach(field *schema.SchemaField) *search.ResolverResult {
	if r.info == nil {
		return search.Null()
	}
	w := r.walk(r.base, "", false)
	w.multi = true
	items := r.itemsOf(r.submitted(field))
	w.join("@request.data."+field.Name+":each", true, func(_, as string) (table, on search.Fragment) {
		return search.Fragment{SQL: items.SQL + " " + as, Args: items.Args}, always
	})
	result := w.result(func(alias string) string { return alias + ".value" }, false, "")
	result.Volatile = true
	return result
}

// itemsOf returns the texts as a FROM item.
func (r *Resolver) itemsOf(texts []string) search.Fragment {
	if texts == nil {
		texts = []string{}
	}
	encoded, err := json.Marshal(texts)
	if err != nil {
		encoded = []byte("[]") // cannot happen for texts
	}
	items := search.Fragment{SQL: r.dialect.JSONEach("?")}
	for range strings.Count(items.SQL, "?") {
		items.Args = append(items.Args, string(encoded))
	}
	return items
}

func (r *Resolver) submittedRelation(field *schema.SchemaField, path string) (*search.ResolverResult, error) {
	ids := r.submitted(field)
	if len(ids) == 0 {
		return search.Null(), nil
	}
	target, err := r.related(field)
	if err != nil {
		return nil, err
	}
	w := r.walk(target, "", false)
	w.hidden, w.multi = true, schema.IsMultiple(field)
	w.join("@request.data."+field.Name, w.multi, func(_, as string) (table, on search.Fragment) {
		table = r.table(target, as)
		if len(ids) == 1 {
			return table, search.Fragment{SQL: as + ".id = ?", Args: []any{ids[0]}}
		}
		items := r.itemsOf(ids)
		return table, search.Fragment{SQL: as + ".id IN (SELECT value FROM " + items.SQL + ")", Args: items.Args}
	})
	result, err := w.follow(path)
	if err == nil {
		result.Volatile = true
	}
	return result, err
}

// requestAuth resolves a path in the record of the requester. Its own plain
// fields are known, the others are joined; what it does not have is NULL.
func (r *Resolver) requestAuth(path string) (*search.ResolverResult, error) {
	if r.info == nil || r.info.AuthRecord == nil {
		return search.Null(), nil
	}
	record := r.info.AuthRecord
	name, modifier, err := cutModifier(path)
	switch {
	case err != nil:
		return nil, err
	case modifier == modifierIsSet:
		return search.Null(), nil
	}
	if value, ok := authValue(record, name, modifier); ok {
		return search.Param(value), nil
	}
	collection, known := record.Collection(), len(r.joins)
	w := r.walk(collection, "", false)
	w.hidden, w.lenient = true, true
	w.join("@request.auth", false, func(_, as string) (table, on search.Fragment) {
		return r.table(collection, as), search.Fragment{SQL: as + ".id = ?", Args: []any{search.RequestArg(authID, record.Id)}}
	})
	result, err := w.follow(path)
	switch {
	case err == nil && result.Joined:
		result.SameAs = authCollectionID
	case err == nil:
		r.forget(known)
	}
	return result, err
}

// authValue returns a field of the requester that needs no query.
func authValue(record *models.Record, name, modifier string) (any, bool) {
	collection := record.Collection()
	switch name {
	case schema.FieldNameCollectionId:
		return collection.Id, true
	case schema.FieldNameCollectionName:
		return collection.Name, true
	case schema.FieldNameId, schema.FieldNameCreated, schema.FieldNameUpdated, schema.FieldNameUsername,
		schema.FieldNameEmail, schema.FieldNameEmailVisibility, schema.FieldNameVerified:
		return record.Get(name), true
	}
	field := collection.Schema.GetFieldByName(name)
	if field == nil || field.Type == schema.FieldTypeJson || (mayBeList(field) && (modifier != "" || schema.IsMultiple(field))) {
		return nil, false
	}
	return record.Get(name), true
}
