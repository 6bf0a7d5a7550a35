package jsvm

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// sendTimeout bounds $http.send when the script names no time.
	sendTimeout = 120 * time.Second
	// maxSendBody bounds the answer to $http.send.
	maxSendBody = 128 << 20
)

// httpNamespace is requests to other servers.
var httpNamespace = namespace{
	Name:       "$http",
	Doc:        "Requests to other servers.",
	Migrations: true,
	Bind:       func(env *environment) members { return members{"send": env.send} },
}

// httpRequest is the argument of $http.send.
type httpRequest struct {
	URL     string
	Method  string
	Body    any // text, FormData or Blob
	Data    any // JSON body, the older name
	Headers map[string]string
	Timeout float64 // seconds
}

// httpResponse is the result of $http.send, plain data for the script.
type httpResponse struct {
	StatusCode int
	Headers    map[string][]string
	Cookies    map[string]*http.Cookie
	Raw        string
	JSON       any // nil when the body is not JSON
}

// send makes one request and reads the whole answer. Statuses are never errors;
// it ends with the running call.
func (env *environment) send(config httpRequest) (*httpResponse, error) {
	ctx, cancel := env.within(config.Timeout, sendTimeout)
	defer cancel()
	body, contentType, err := config.payload()
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, strings.ToUpper(config.Method), config.URL, body)
	if err != nil {
		return nil, err
	}
	config.setHeaders(req, contentType)
	res, err := env.cfg.client().Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	return readResponse(res)
}

// payload returns the body and the content type that goes with it.
func (r httpRequest) payload() (body io.Reader, contentType string, err error) {
	const fallback = "application/json"
	if blob, ok := blobBehind(r.Body); ok {
		return bytes.NewReader(blob.Bytes), cmp.Or(blob.contentType, anyContent), nil
	}
	switch content := r.Body.(type) {
	case *formData:
		return content.encode()
	case nil:
	default:
		text, err := toText(content, 0)
		if err != nil || text != "" {
			return strings.NewReader(text), fallback, err
		}
	}
	if r.Data == nil {
		return nil, fallback, nil
	}
	text, err := json.Marshal(r.Data)
	return strings.NewReader(string(text)), fallback, err
}

// setHeaders applies the headers of the script. Only multipart bodies keep
// their own content type, because it names the boundary.
func (r httpRequest) setHeaders(req *http.Request, contentType string) {
	for name, value := range r.Headers {
		req.Header.Set(name, value)
		if strings.EqualFold(name, "Host") {
			req.Host = value
		}
	}
	if _, isForm := r.Body.(*formData); isForm || req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", contentType)
	}
}

// readResponse copies an answer into plain data.
func readResponse(res *http.Response) (*httpResponse, error) {
	raw, err := readBounded(res.Body, maxSendBody)
	if err != nil {
		return nil, err
	}
	out := &httpResponse{
		StatusCode: res.StatusCode,
		Headers:    map[string][]string(res.Header),
		Cookies:    map[string]*http.Cookie{},
		Raw:        string(raw),
	}
	for _, c := range res.Cookies() {
		out.Cookies[c.Name] = c
	}
	if json.Unmarshal(raw, &out.JSON) != nil {
		out.JSON = nil
	}
	return out, nil
}
