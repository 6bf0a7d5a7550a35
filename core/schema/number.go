package schema

import (
	"math"
	"strconv"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/spf13/cast"
)

// NumberOptions limits a number field; both bounds are inclusive.
type NumberOptions struct {
	Min       *float64 `json:"min"`
	Max       *float64 `json:"max"`
	NoDecimal bool     `json:"noDecimal"`
}

var numberKind = define(kind{
	column:  "NUMERIC DEFAULT 0 NOT NULL",
	prepare: func(_ bool, value any) any { return toNumber(value) },
	modify:  modifyNumber,
	check:   func(o, v any) error { return checkNumber(o.(*NumberOptions), v.(float64)) },
}, func(o *NumberOptions) { o.Min, o.Max = clonePtr(o.Min), clonePtr(o.Max) })

// Validate checks the options.
func (o NumberOptions) Validate() error {
	maxRules := []validation.Rule{validation.By(o.wholeIfNeeded)}
	if o.Min != nil && o.Max != nil {
		maxRules = append(maxRules, validation.Min(*o.Min))
	}
	return validation.ValidateStruct(&o,
		validation.Field(&o.Min, validation.By(o.wholeIfNeeded)),
		validation.Field(&o.Max, maxRules...),
	)
}

func (o NumberOptions) wholeIfNeeded(value any) error {
	if v, _ := value.(*float64); o.NoDecimal && v != nil && *v != math.Trunc(*v) {
		return errNoDecimal
	}
	return nil
}

func checkNumber(o *NumberOptions, v float64) error {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return errNaN
	case v == 0:
		return nil
	case o.NoDecimal && v != math.Trunc(v):
		return errNoDecimal
	case o.Min != nil && v < *o.Min:
		return errMinNumber(*o.Min)
	case o.Max != nil && v > *o.Max:
		return errMaxNumber(*o.Max)
	}
	return nil
}

func modifyNumber(base any, modifier string, value any) any {
	switch modifier {
	case FieldValueModifierAdd:
		return toNumber(base) + toNumber(value)
	case FieldValueModifierSubtract:
		return toNumber(base) - toNumber(value)
	}
	return base
}

// toNumber converts scalars; whatever is not a number becomes 0.
func toNumber(value any) float64 {
	switch v := value.(type) {
	case nil:
		return 0
	case float64:
		return v
	case int64:
		return float64(v)
	case int:
		return float64(v)
	case string:
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return 0
		}
		return n
	}
	return cast.ToFloat64(value)
}
