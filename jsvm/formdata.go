package jsvm

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
)

// formData is the FormData of scripts: named values in the order they were
// added. Values are files or anything that has a text form.
type formData struct {
	entries []formEntry
}

// formEntry is one value of a form.
type formEntry struct {
	name  string
	value any
}

// Append adds a value, keeping those that the name has already. A file may be
// given another name.
func (f *formData) Append(name string, value any, fileName ...string) {
	f.entries = append(f.entries, formEntry{name, underName(value, fileName)})
}

// Set replaces all values of a name by one.
func (f *formData) Set(name string, value any, fileName ...string) {
	for i, e := range f.entries {
		if e.name == name {
			f.entries[i].value = underName(value, fileName)
			f.drop(name, i+1)
			return
		}
	}
	f.Append(name, value, fileName...)
}

// underName returns a file under another name, other values as they are.
func underName(value any, fileName []string) any {
	file, ok := value.(*filesystem.File)
	if !ok || len(fileName) == 0 {
		return value
	}
	copied := *file
	copied.OriginalName = fileName[0]
	return &copied
}

// Get returns the first value of a name, or nil.
func (f *formData) Get(name string) any {
	for _, e := range f.entries {
		if e.name == name {
			return e.value
		}
	}
	return nil
}

// GetAll returns all values of a name.
func (f *formData) GetAll(name string) []any {
	all := []any{}
	for _, e := range f.entries {
		if e.name == name {
			all = append(all, e.value)
		}
	}
	return all
}

// Has reports whether a name has a value.
func (f *formData) Has(name string) bool {
	for _, e := range f.entries {
		if e.name == name {
			return true
		}
	}
	return false
}

// Delete removes all values of a name.
func (f *formData) Delete(name string) { f.drop(name, 0) }

// Keys returns the names, each once.
func (f *formData) Keys() []string {
	keys := []string{}
	seen := map[string]bool{}
	for _, e := range f.entries {
		if !seen[e.name] {
			seen[e.name] = true
			keys = append(keys, e.name)
		}
	}
	return keys
}

// Values returns all values.
func (f *formData) Values() []any {
	values := make([]any, len(f.entries))
	for i, e := range f.entries {
		values[i] = e.value
	}
	return values
}

// Entries returns all pairs of name and value.
func (f *formData) Entries() [][]any {
	pairs := make([][]any, len(f.entries))
	for i, e := range f.entries {
		pairs[i] = []any{e.name, e.value}
	}
	return pairs
}

// drop removes the entries of a name from an index on.
func (f *formData) drop(name string, from int) {
	kept := f.entries[:from:from]
	for _, e := range f.entries[from:] {
		if e.name != name {
			kept = append(kept, e)
		}
	}
	f.entries = kept
}

// encode returns the form as a multipart body and its content type.
func (f *formData) encode() (body io.Reader, contentType string, err error) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for _, e := range f.entries {
		if err := e.writeTo(w); err != nil {
			return nil, "", fmt.Errorf("encode form field %q: %w", e.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", fmt.Errorf("encode form: %w", err)
	}
	return &buf, w.FormDataContentType(), nil
}

// writeTo adds the entry to a multipart body.
func (e formEntry) writeTo(w *multipart.Writer) error {
	file, ok := e.value.(*filesystem.File)
	if !ok {
		text, err := toText(e.value, 0)
		if err != nil {
			return err
		}
		return w.WriteField(e.name, text)
	}
	content, err := file.Reader.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	header := textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition(e.name, file.OriginalName)}}
	header.Set("Content-Type", contentTypeOf(file))
	part, err := w.CreatePart(header)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, content)
	return err
}
