package forms

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/web"
)

var errBodyFormat = errors.New("the body is neither a JSON object nor a multipart form")

// LoadRequest loads the values and files of a JSON or multipart body. With a
// prefix only what is below that key is loaded. It fails for any other body and,
// with validation.Errors, for what [RecordUpsert.LoadData] refuses.
func (f *RecordUpsert) LoadRequest(r *http.Request, keyPrefix string) error {
	data, files, err := f.readRequest(r, keyPrefix)
	if err != nil {
		return err
	}
	if err := f.LoadData(data); err != nil {
		return err
	}
	for _, field := range f.record.Collection().Schema.Fields() {
		if field.Type != schema.FieldTypeFile || len(files[field.Name]) == 0 {
			continue
		}
		if err := f.AddFiles(field.Name, files[field.Name]...); err != nil {
			return err
		}
	}
	return nil
}

func (f *RecordUpsert) readRequest(r *http.Request, prefix string) (
	map[string]any, map[string][]*filesystem.File, error,
) {
	switch {
	case web.IsJSON(r):
		data, err := readJSONObject(r, prefix)
		return data, nil, err
	case web.IsMultipart(r):
		return f.readMultipart(r, prefix)
	}
	return nil, nil, errBodyFormat
}

func readJSONObject(r *http.Request, prefix string) (map[string]any, error) {
	var data map[string]any
	if err := web.DecodeJSON(r, &data); err != nil {
		return nil, err
	}
	if prefix == "" {
		return data, nil
	}
	for key := range strings.SplitSeq(prefix, ".") {
		inner, ok := data[key].(map[string]any)
		if !ok {
			return map[string]any{}, nil
		}
		data = inner
	}
	return data, nil
}

func (f *RecordUpsert) readMultipart(r *http.Request, prefix string) (
	map[string]any, map[string][]*filesystem.File, error,
) {
	values, err := web.FormValues(r)
	if err != nil {
		return nil, nil, err
	}
	if prefix != "" {
		prefix += "."
	}
	data := make(map[string]any, len(values))
	for key, list := range values {
		name, ok := strings.CutPrefix(key, prefix)
		if !ok || len(list) == 0 {
			continue
		}
		switch {
		case name == web.JSONPayloadKey:
			mergeJSON(data, list)
		case f.takesList(name):
			data[name] = list
		default:
			data[name] = list[0]
		}
	}
	files, err := readFiles(r, prefix)
	return data, files, err
}

// mergeJSON leaves out payloads that are not JSON objects.
func mergeJSON(data map[string]any, payloads []string) {
	for _, payload := range payloads {
		var extra map[string]any
		if json.Unmarshal([]byte(payload), &extra) == nil {
			maps.Copy(data, extra)
		}
	}
}

func readFiles(r *http.Request, prefix string) (map[string][]*filesystem.File, error) {
	files := map[string][]*filesystem.File{}
	for key, headers := range r.MultipartForm.File {
		name, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		for _, header := range headers {
			file, err := filesystem.NewFileFromMultipart(header)
			if err != nil {
				return nil, fmt.Errorf("read uploaded file: %w", err)
			}
			files[name] = append(files[name], file)
		}
	}
	return files, nil
}

// takesList tells whether all values of a repeated key count.
func (f *RecordUpsert) takesList(key string) bool {
	for _, modifier := range schema.FieldValueModifiers() {
		key = strings.TrimSuffix(key, modifier)
	}
	field := f.record.Collection().Schema.GetFieldByName(key)
	return field != nil && slices.Contains(schema.ArraybleFieldTypes(), field.Type)
}

// LoadData loads values by key, with modifiers. Unknown keys are ignored. Names
// in a file field that the record does not have give validation.Errors.
func (f *RecordUpsert) LoadData(requestData map[string]any) error {
	if f.record.Collection() == nil {
		return errors.New("load record data: the record has no collection")
	}
	if id, ok := requestData[schema.FieldNameId]; ok {
		f.Id = cast.ToString(id)
	}
	if f.record.Collection().IsAuth() {
		f.loadAccount(requestData)
	}
	errs := validation.Errors{}
	resolved := f.record.ReplaceModifers(requestData)
	for _, field := range f.record.Collection().Schema.Fields() {
		value, ok := resolved[field.Name]
		if field.Type == schema.FieldTypeFile {
			if err := f.loadFileNames(field, value, ok, requestData); err != nil {
				errs[field.Name] = err
			}
		} else if ok {
			f.data[field.Name] = field.PrepareValue(value)
		}
	}
	return errs.Filter()
}

func (f *RecordUpsert) loadAccount(data map[string]any) {
	texts := map[string]*string{
		schema.FieldNameUsername: &f.Username,
		schema.FieldNameEmail:    &f.Email,
		"password":               &f.Password,
		"passwordConfirm":        &f.PasswordConfirm,
		"oldPassword":            &f.OldPassword,
	}
	for key, target := range texts {
		if value, ok := data[key]; ok {
			*target = cast.ToString(value)
		}
	}
	flags := map[string]*bool{
		schema.FieldNameEmailVisibility: &f.EmailVisibility,
		schema.FieldNameVerified:        &f.Verified,
	}
	for key, target := range flags {
		if value, ok := data[key]; ok {
			*target = cast.ToBool(value)
		}
	}
}

// loadFileNames reorders or shortens the files of a field: by a new list of
// names, or by empty values at "field.NAME" or "field.INDEX".
func (f *RecordUpsert) loadFileNames(field *schema.SchemaField, value any, sent bool, data map[string]any) error {
	current := schema.UniqueStrings(f.data[field.Name])
	names := current
	if sent {
		names = schema.UniqueStrings(value)
	}
	for _, name := range names {
		if !slices.Contains(current, name) {
			return schema.ErrUnknownFilenames
		}
	}
	removed := false
	for key, item := range data {
		name, ok := strings.CutPrefix(key, field.Name+".")
		if !ok || item != nil && item != "" {
			continue
		}
		if index, err := strconv.Atoi(name); err == nil && index >= 0 && index < len(current) {
			name = current[index]
		}
		names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
		removed = true
	}
	if sent || removed {
		f.setFileNames(field, names)
	}
	return nil
}
