// Package web holds the error type that every HTTP answer of the API is made from.
//
// It is a leaf: it knows status codes, messages and field errors, but neither the
// router nor the application.
package web

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

// Texts used when an error is created without a message of its own.
const (
	TextBadRequest   = "Something went wrong while processing your request."
	TextUnauthorized = "Missing or invalid authentication token."
	TextForbidden    = "You are not allowed to perform this request."
	TextNotFound     = "The requested resource wasn't found."
)

const (
	codeInvalidValue = "validation_invalid_value"
	textInvalidValue = "Invalid value."
)

// ApiError is an error that a client may see as it is.
//
// The exported fields are the JSON answer. They may be changed until the answer
// is written; an ApiError is not safe for concurrent changes.
type ApiError struct {
	Code    int            `json:"code"`
	Message string         `json:"message"`
	Data    map[string]any `json:"data"`

	rawData any
}

var _ error = (*ApiError)(nil)

// Error returns the message.
func (e *ApiError) Error() string { return e.Message }

// RawData returns the data the error was created with, before it was reduced to
// what a client may see. It is meant for logs.
func (e *ApiError) RawData() any { return e.rawData }

// Unwrap returns the raw data when that is an error, so that errors.Is and
// errors.As reach the cause.
func (e *ApiError) Unwrap() error {
	err, _ := e.rawData.(error)
	return err
}

// NewApiError returns an error with the given status. The message is turned into
// a sentence; of data only field errors are shown to clients, in the form
// {"field": {"code", "message"}}, nested like the data itself.
func NewApiError(status int, message string, data any) *ApiError {
	return &ApiError{
		Code:    status,
		Message: Sentence(message),
		Data:    publicData(data),
		rawData: data,
	}
}

// NewBadRequestError returns a 400 error, with a generic text if message is empty.
func NewBadRequestError(message string, data any) *ApiError {
	return NewApiError(http.StatusBadRequest, orDefault(message, TextBadRequest), data)
}

// NewUnauthorizedError returns a 401 error, with a generic text if message is empty.
func NewUnauthorizedError(message string, data any) *ApiError {
	return NewApiError(http.StatusUnauthorized, orDefault(message, TextUnauthorized), data)
}

// NewForbiddenError returns a 403 error, with a generic text if message is empty.
func NewForbiddenError(message string, data any) *ApiError {
	return NewApiError(http.StatusForbidden, orDefault(message, TextForbidden), data)
}

// NewNotFoundError returns a 404 error, with a generic text if message is empty.
func NewNotFoundError(message string, data any) *ApiError {
	return NewApiError(http.StatusNotFound, orDefault(message, TextNotFound), data)
}

// Sentence trims text, raises its first letter and closes it with a full stop
// unless it already ends with one, a question or an exclamation mark.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	switch text[len(text)-1] {
	case '.', '?', '!':
		return text
	}
	return text + "."
}

func orDefault(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// Unavailable is an error that decides the answer to a request wherever it comes
// from: nobody on its way makes another error of it.
type Unavailable interface {
	error
	// Unavailable returns the answer.
	Unavailable() *ApiError
}

// maxDataDepth bounds the nesting of data in errors.
const maxDataDepth = 32

// publicData reduces data to the part that clients may see. It never returns nil.
func publicData(data any) map[string]any { return publicLevel(data, 0) }

func publicLevel(data any, depth int) map[string]any {
	switch v := data.(type) {
	case nil:
	case validation.Errors:
		return publicMap(v, depth)
	case map[string]error:
		return publicMap(v, depth)
	case map[string]validation.Error:
		return publicMap(v, depth)
	case map[string]any:
		return publicMap(v, depth)
	case map[string]string:
		return publicMap(v, depth)
	}
	return map[string]any{}
}

func publicMap[V any](in map[string]V, depth int) map[string]any {
	out := make(map[string]any, len(in))
	if depth >= maxDataDepth {
		return out
	}
	for key, value := range in {
		out[key] = publicValue(value, depth+1)
	}
	return out
}

func publicValue(value any, depth int) any {
	switch v := value.(type) {
	case validation.Errors, map[string]error, map[string]validation.Error, map[string]any:
		return publicLevel(v, depth)
	case map[any]any:
		out := make(map[string]any, len(v))
		for key, item := range v {
			out[fmt.Sprint(key)] = publicValue(item, depth+1)
		}
		return out
	case validation.Error:
		return fieldError(v.Code(), v.Error())
	}
	return fieldError(codeInvalidValue, textInvalidValue)
}

func fieldError(code, message string) map[string]any {
	return map[string]any{"code": code, "message": Sentence(message)}
}
