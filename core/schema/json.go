package schema

import (
	"encoding/json"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// JsonOptions limits the size of a json field in bytes.
type JsonOptions struct {
	MaxSize int `json:"maxSize"`
}

var jsonKind = define[JsonOptions](kind{
	column:  "JSON DEFAULT NULL",
	prepare: func(_ bool, value any) any { return toJSON(value) },
	check:   func(o, v any) error { return checkJSON(o.(*JsonOptions), v.(types.JsonRaw)) },
}, nil)

// Validate checks the options.
func (o JsonOptions) Validate() error {
	return validation.ValidateStruct(&o,
		validation.Field(&o.MaxSize, validation.Required, validation.Min(1)),
	)
}

func checkJSON(o *JsonOptions, v types.JsonRaw) error {
	if len(v) == 0 {
		return nil
	}
	if !json.Valid(v) {
		return errInvalidJSON
	}
	if o.MaxSize > 0 && len(v) > o.MaxSize {
		return errJSONSize(o.MaxSize)
	}
	return nil
}

// toJSON keeps JSON documents, quotes other texts and encodes other values.
func toJSON(value any) types.JsonRaw {
	switch v := value.(type) {
	case nil:
		return types.JsonRaw("null")
	case types.JsonRaw:
		if len(v) == 0 {
			return types.JsonRaw("null")
		}
		return slices.Clone(v)
	case string:
		return textJSON(v)
	case []byte:
		return textJSON(string(v))
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return types.JsonRaw("null")
	}
	return raw
}

// textJSON decides whether a text is a document. Texts from forms and columns
// arrive here unquoted, so a plain word becomes a JSON string.
func textJSON(s string) types.JsonRaw {
	if types.IsJSONDocument(s) {
		return types.JsonRaw(s)
	}
	return types.AppendJSONString(nil, s)
}
