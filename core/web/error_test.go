package web_test

import (
	"encoding/json"
	"errors"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/web"
)

func TestSentence(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":               "",
		"  ":             "",
		"failed to save": "Failed to save.",
		"Done!":          "Done!",
		"really?":        "Really?",
		"ends.":          "Ends.",
		" élan ":         "Élan.",
	} {
		if got := web.Sentence(in); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestApiErrorJSON(t *testing.T) {
	t.Parallel()
	nested := validation.Errors{
		"name":  validation.NewError("too_short", "is short"),
		"other": errors.New("UNIQUE constraint failed"),
		"meta":  validation.Errors{"appName": validation.NewError("x", "y.")},
	}
	for name, tc := range map[string]struct {
		err  *web.ApiError
		want string
	}{
		"plain":            {web.NewApiError(418, "test", nil), `{"code":418,"message":"Test.","data":{}}`},
		"default 400":      {web.NewBadRequestError("", nil), `{"code":400,"message":"Something went wrong while processing your request.","data":{}}`},
		"default 401":      {web.NewUnauthorizedError("", nil), `{"code":401,"message":"Missing or invalid authentication token.","data":{}}`},
		"default 403":      {web.NewForbiddenError("", nil), `{"code":403,"message":"You are not allowed to perform this request.","data":{}}`},
		"default 404":      {web.NewNotFoundError("", nil), `{"code":404,"message":"The requested resource wasn't found.","data":{}}`},
		"error is not fed": {web.NewBadRequestError("a", errors.New("secret")), `{"code":400,"message":"A.","data":{}}`},
		"nested": {
			web.NewBadRequestError("a", nested),
			`{"code":400,"message":"A.","data":{"meta":{"appName":{"code":"x","message":"Y."}},"name":{"code":"too_short","message":"Is short."},"other":{"code":"validation_invalid_value","message":"Invalid value."}}}`,
		},
		"script data": {
			web.NewBadRequestError("a", map[string]any{"list": []any{1}, "nul": nil, "sub": map[string]any{"k": "v"}}),
			`{"code":400,"message":"A.","data":{"list":{"code":"validation_invalid_value","message":"Invalid value."},"nul":{"code":"validation_invalid_value","message":"Invalid value."},"sub":{"k":{"code":"validation_invalid_value","message":"Invalid value."}}}}`,
		},
	} {
		raw, err := json.Marshal(tc.err)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if string(raw) != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", name, raw, tc.want)
		}
	}
}

func TestApiErrorUnwrap(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	if err := web.NewBadRequestError("a", cause); !errors.Is(err, cause) || err.RawData() != any(cause) {
		t.Error("the raw data must be reachable")
	}
	if err := web.NewBadRequestError("a", "text"); errors.Unwrap(err) != nil {
		t.Error("text is not a cause")
	}
}
