package web_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/web"
)

func request(contentType, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return r
}

func TestBodyMap(t *testing.T) {
	t.Parallel()
	multipart := "--x\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n7\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"@jsonPayload\"\r\n\r\n{\"deep\":{\"a\":1}}\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\nbody\r\n--x--\r\n"
	for name, tc := range map[string]struct {
		contentType, body string
		want              map[string]any
		fails             bool
	}{
		"json":            {"application/json; charset=utf-8", `{"a":1,"b":[true]} trailing`, map[string]any{"a": 1.0, "b": []any{true}}, false},
		"json null":       {"application/json", `null`, map[string]any{}, false},
		"json array":      {"application/json", `[1]`, nil, true},
		"json broken":     {"application/json", `{"a"`, nil, true},
		"empty":           {"application/json", ``, map[string]any{}, false},
		"form":            {"application/x-www-form-urlencoded", `a=1&b=x&b=2&c=007&d=true&e=1e5`, map[string]any{"a": 1.0, "b": []any{"x", 2.0}, "c": "007", "d": true, "e": "1e5"}, false},
		"form payload":    {"application/x-www-form-urlencoded", `a=1&@jsonPayload={"c":"x"}&@jsonPayload=broken`, map[string]any{"a": 1.0, "c": "x"}, false},
		"multipart":       {"multipart/form-data; boundary=x", multipart, map[string]any{"n": 7.0, "deep": map[string]any{"a": 1.0}}, false},
		"multipart cut":   {"multipart/form-data; boundary=x", "--x", nil, true},
		"other type":      {"text/plain", `a`, nil, true},
		"no content type": {"", `{}`, nil, true},
	} {
		r := request(tc.contentType, tc.body)
		for range 2 { // the body stays readable
			got, err := web.BodyMap(r)
			if (err != nil) != tc.fails {
				t.Fatalf("%s: error %v", name, err)
			}
			if !tc.fails && !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%s: got %#v, want %#v", name, got, tc.want)
			}
		}
	}
}

func TestReplayableBody(t *testing.T) {
	t.Parallel()
	r := request("text/plain", strings.Repeat("abc", 50_000))
	web.MakeReplayable(r)
	half := make([]byte, 10)
	if _, err := io.ReadFull(r.Body, half); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		raw, err := web.ReadBody(r)
		if err != nil || len(raw) != 150_000 {
			t.Fatalf("ReadBody: %d bytes, %v", len(raw), err)
		}
		again, err := io.ReadAll(r.Body)
		if err != nil || len(again) != 150_000 {
			t.Fatalf("ReadAll: %d bytes, %v", len(again), err)
		}
	}
}

func TestBodyTooLarge(t *testing.T) {
	t.Parallel()
	for _, announced := range []int64{-1, web.MaxBody + 1} {
		r := httptest.NewRequest(http.MethodPost, "/", io.LimitReader(zeroes{}, web.MaxBody+1))
		r.ContentLength = announced
		r.Header.Set("Content-Type", "application/json")
		_, err := web.BodyMap(r)
		var apiErr *web.ApiError
		if !errors.As(err, &apiErr) || apiErr.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("announced %d: %v", announced, err)
		}
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func FuzzBodyMap(f *testing.F) {
	f.Add("application/json", `{"a":{"b":[1,null,"x"]}}`)
	f.Add("application/json", `{"a":`)
	f.Add("application/x-www-form-urlencoded", "a=1&a=2&@jsonPayload=%7B%22x%22:1%7D")
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--")
	f.Add("multipart/form-data", "--x")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		data, err := web.BodyMap(request(contentType, body))
		if err == nil && data == nil {
			t.Fatal("no data and no error")
		}
	})
}
