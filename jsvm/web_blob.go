package jsvm

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"reflect"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
)

const (
	// anyContent is the type of files that have none.
	anyContent = "application/octet-stream"
	// maxFormValues bounds the values of a form that is read: each takes much more
	// memory than its text.
	maxFormValues = 10_000
)

var errFormValues = fmt.Errorf("it has more than %d values", maxFormValues)

var fileType = reflect.TypeFor[*filesystem.File]()

// blobNatives lets blobs pass into Go code, where a file stands for them.
func blobNatives(env *environment) members {
	return members{
		"symbol": env.symbols.file,
		"file": func(call goja.FunctionCall) goja.Value {
			content := bytes.Clone(binaryOf(call.Argument(0)))
			file, err := newBlobFile(content, call.Argument(1).String(), call.Argument(2).String())
			if err != nil {
				env.throwGo(err)
			}
			return env.toJS(file)
		},
	}
}

// blobReader reads the content of a blob.
type blobReader struct {
	filesystem.BytesReader
	contentType string
}

func newBlobFile(content []byte, contentType, name string) (*filesystem.File, error) {
	file := &filesystem.File{Name: name, OriginalName: name}
	if len(content) > 0 {
		var err error
		if file, err = filesystem.NewFileFromBytes(content, name); err != nil {
			return nil, err
		}
	}
	file.Reader = &blobReader{filesystem.BytesReader{Bytes: content}, contentType}
	return file, nil
}

// blobBehind returns the blob that a file stands for.
func blobBehind(value any) (*blobReader, bool) {
	file, ok := value.(*filesystem.File)
	if !ok {
		return nil, false
	}
	blob, ok := file.Reader.(*blobReader)
	return blob, ok
}

// contentTypeOf returns the type that a form tells of a file.
func contentTypeOf(file *filesystem.File) string {
	if blob, ok := blobBehind(file); ok {
		return cmp.Or(blob.contentType, anyContent)
	}
	return anyContent
}

// blobOf returns the file that stands for a blob, nil for other objects.
func (env *environment) blobOf(obj *goja.Object) *filesystem.File {
	stands, ok := obj.GetSymbol(env.symbols.file).(*goja.Object)
	if !ok {
		return nil
	}
	if w, ok := exported(stands).(wrapper); ok {
		file, _ := w.goValue().(*filesystem.File)
		return file
	}
	return nil
}

// blobContentFunction returns the bytes of a blob.
func (env *environment) blobContentFunction() func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		file := env.blobOf(call.Argument(0).ToObject(env.vm))
		if file == nil {
			panic(env.vm.NewTypeError("expected a Blob"))
		}
		return env.bytesToJS(file.Reader.(*blobReader).Bytes)
	}
}

// decodeFormFunction makes a form of a body and its content type.
func (env *environment) decodeFormFunction() func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		form, err := decodeForm(binaryOf(call.Argument(0)), call.Argument(1).String())
		if err != nil {
			panic(env.vm.NewTypeError("The body is not a form: %v", err))
		}
		obj := env.toJS(form).(*goja.Object)
		if prototype := env.prototype("FormData"); prototype != nil {
			_ = obj.SetPrototype(prototype)
		}
		return obj
	}
}

func decodeForm(body []byte, contentType string) (*formData, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
		return nil, err
	case kind == "multipart/form-data":
		return decodeMultipart(multipart.NewReader(bytes.NewReader(body), params["boundary"]))
	case kind != "application/x-www-form-urlencoded":
		return nil, errors.New("its type is " + kind)
	}
	form := &formData{}
	for pair := range bytes.SplitSeq(body, []byte("&")) {
		if len(pair) == 0 {
			continue
		}
		if len(form.entries) >= maxFormValues {
			return nil, errFormValues
		}
		name, value, _ := bytes.Cut(pair, []byte("="))
		form.Append(decodedPart(name), decodedPart(value))
	}
	return form, nil
}

// decodedPart decodes a name or value; one that is not encoded stays as it is.
func decodedPart(text []byte) string {
	if decoded, err := url.QueryUnescape(string(text)); err == nil {
		text = []byte(decoded)
	}
	decoded, _ := decodeText(text, encodingUTF8, false)
	return decoded
}

func decodeMultipart(reader *multipart.Reader) (*formData, error) {
	form := &formData{}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err == nil && len(form.entries) >= maxFormValues {
			err = errFormValues
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if part.FileName() == "" {
			text, _ := decodeText(content, encodingUTF8, false)
			form.Append(part.FormName(), text)
			continue
		}
		file, err := newBlobFile(content, part.Header.Get("Content-Type"), part.FileName())
		if err != nil {
			return nil, err
		}
		form.Append(part.FormName(), file)
	}
}
