package schema

import (
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

// SelectOptions lists the values of a select field.
type SelectOptions struct {
	MaxSelect int      `json:"maxSelect"`
	Values    []string `json:"values"`
}

var selectKind = define(kind{
	column:   textColumn,
	multiple: true,
	prepare:  prepareList,
	modify:   appendOrRemove,
	check:    func(o, v any) error { return checkSelect(o.(*SelectOptions), v) },
}, func(o *SelectOptions) { o.Values = slices.Clone(o.Values) })

// Validate checks the options.
func (o SelectOptions) Validate() error {
	return validation.ValidateStruct(&o,
		validation.Field(&o.Values, validation.Required),
		validation.Field(&o.MaxSelect, validation.Required, validation.Min(1), validation.Max(max(1, len(o.Values)))),
	)
}

// IsMultiple tells whether more than one value may be selected.
func (o SelectOptions) IsMultiple() bool { return o.MaxSelect > 1 }

func checkSelect(o *SelectOptions, value any) error {
	list := uniqueTexts(value)
	if len(list) > max(1, o.MaxSelect) {
		return errTooMany(max(1, o.MaxSelect))
	}
	for _, v := range list {
		if !slices.Contains(o.Values, v) {
			return errSelectValue(v)
		}
	}
	return nil
}
