package jsvm

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// answerJSON answers a request with a script value. Data that a script made is
// written as JSON right away; going through Go data would take twice as long.
func (env *environment) answerJSON(c *echo.Context, status int, v goja.Value) error {
	obj, ok := v.(*goja.Object)
	if !ok || !isPlainObject(obj) && !isPlainList(obj) {
		return c.JSON(status, env.toGo(v))
	}
	w := answerWriters.Get().(*answerWriter)
	defer w.free()
	if err := env.writeJSON(w, obj); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return c.JSON(status, w)
}

func (env *environment) writeJSON(w *answerWriter, obj *goja.Object) error {
	// Getters and traps are script code, wherever the value is wanted.
	m := env.machine
	before := m.native.Swap(0)
	defer m.native.Store(before)
	w.export = exporter{env: env}
	return w.write(obj, 0)
}

// answerWriter writes script data as encoding/json writes what [exporter] makes of
// it: with sorted members, and escaped for HTML.
type answerWriter struct {
	export exporter
	out    []byte
	// members are those of the objects that are being written.
	members []answerMember
}

type answerMember struct {
	name  string
	value goja.Value
}

// maxKeptAnswer keeps one large answer from staying in memory for good.
const maxKeptAnswer = 64 << 10

var answerWriters = sync.Pool{New: func() any { return &answerWriter{} }}

// free lets go of the values and keeps the memory for other answers.
func (w *answerWriter) free() {
	clear(w.members)
	w.out, w.members, w.export = w.out[:0], w.members[:0], exporter{}
	if cap(w.out) <= maxKeptAnswer && cap(w.members) <= maxKeptAnswer/64 {
		answerWriters.Put(w)
	}
}

// AppendJSON appends what was written. The serializer of the API asks for it.
func (w *answerWriter) AppendJSON(dst []byte) ([]byte, error) { return append(dst, w.out...), nil }

func (w *answerWriter) write(v goja.Value, depth int) error {
	obj, ok := v.(*goja.Object)
	switch {
	case !ok:
		return w.plain(v)
	case depth > maxExportDepth: // the exporter knows what to say
	case isPlainObject(obj):
		return w.object(obj, depth)
	case isPlainList(obj):
		return w.list(obj, depth)
	}
	return w.other(w.export.export(obj, depth))
}

func (w *answerWriter) plain(v goja.Value) error {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		w.out = append(w.out, "null"...)
		return nil
	}
	switch v := v.Export().(type) {
	case string:
		w.out = types.AppendJSONString(w.out, v)
	case bool:
		w.out = strconv.AppendBool(w.out, v)
	case int64:
		w.out = strconv.AppendInt(w.out, v, 10)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return w.other(v) // which knows what to say
		}
		w.out = types.AppendJSONFloat(w.out, v)
	default:
		return w.other(v)
	}
	return nil
}

func (w *answerWriter) object(obj *goja.Object, depth int) error {
	names := obj.Keys()
	w.export.count(len(names) + 1)
	first := len(w.members)
	for _, name := range names {
		w.members = append(w.members, answerMember{name, obj.Get(name)})
	}
	slices.SortFunc(w.members[first:], func(a, b answerMember) int { return strings.Compare(a.name, b.name) })
	w.out = append(w.out, '{')
	for i := range names {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		m := w.members[first+i]
		w.out = append(types.AppendJSONString(w.out, m.name), ':')
		if err := w.write(m.value, depth+1); err != nil {
			return err
		}
	}
	clear(w.members[first:])
	w.members = w.members[:first]
	w.out = append(w.out, '}')
	return nil
}

func (w *answerWriter) list(obj *goja.Object, depth int) error {
	length := w.export.length(obj)
	w.out = append(w.out, '[')
	for i := range length {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if err := w.write(obj.Get(strconv.Itoa(i)), depth+1); err != nil {
			return err
		}
	}
	w.out = append(w.out, ']')
	return nil
}

// other writes a Go value.
func (w *answerWriter) other(v any) error {
	raw, err := json.Marshal(v)
	w.out = append(w.out, raw...)
	return err
}

// isPlainObject reports whether an object is one of the script's own, with
// members only.
func isPlainObject(obj *goja.Object) bool {
	switch obj.ClassName() {
	case "Array", "Map", "Set", "Function":
		return false
	}
	return obj.ExportType() == reflect.Type(mapType)
}

func isPlainList(obj *goja.Object) bool {
	return obj.ClassName() == "Array" && obj.ExportType() == listType
}
