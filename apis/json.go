package apis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"sync"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	fieldsParam     = "fields"
	mimeJSON        = "application/json"
	mimeJSONCharset = "application/json; charset=UTF-8"

	// maxPooledBuffer keeps one large answer from staying in memory for good.
	maxPooledBuffer = 1 << 20
)

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// serializer writes the JSON answers of every route. It renders records without
// reflection and applies the `fields` parameter to successful answers.
type serializer struct{}

var _ echo.JSONSerializer = serializer{}

// Serialize implements echo.JSONSerializer.
func (serializer) Serialize(c *echo.Context, target any, indent string) error {
	buf := buffers.Get().(*[]byte)
	defer func() {
		if cap(*buf) <= maxPooledBuffer {
			buffers.Put(buf)
		}
	}()
	out, err := appendJSON((*buf)[:0], target)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	*buf = out
	if fields := c.QueryParam(fieldsParam); fields != "" && isSuccess(c.Response()) {
		if out, err = pickFields(out, fields, isList(target)); err != nil {
			return err
		}
	}
	if indent != "" {
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, out, "", indent); err != nil {
			return fmt.Errorf("indent answer: %w", err)
		}
		out = pretty.Bytes()
	}
	header := c.Response().Header()
	if header.Get(echo.HeaderContentType) == mimeJSON {
		header.Set(echo.HeaderContentType, mimeJSONCharset)
	}
	_, err = c.Response().Write(append(out, '\n'))
	return err
}

// Deserialize implements echo.JSONSerializer.
func (serializer) Deserialize(c *echo.Context, target any) error {
	return web.DecodeJSON(c.Request(), target)
}

// jsonAppender is implemented by answers that are JSON already.
type jsonAppender interface {
	AppendJSON(dst []byte) ([]byte, error)
}

// appendJSON renders the target like encoding/json does.
func appendJSON(dst []byte, target any) ([]byte, error) {
	switch v := target.(type) {
	case *models.Record:
		if v != nil {
			return v.AppendJSON(dst), nil
		}
	case []*models.Record:
		return appendRecords(dst, v), nil
	case *[]*models.Record:
		if v != nil {
			return appendRecords(dst, *v), nil
		}
	case *search.Result:
		if v != nil {
			return appendResult(dst, v)
		}
	case jsonAppender:
		return v.AppendJSON(dst)
	}
	raw, err := json.Marshal(target)
	return append(dst, raw...), err
}

func appendRecords(dst []byte, records []*models.Record) []byte {
	dst = append(dst, '[')
	for i, record := range records {
		if i > 0 {
			dst = append(dst, ',')
		}
		if record == nil {
			dst = append(dst, "null"...)
			continue
		}
		dst = record.AppendJSON(dst)
	}
	return append(dst, ']')
}

func appendResult(dst []byte, r *search.Result) ([]byte, error) {
	dst = append(dst, `{"page":`...)
	dst = strconv.AppendInt(dst, int64(r.Page), 10)
	dst = append(dst, `,"perPage":`...)
	dst = strconv.AppendInt(dst, int64(r.PerPage), 10)
	dst = append(dst, `,"totalItems":`...)
	dst = strconv.AppendInt(dst, int64(r.TotalItems), 10)
	dst = append(dst, `,"totalPages":`...)
	dst = strconv.AppendInt(dst, int64(r.TotalPages), 10)
	dst = append(dst, `,"items":`...)
	dst, err := appendJSON(dst, r.Items)
	return append(dst, '}'), err
}

// pickFields applies the `fields` parameter to rendered JSON: to the items of a
// list envelope, otherwise to the whole.
func pickFields(raw []byte, fields string, list bool) ([]byte, error) {
	tree, err := parseFields(fields)
	if err != nil {
		return nil, web.NewBadRequestError("", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // numbers must come out as they went in
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("pick fields: %w", err)
	}
	if envelope, ok := value.(map[string]any); ok && (list || isEnvelope(envelope)) {
		envelope["items"] = tree.pick(envelope["items"])
	} else {
		value = tree.pick(value)
	}
	out, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("pick fields: %w", err)
	}
	return out, nil
}

// isEnvelope reports whether an object has the shape of a page of items, as
// routes of users make it.
func isEnvelope(object map[string]any) bool {
	for _, key := range []string{"page", "perPage", "totalItems", "totalPages", "items"} {
		if _, ok := object[key]; !ok {
			return false
		}
	}
	return true
}

func isList(target any) bool {
	switch target.(type) {
	case *search.Result, search.Result:
		return true
	}
	return false
}

// isSuccess reports whether the status that will be written is a 2xx one. While
// JSON is serialised, echo keeps it in an unexported field of its writer until
// the first byte; TestPendingStatus pins that.
func isSuccess(w http.ResponseWriter) bool {
	status := http.StatusOK
	if v := reflect.Indirect(reflect.ValueOf(w)); v.Kind() == reflect.Struct {
		if field := v.FieldByName("status"); field.IsValid() && field.CanInt() {
			status = int(field.Int())
		}
	}
	return status >= http.StatusOK && status < http.StatusMultipleChoices
}
