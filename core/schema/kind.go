package schema

import (
	"slices"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// kind is everything that differs between the types of fields.
type kind struct {
	newOptions   func() any
	owns         func(options any) bool
	cloneOptions func(options any) any
	// column is the definition for a single value; lists share one definition.
	column string
	// multiple tells that the options decide between one value and a list.
	multiple bool
	prepare  func(multiple bool, value any) any
	modify   func(base any, modifier string, value any) any
	check    func(options, value any) error
}

// kinds is the table of all field types.
var kinds = map[string]*kind{
	FieldTypeText:     textKind,
	FieldTypeNumber:   numberKind,
	FieldTypeBool:     boolKind,
	FieldTypeEmail:    emailKind,
	FieldTypeUrl:      urlKind,
	FieldTypeEditor:   editorKind,
	FieldTypeDate:     dateKind,
	FieldTypeSelect:   selectKind,
	FieldTypeJson:     jsonKind,
	FieldTypeFile:     fileKind,
	FieldTypeRelation: relationKind,
}

// define fills the option functions of a kind from its options type. The clone
// function deep-copies what a shallow copy would share.
func define[O any](k kind, clone func(*O)) *kind {
	k.newOptions = func() any { return new(O) }
	k.owns = func(options any) bool {
		o, ok := options.(*O)
		return ok && o != nil
	}
	k.cloneOptions = func(options any) any {
		o, ok := options.(*O)
		if !ok {
			return options
		}
		c := *o
		if clone != nil {
			clone(&c)
		}
		return &c
	}
	return &k
}

func (k *kind) isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case float64:
		return v == 0
	case bool:
		return !v
	case []string:
		return len(v) == 0
	case types.DateTime:
		return v.IsZero()
	case types.JsonRaw:
		return slices.Contains([]string{"", "null", `""`, "[]", "{}"}, v.String())
	}
	return false
}

func clonePtr[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}
