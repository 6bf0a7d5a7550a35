package schema

import (
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// DateOptions limits a date field; both bounds are inclusive.
type DateOptions struct {
	Min types.DateTime `json:"min"`
	Max types.DateTime `json:"max"`
}

var dateKind = define[DateOptions](kind{
	column:  textColumn,
	prepare: func(_ bool, value any) any { return toDate(value) },
	check:   func(o, v any) error { return checkDate(o.(*DateOptions), v.(types.DateTime)) },
}, nil)

// Validate checks the options.
func (o DateOptions) Validate() error {
	if o.Min.IsZero() || o.Max.IsZero() || !o.Max.Time().Before(o.Min.Time()) {
		return nil
	}
	return validation.Errors{"max": validation.ErrDateOutOfRange}
}

func checkDate(o *DateOptions, v types.DateTime) error {
	if v.IsZero() {
		return nil
	}
	if !o.Min.IsZero() {
		if err := validation.Min(o.Min.Time()).Validate(v.Time()); err != nil {
			return err
		}
	}
	if !o.Max.IsZero() {
		return validation.Max(o.Max.Time()).Validate(v.Time())
	}
	return nil
}

// toDate reads what it can; an unreadable date is an unset one.
func toDate(value any) types.DateTime {
	d, err := types.ParseDateTime(value)
	if err != nil {
		return types.DateTime{}
	}
	return d
}
