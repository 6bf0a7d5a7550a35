package schema

import (
	"regexp"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/spf13/cast"
)

const textColumn = "TEXT DEFAULT '' NOT NULL"

// TextOptions limits a text field. Lengths count characters.
type TextOptions struct {
	Min     *int   `json:"min"`
	Max     *int   `json:"max"`
	Pattern string `json:"pattern"`
}

var textKind = define(kind{
	column:  textColumn,
	prepare: func(_ bool, value any) any { return toText(value) },
	check:   func(o, v any) error { return checkText(o.(*TextOptions), v.(string)) },
}, func(o *TextOptions) { o.Min, o.Max = clonePtr(o.Min), clonePtr(o.Max) })

// Validate checks the options.
func (o TextOptions) Validate() error {
	lowest := 0
	if o.Min != nil {
		lowest = *o.Min
	}
	return validation.ValidateStruct(&o,
		validation.Field(&o.Min, validation.Min(0)),
		validation.Field(&o.Max, validation.Min(lowest)),
		validation.Field(&o.Pattern, validation.By(validPattern)),
	)
}

func validPattern(value any) error {
	pattern, _ := value.(string)
	if pattern == "" {
		return nil
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return validation.NewError("validation_invalid_regex", err.Error())
	}
	return nil
}

func checkText(o *TextOptions, v string) error {
	if v == "" {
		return nil
	}
	n := utf8.RuneCountInString(v)
	if o.Min != nil && n < *o.Min {
		return errMinText(*o.Min)
	}
	// an upper bound of zero means no bound: "" never gets here
	if o.Max != nil && *o.Max > 0 && n > *o.Max {
		return errMaxText(*o.Max)
	}
	if o.Pattern != "" {
		// the pattern was compiled when the field was saved; one that does
		// not compile any more matches nothing
		if ok, err := regexp.MatchString(o.Pattern, v); err != nil || !ok {
			return errInvalidFormat
		}
	}
	return nil
}

// toText renders scalars as text; lists and objects have none.
func toText(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	return cast.ToString(value)
}
