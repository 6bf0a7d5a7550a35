package schema

import (
	"strconv"

	"github.com/spf13/cast"
)

// BoolOptions has no options.
type BoolOptions struct{}

var boolKind = define[BoolOptions](kind{
	column:  "BOOLEAN DEFAULT FALSE NOT NULL",
	prepare: func(_ bool, value any) any { return toBool(value) },
}, nil)

// Validate accepts everything.
func (o BoolOptions) Validate() error { return nil }

// toBool reads Go bool texts and non-zero numbers as true.
func toBool(value any) bool {
	switch v := value.(type) {
	case bool:
		return v
	case int64:
		return v != 0
	case float64:
		return v != 0
	case string:
		b, err := strconv.ParseBool(v)
		return err == nil && b
	}
	return cast.ToBool(value)
}
