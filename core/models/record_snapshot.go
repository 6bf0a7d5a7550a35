package models

import "github.com/tackleboxdev/tacklebox/core/schema"

// Snapshot holds the values of a record at one moment. The zero value is that of
// no record; one value may be used again and again.
type Snapshot struct {
	record *Record
	base   BaseModel
	codec  *codec
	vals   []any
	buffer []any
}

// Take remembers the values of a record, which may be nil.
func (s *Snapshot) Take(r *Record) {
	s.Clear()
	if r == nil {
		return
	}
	s.record, s.base, s.codec, s.vals = r, r.BaseModel, r.codec, r.vals
	if r.orig != nil { // else the values are copied before the first change
		s.buffer = append(s.buffer, r.vals...)
		s.vals = s.buffer
	}
}

// Clear forgets the record.
func (s *Snapshot) Clear() {
	clear(s.buffer)
	*s = Snapshot{buffer: s.buffer[:0]}
}

// Changed returns the names of the columns that have another value now, in the
// order of the collection.
func (s *Snapshot) Changed() []string {
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
