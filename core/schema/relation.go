package schema

import (
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

// RelationOptions names the collection a relation field points to. A nil
// MaxSelect means any number of records.
type RelationOptions struct {
	CollectionId  string   `json:"collectionId"`
	CascadeDelete bool     `json:"cascadeDelete"`
	MinSelect     *int     `json:"minSelect"`
	MaxSelect     *int     `json:"maxSelect"`
	DisplayFields []string `json:"displayFields"`
}

var relationKind = define(kind{
	column:   textColumn,
	multiple: true,
	prepare:  prepareList,
	modify:   appendOrRemove,
	check:    func(o, v any) error { return checkRelation(o.(*RelationOptions), v) },
}, func(o *RelationOptions) {
	o.MinSelect, o.MaxSelect = clonePtr(o.MinSelect), clonePtr(o.MaxSelect)
	o.DisplayFields = slices.Clone(o.DisplayFields)
})

// Validate checks the options, except whether the collection exists.
func (o RelationOptions) Validate() error {
	lowest := 1
	if o.MinSelect != nil {
		lowest = max(1, *o.MinSelect)
	}
	return validation.ValidateStruct(&o,
		validation.Field(&o.CollectionId, validation.Required),
		validation.Field(&o.MinSelect, validation.Min(0)),
		validation.Field(&o.MaxSelect, validation.NilOrNotEmpty, validation.Min(lowest)),
	)
}

// IsMultiple tells whether more than one record may be related.
func (o RelationOptions) IsMultiple() bool { return o.MaxSelect == nil || *o.MaxSelect > 1 }

func checkRelation(o *RelationOptions, value any) error {
	n := len(uniqueTexts(value))
	if n == 0 {
		return nil
	}
	if o.MinSelect != nil && n < *o.MinSelect {
		return errNotEnough(*o.MinSelect)
	}
	if o.MaxSelect != nil && n > *o.MaxSelect {
		return errTooMany(*o.MaxSelect)
	}
	return nil
}
