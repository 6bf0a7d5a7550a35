package logger

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// scope is what a derived handler adds to its entries. It is immutable.
type scope struct {
	groups []string
	attrs  []scopedAttr
}

// scopedAttr is an attribute with the groups that were open when it was added.
type scopedAttr struct {
	groups []string
	attr   slog.Attr
}

func (s scope) withAttrs(attrs []slog.Attr) scope {
	added := slices.Clone(s.attrs)
	for _, a := range attrs {
		added = append(added, scopedAttr{groups: s.groups, attr: a})
	}
	return scope{groups: s.groups, attrs: added}
}

func (s scope) withGroup(name string) scope {
	if name == "" {
		return s
	}
	return scope{groups: append(slices.Clone(s.groups), name), attrs: s.attrs}
}

// data merges the attributes of the scope and of the record.
func (s scope) data(r slog.Record) map[string]any {
	data := make(map[string]any, len(s.attrs)+r.NumAttrs())
	for _, a := range s.attrs {
		put(descend(data, a.groups), a.attr)
	}
	if r.NumAttrs() > 0 {
		target := descend(data, s.groups)
		r.Attrs(func(a slog.Attr) bool {
			put(target, a)
			return true
		})
	}
	return data
}

// descend returns the nested map of a group path, creating it.
func descend(data map[string]any, groups []string) map[string]any {
	for _, name := range groups {
		next, ok := data[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			data[name] = next
		}
		data = next
	}
	return data
}

func put(data map[string]any, a slog.Attr) {
	v := a.Value.Resolve()
	if v.Kind() == slog.KindGroup {
		members := v.Group()
		if len(members) == 0 {
			return
		}
		if a.Key != "" { // a group without a name is inlined
			data = descend(data, []string{a.Key})
		}
		for _, member := range members {
			put(data, member)
		}
		return
	}
	if a.Key != "" {
		data[a.Key] = plain(v)
	}
}

// plain returns a value that encodes as JSON and shares nothing that may change
// later. What cannot be encoded becomes text.
func plain(v slog.Value) any {
	switch v.Kind() {
	case slog.KindAny:
	case slog.KindDuration:
		return v.Duration().String()
	case slog.KindTime:
		return v.Time().UTC().Format(time.RFC3339Nano)
	case slog.KindFloat64:
		if _, err := json.Marshal(v.Float64()); err != nil {
			return v.String()
		}
		return v.Any()
	default:
		return v.Any()
	}
	switch x := v.Any().(type) {
	case nil:
		return nil
	case error:
		return x.Error()
	default:
		return encoded(x)
	}
}

func encoded(x any) (value any) {
	// A marshaler of a foreign type may panic, for example on a nil pointer.
	defer func() {
		if p := recover(); p != nil {
			value = fmt.Sprintf("%T", x)
		}
	}()
	raw, err := json.Marshal(x)
	if err != nil {
		return fmt.Sprint(x)
	}
	return json.RawMessage(raw)
}
