package forms

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/resolver"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

var collectionNamePattern = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9_]*$`)

// Validate checks the whole definition. The error is a validation.Errors.
func (f *CollectionUpsert) Validate() error {
	isView := f.Type == models.CollectionTypeView
	draft, queryErr := f.draft()
	rule := validation.By(func(value any) error { return f.checkRule(draft, value) })
	writeRules := []validation.Rule{rule}
	if isView {
		writeRules = []validation.Rule{validation.Nil}
	}
	schemaRules := []validation.Rule{validation.By(f.checkSchema)}
	if isView {
		schemaRules = []validation.Rule{validation.Skip} // it is worked out from the query
	}
	return validation.ValidateStruct(f,
		validation.Field(&f.Id, idRules(f.dao, f.collection)...),
		validation.Field(&f.System, validation.By(f.checkSystem)),
		validation.Field(&f.Type, validation.Required,
			validation.In(models.CollectionTypeBase, models.CollectionTypeAuth, models.CollectionTypeView),
			validation.By(f.checkType)),
		validation.Field(&f.Name, validation.Required, validation.Length(1, maxTextLength),
			validation.Match(collectionNamePattern), validation.By(f.checkName)),
		validation.Field(&f.Schema, schemaRules...),
		validation.Field(&f.ListRule, rule),
		validation.Field(&f.ViewRule, rule),
		validation.Field(&f.CreateRule, writeRules...),
		validation.Field(&f.UpdateRule, writeRules...),
		validation.Field(&f.DeleteRule, writeRules...),
		validation.Field(&f.Indexes, validation.By(f.checkIndexes)),
		validation.Field(&f.Options, validation.By(func(any) error { return f.checkOptions(draft, queryErr) })),
	)
}

// draft returns the collection as it would be, which rules are checked against.
// The fields of a view come from its query; the error says why there are none.
func (f *CollectionUpsert) draft() (*models.Collection, error) {
	draft := f.collection.Clone()
	draft.Id, draft.Name, draft.Type, draft.Schema = f.Id, f.Name, f.Type, f.Schema
	if draft.Id == "" {
		draft.Id = "draft"
	}
	draft.Options = f.Options
	if f.Type != models.CollectionTypeView {
		return draft, nil
	}
	inferred, err := f.dao.CreateViewSchema(draft.ViewOptions().Query)
	draft.Schema = inferred
	return draft, err
}

func (f *CollectionUpsert) checkSystem(any) error {
	if !f.collection.IsNew() && f.System != f.collection.System {
		return validation.NewError(codeSystemFlag, "System collection state cannot be changed")
	}
	return nil
}

func (f *CollectionUpsert) checkType(any) error {
	if !f.collection.IsNew() && f.Type != f.collection.Type {
		return validation.NewError(codeTypeChange, "Collection type cannot be changed")
	}
	return nil
}

func (f *CollectionUpsert) checkName(any) error {
	if !f.collection.IsNew() && f.collection.System && f.Name != f.collection.Name {
		return validation.NewError(codeSystemRename, "System collections cannot be renamed")
	}
	if !f.dao.IsCollectionNameUnique(f.Name, f.collection.Id) {
		return validation.NewError(codeCollectionExists, "Collection name must be unique (case insensitive)")
	}
	if taken, err := daos.CountIDs(f.dao, f.collection.TableName(), f.Name); err == nil && taken > 0 {
		return validation.NewError(codeNameIsID, "The name must not match an existing collection id")
	}
	if strings.Contains(strings.ToLower(f.Name), "_via_") {
		return validation.NewError(codeInvalidName, "The name of the collection cannot contain '_via_'")
	}
	return nil
}

// checkRule checks that a filter resolves against the draft.
func (f *CollectionUpsert) checkRule(draft *models.Collection, value any) error {
	text, isNil := ruleText(value)
	if isNil || text == "" {
		return nil
	}
	r := resolver.New(f.dao.CollectionFinder(), draft, nil, true)
	if _, err := search.FilterData(text).BuildExpr(r); err != nil {
		return validation.NewError(codeInvalidRule, "Invalid filter rule. Raw error: "+err.Error())
	}
	return nil
}

func ruleText(value any) (text string, isNil bool) {
	switch v := value.(type) {
	case *string:
		if v != nil {
			return *v, false
		}
	case string:
		return v, false
	}
	return "", true
}

func (f *CollectionUpsert) checkIndexes(any) error {
	if f.Type == models.CollectionTypeView {
		if len(f.Indexes) > 0 {
			return validation.NewError(codeIndexesUnsupported, "The collection doesn't support indexes")
		}
		return nil
	}
	errs := validation.Errors{}
	for i, text := range f.Indexes {
		if _, err := sqltext.ParseIndex(text); err != nil {
			errs[strconv.Itoa(i)] = validation.NewError(codeInvalidIndex, "Invalid CREATE INDEX expression")
		}
	}
	return errs.Filter()
}

func (f *CollectionUpsert) checkOptions(draft *models.Collection, queryErr error) error {
	switch f.Type {
	case models.CollectionTypeAuth:
		var options models.CollectionAuthOptions
		if err := draft.DecodeOptions(&options); err != nil {
			return validation.NewError(codeInvalidOptions, "Invalid options")
		}
		if err := options.Validate(); err != nil {
			return err
		}
		if err := f.checkRule(draft, options.ManageRule); err != nil {
			return validation.Errors{"manageRule": err}
		}
	case models.CollectionTypeView:
		var options models.CollectionViewOptions
		if err := draft.DecodeOptions(&options); err != nil {
			return validation.NewError(codeInvalidOptions, "Invalid options")
		}
		if err := options.Validate(); err != nil {
			return err
		}
		if queryErr != nil {
			return validation.Errors{"query": validation.NewError(codeInvalidViewQuery,
				fmt.Sprintf("Invalid query - %s", strings.TrimSuffix(queryErr.Error(), ".")))}
		}
	}
	return nil
}

// checkSchema runs the checks that need more than one field. Those of each
// single field follow only when these pass.
func (f *CollectionUpsert) checkSchema(any) error {
	if f.Type == models.CollectionTypeBase && len(f.Schema.Fields()) == 0 {
		return validation.ErrRequired
	}
	for _, check := range []func() error{
		f.checkSystemFields, f.checkFieldTypes, f.checkRelations, f.checkReservedNames, f.Schema.Validate,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkSystemFields keeps the fields that the system relies on as they are.
func (f *CollectionUpsert) checkSystemFields() error {
	for _, old := range f.collection.Schema.Fields() {
		if !old.System {
			continue
		}
		current := f.Schema.GetFieldById(old.Id)
		if current == nil || current.String() != old.String() {
			return validation.NewError(codeSystemField, "System fields cannot be deleted or changed")
		}
	}
	return nil
}

func (f *CollectionUpsert) checkFieldTypes() error {
	return f.eachField(func(field *schema.SchemaField) error {
		old := f.collection.Schema.GetFieldById(field.Id)
		if old != nil && old.Type != field.Type {
			return validation.NewError(codeFieldType, "Field type cannot be changed")
		}
		return nil
	})
}

func (f *CollectionUpsert) checkReservedNames() error {
	if f.Type != models.CollectionTypeAuth {
		return nil
	}
	reserved := schema.ReservedAuthFieldNames()
	return f.eachField(func(field *schema.SchemaField) error {
		if slices.Contains(reserved, field.Name) {
			return validation.Errors{"name": validation.NewError(codeReservedAuthField,
				"The field name is reserved and cannot be used")}
		}
		return nil
	})
}

func (f *CollectionUpsert) checkRelations() error {
	return f.eachField(func(field *schema.SchemaField) error {
		if field.Type != schema.FieldTypeRelation {
			return nil
		}
		options, err := relationOptions(field)
		if err != nil {
			return validation.Errors{"options": validation.NewError(codeRelationOptions,
				"The relation field has invalid field options")}
		}
		if err := f.checkRelation(field, options); err != nil {
			return validation.Errors{"options": validation.Errors{"collectionId": err}}
		}
		return nil
	})
}

// checkRelation checks what a relation points to. A missing id is left to the
// checks of the options.
func (f *CollectionUpsert) checkRelation(field *schema.SchemaField, options *schema.RelationOptions) error {
	if options.CollectionId == "" {
		return nil
	}
	if old := f.collection.Schema.GetFieldById(field.Id); old != nil {
		before, err := relationOptions(old)
		if err == nil && before.CollectionId != options.CollectionId {
			return validation.NewError(codeRelationChange, "The relation collection cannot be changed")
		}
	}
	if options.CollectionId == f.Id {
		return nil
	}
	target, err := f.dao.CachedCollection(options.CollectionId)
	if err != nil || target.Id != options.CollectionId {
		return validation.NewError(codeInvalidRelation, "The relation collection doesn't exist")
	}
	if target.IsView() && f.Type != models.CollectionTypeView {
		return validation.NewError(codeViewRelation, "Non view collections are not allowed to have a view relation")
	}
	return nil
}

var errNoRelation = errors.New("not a relation")

func relationOptions(field *schema.SchemaField) (*schema.RelationOptions, error) {
	if err := field.InitOptions(); err != nil {
		return nil, err
	}
	options, ok := field.Options.(*schema.RelationOptions)
	if !ok {
		return nil, errNoRelation
	}
	return options, nil
}

// eachField collects the errors of all fields by their position.
func (f *CollectionUpsert) eachField(check func(*schema.SchemaField) error) error {
	errs := validation.Errors{}
	for i, field := range f.Schema.Fields() {
		if err := check(field); err != nil {
			errs[strconv.Itoa(i)] = err
		}
	}
	return errs.Filter()
}
