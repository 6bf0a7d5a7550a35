package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

const (
	// MaxBody is the largest body, in bytes, that is held in memory: JSON and
	// url-encoded bodies above it are refused. Larger parts of multipart bodies
	// are kept in temporary files.
	MaxBody = 32 << 20

	// JSONPayloadKey names the form values whose JSON content is merged into the data.
	JSONPayloadKey = "@jsonPayload"

	maxChunk = 32 << 10

	mediaJSON      = "application/json"
	mediaForm      = "application/x-www-form-urlencoded"
	mediaMultipart = "multipart/form-data"
)

var errUnsupportedMedia = errors.New("unsupported content type")

// NewBodyTooLargeError returns the 413 error that names the limit.
func NewBodyTooLargeError() *ApiError {
	return NewApiError(http.StatusRequestEntityTooLarge,
		fmt.Sprintf("The request body exceeds the limit of %d bytes.", MaxBody), nil)
}

// MakeReplayable lets the body of the request be read several times, each time
// from the start once the reader before has seen its end. Multipart bodies are
// left alone: their parsed form is kept by the request. Bodies above [MaxBody]
// pass through once.
func MakeReplayable(r *http.Request) {
	if r.Body == nil || r.Body == http.NoBody || IsMultipart(r) {
		return
	}
	if _, ok := r.Body.(*replayBody); !ok {
		r.Body = &replayBody{src: r.Body}
	}
}

// ReadBody returns the whole body and leaves it readable again. The bytes must
// not be changed. It fails with a 413 [ApiError] above [MaxBody].
func ReadBody(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > MaxBody {
		return nil, NewBodyTooLargeError()
	}
	body, ok := r.Body.(*replayBody)
	if !ok {
		body = &replayBody{src: r.Body}
		r.Body = body
	}
	if err := body.fill(r.ContentLength); err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if body.overflow {
		return nil, NewBodyTooLargeError()
	}
	return body.seen, nil
}

// DecodeJSON decodes the first JSON value of the body into the target. What
// follows it is ignored.
func DecodeJSON(r *http.Request, target any) error {
	raw, err := ReadBody(r)
	if err != nil {
		return err
	}
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(target); err != nil {
		return fmt.Errorf("decode JSON body: %w", err)
	}
	return nil
}

// BodyMap returns a JSON, url-encoded or multipart body as a map. Form values
// that read like a boolean or a number become one, repeated ones a list, and
// JSON payloads are merged in. No body is an empty map. Uploaded files are not
// part of it.
func BodyMap(r *http.Request) (map[string]any, error) {
	data := map[string]any{}
	if r.ContentLength == 0 {
		return data, nil
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), mediaJSON) {
		err := DecodeJSON(r, &data)
		if data == nil {
			data = map[string]any{}
		}
		return data, err
	}
	values, err := FormValues(r)
	if err != nil {
		return data, err
	}
	for key, list := range values {
		if key == JSONPayloadKey {
			mergePayloads(data, list)
			continue
		}
		if len(list) == 1 {
			data[key] = typed(list[0])
			continue
		}
		items := make([]any, len(list))
		for i, item := range list {
			items[i] = typed(item)
		}
		data[key] = items
	}
	return data, nil
}

// FormValues returns the values of a url-encoded or multipart body. It fails
// for any other content type and for malformed content.
func FormValues(r *http.Request) (map[string][]string, error) {
	switch {
	case IsMultipart(r):
		if err := r.ParseMultipartForm(MaxBody); err != nil { //nolint:gosec // what is larger goes to temporary files
			// What is left of the body would pass for an empty form next time.
			r.Body = brokenBody{err}
			return nil, fmt.Errorf("parse multipart body: %w", err)
		}
		return r.MultipartForm.Value, nil
	case mediaType(r) == mediaForm:
		MakeReplayable(r)
		if err := r.ParseForm(); err != nil {
			return nil, fmt.Errorf("parse form body: %w", err)
		}
		return r.PostForm, nil
	}
	return nil, errUnsupportedMedia
}

// IsMultipart reports whether the body is a multipart form.
func IsMultipart(r *http.Request) bool { return mediaType(r) == mediaMultipart }

// IsJSON reports whether the content type is exactly that of JSON, apart from parameters.
func IsJSON(r *http.Request) bool { return mediaType(r) == mediaJSON }

func mediaType(r *http.Request) string {
	name, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.TrimSpace(name)
}

// mergePayloads ignores payloads that are not JSON objects.
func mergePayloads(data map[string]any, payloads []string) {
	for _, payload := range payloads {
		var extra map[string]any
		if json.Unmarshal([]byte(payload), &extra) == nil {
			maps.Copy(data, extra)
		}
	}
}

// typed turns form text into the boolean or number that it spells canonically.
func typed(text string) any {
	switch text {
	case "true":
		return true
	case "false":
		return false
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil &&
		strconv.FormatFloat(number, 'f', -1, 64) == text {
		return number
	}
	return text
}

// brokenBody repeats the error of a body that could not be parsed.
type brokenBody struct{ err error }

func (b brokenBody) Read([]byte) (int, error) { return 0, b.err }
func (b brokenBody) Close() error             { return nil }

// replayBody keeps what was read so that it can be read again.
type replayBody struct {
	src      io.ReadCloser
	seen     []byte
	pos      int
	done     bool // src is read to its end
	overflow bool // more than MaxBody bytes: seen is no longer kept
}

// Read implements io.Reader. After io.EOF the next call starts over.
func (b *replayBody) Read(p []byte) (int, error) {
	if b.pos < len(b.seen) {
		n := copy(p, b.seen[b.pos:])
		b.pos += n
		return n, nil
	}
	if b.done {
		b.pos = 0
		return 0, io.EOF
	}
	n, err := b.src.Read(p)
	if !b.overflow && len(b.seen)+n > MaxBody {
		b.overflow, b.seen, b.pos = true, nil, 0
	}
	if !b.overflow {
		b.seen = append(b.seen, p[:n]...)
		b.pos = len(b.seen)
	}
	if errors.Is(err, io.EOF) {
		b.done = true
		if n > 0 {
			return n, nil
		}
		b.pos = 0
	}
	return n, err
}

// Close implements io.Closer. The server closes the connection's body itself;
// what was read stays readable until the request ends.
func (b *replayBody) Close() error { return nil }

// fill reads the rest and rewinds. It stops early when the body is too large.
// The announced length only sizes the buffers; it is not trusted.
func (b *replayBody) fill(announced int64) error {
	if b.done || b.overflow {
		b.pos = 0
		return nil
	}
	size := int64(maxChunk)
	if announced > 0 && announced < size {
		size = announced + 1
	}
	chunk := make([]byte, size)
	for !b.done && !b.overflow {
		b.pos = len(b.seen)
		if _, err := b.Read(chunk); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	b.pos = 0
	return nil
}
