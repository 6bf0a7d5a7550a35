package models

import "maps"

// Expand returns a copy of the expanded records by relation: *Record or
// []*Record values.
func (r *Record) Expand() map[string]any {
	out := make(map[string]any, len(r.expand))
	maps.Copy(out, r.expand)
	return out
}

// SetExpand replaces the expanded records.
func (r *Record) SetExpand(expand map[string]any) { r.expand = maps.Clone(expand) }

// MergeExpand adds expanded records. Records that are there already are kept
// and take over the expand of their newer version.
func (r *Record) MergeExpand(expand map[string]any) {
	if len(expand) == 0 {
		return
	}
	if r.expand == nil {
		r.expand = make(map[string]any, len(expand))
	}
	for key, added := range expand {
		current, ok := r.expand[key]
		if !ok {
			r.expand[key] = added
			continue
		}
		list, isList := recordList(current)
		newList, newIsList := recordList(added)
		if list == nil || newList == nil {
			r.expand[key] = added
			continue
		}
		merged := mergeRecords(list, newList)
		if !isList && !newIsList && len(merged) == 1 {
			r.expand[key] = merged[0]
		} else {
			r.expand[key] = merged
		}
	}
}

func mergeRecords(list, added []*Record) []*Record {
	byID := make(map[string]*Record, len(list))
	out := make([]*Record, 0, len(list)+len(added))
	for _, rec := range list {
		byID[rec.Id] = rec
		out = append(out, rec)
	}
	for _, rec := range added {
		if known, ok := byID[rec.Id]; ok {
			known.MergeExpand(rec.expand)
			continue
		}
		byID[rec.Id] = rec
		out = append(out, rec)
	}
	return out
}

// ExpandedOne returns the expanded record of a relation, the first of several,
// or nil.
func (r *Record) ExpandedOne(relField string) *Record {
	if list, _ := recordList(r.expand[relField]); len(list) > 0 {
		return list[0]
	}
	return nil
}

// ExpandedAll returns the expanded records of a relation, or nil.
func (r *Record) ExpandedAll(relField string) []*Record {
	list, _ := recordList(r.expand[relField])
	return list
}

// recordList reads an expanded value; nil when it holds no records.
func recordList(value any) (list []*Record, isList bool) {
	switch v := value.(type) {
	case *Record:
		if v != nil {
			return []*Record{v}, false
		}
	case []*Record:
		return v, true
	}
	return nil, false
}
