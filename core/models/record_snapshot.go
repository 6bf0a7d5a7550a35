package models

import (
	"slices"

	"github.com/tackleboxdev/tacklebox/core/schema"
)

// Snapshot holds the values of a record at one moment. The zero value is that of
// no record.
type Snapshot struct {
	record *Record
	base   BaseModel
	codec  *codec
	vals   []any
}

// TakeSnapshot remembers the values of a record, which may be nil.
func TakeSnapshot(r *Record) Snapshot {
	if r == nil {
		return Snapshot{}
	}
	s := Snapshot{record: r, base: r.BaseModel, codec: r.codec, vals: r.vals}
	if r.orig != nil { // else the values are copied before the first change
		s.vals = slices.Clone(r.vals)
	}
	return s
}

// Changed returns the names of the columns that have another value now, in the
// order of the collection.
func (s Snapshot) Changed() []string {
	r := s.record
	if r == nil {
		return nil
	}
	var names []string
	if r.Id != s.base.Id {
		names = append(names, schema.FieldNameId)
	}
	if r.codec != s.codec || len(r.vals) != len(s.vals) || len(s.vals) == 0 || &r.vals[0] == &s.vals[0] {
		return names
	}
	for i := range s.vals {
		f := &r.codec.fields[i]
		if !sameValue(s.vals[i], r.vals[i]) && f.bind(s.vals[i]) != f.bind(r.vals[i]) {
			names = append(names, f.name)
		}
	}
	return names
}

// sameValue reports whether two stored values are equal for sure.
func sameValue(a, b any) bool {
	switch a := a.(type) {
	case nil:
		return b == nil
	case string:
		other, ok := b.(string)
		return ok && a == other
	case float64:
		other, ok := b.(float64)
		return ok && a == other
	case bool:
		other, ok := b.(bool)
		return ok && a == other
	}
	return false
}
