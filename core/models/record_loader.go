package models

import "github.com/spf13/cast"

// RecordLoader makes many records of one collection with few allocations. It
// belongs to one goroutine; the records do not.
type RecordLoader struct {
	collection *Collection
	codec      *codec
	records    []Record
	vals       []any
}

// NewRecordLoader returns a loader that prepares room for size records and
// grows beyond.
func NewRecordLoader(collection *Collection, size int) *RecordLoader {
	return &RecordLoader{collection: collection, codec: collection.compiled(), records: make([]Record, 0, max(size, 1))}
}

// Load returns a stored record from driver values in the order of the
// columns of its collection. The values are copied; missing ones count as NULL.
func (l *RecordLoader) Load(row []any) *Record {
	n := len(l.codec.fields)
	if len(l.records) == cap(l.records) {
		l.records = make([]Record, 0, min(2*cap(l.records)+1, 256))
		l.vals = nil
	}
	if len(l.vals) < n {
		l.vals = make([]any, n*(cap(l.records)-len(l.records)))
	}
	l.records = l.records[:len(l.records)+1]
	r := &l.records[len(l.records)-1]
	r.collection, r.codec = l.collection, l.codec
	r.vals, l.vals = l.vals[:n:n], l.vals[n:]

	at := l.loadBase(r, row)
	for i := range r.vals {
		if at+i >= len(row) {
			break
		}
		v := row[at+i]
		if b, ok := v.([]byte); ok {
			v = string(b) // drivers reuse byte slices
		}
		r.vals[i] = v
	}
	r.isNotNew = true
	r.loaded = r.BaseModel
	return r
}

// loadBase reads the base columns and returns how many there are.
func (l *RecordLoader) loadBase(r *Record, row []any) int {
	at := 0
	next := func() (v any) {
		if at < len(row) {
			v = row[at]
		}
		at++
		return v
	}
	if id, ok := next().(string); ok {
		r.Id = id
	} else if len(row) > 0 {
		r.Id = cast.ToString(row[0])
	}
	if l.codec.hasCreated() {
		r.Created = dateOf(next())
	}
	if l.codec.hasUpdated() {
		r.Updated = dateOf(next())
	}
	return at
}
