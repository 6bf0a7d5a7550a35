package jsvm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"

	"github.com/dop251/goja"
)

const (
	// maxFetchBody bounds the body of an answer to fetch.
	maxFetchBody = 64 << 20
	// fetchChunk is how much of an answer a stream reads at once.
	fetchChunk = 64 << 10
	// maxRedirects bounds how many redirects fetch follows.
	maxRedirects = 20
)

// The redirect modes of fetch.
const (
	redirectManual = "manual"
	redirectError  = "error"
)

// fetchNatives are the parts of fetch that are not script.
func fetchNatives(env *environment) members {
	return members{
		"isForm": func(call goja.FunctionCall) goja.Value {
			_, ok := env.formOf(call.Argument(0))
			return env.vm.ToValue(ok)
		},
		"encodeForm": func(call goja.FunctionCall) goja.Value {
			form, _ := env.formOf(call.Argument(0))
			content, contentType, err := encodeForm(form)
			if err != nil {
				env.throwGo(err)
			}
			result := env.vm.NewObject()
			_ = result.Set("content", env.bytesToJS(content))
			_ = result.Set("type", contentType)
			return result
		},
		"decodeForm": env.decodeFormFunction(),
		"content":    env.blobContentFunction(),
		"send":       env.fetch,
	}
}

func (env *environment) formOf(v goja.Value) (*formData, bool) {
	obj, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	w, ok := exported(obj).(wrapper)
	if !ok {
		return nil, false
	}
	form, ok := w.goValue().(*formData)
	return form, ok
}

func encodeForm(form *formData) (content []byte, contentType string, err error) {
	body, contentType, err := form.encode()
	if err != nil {
		return nil, "", err
	}
	content, err = io.ReadAll(body)
	return content, contentType, err
}

// bytesToJS returns a Uint8Array with the bytes.
func (env *environment) bytesToJS(b []byte) goja.Value {
	array, err := env.vm.New(env.vm.Get("Uint8Array"), env.vm.ToValue(env.vm.NewArrayBuffer(b)))
	if err != nil {
		panic(err)
	}
	return array
}

// exchange is one request of fetch.
type exchange struct {
	env      *environment
	request  *http.Request
	cancel   context.CancelFunc
	redirect string
	// redirected tells that the answer is not that of the first URL.
	redirected bool
	// resolve and reject are the functions of the script.
	resolve, reject goja.Callable
}

// fetch starts a request and returns the function that cancels it. Its arguments
// are the method, the URL, the pairs of headers, the body or null, the redirect
// mode, and the functions for the answer and for an error.
func (env *environment) fetch(call goja.FunctionCall) goja.Value {
	if env.quiet() || !env.running() {
		return env.native("cancel", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	}
	l := env.loop()
	ctx, cancel := context.WithCancel(l.ctx)
	x := &exchange{
		env: env, cancel: cancel, redirect: call.Argument(4).String(),
		resolve: env.callable(call, 5), reject: env.callable(call, 6),
	}
	var err error
	if x.request, err = env.fetchRequest(ctx, call); err == nil {
		err = l.start(x.send)
	}
	if err != nil {
		cancel()
		if _, err := x.reject(goja.Undefined(), env.vm.ToValue(err.Error())); err != nil {
			panic(err)
		}
	}
	return env.native("cancel", 0, func(goja.FunctionCall) goja.Value { cancel(); return goja.Undefined() })
}

func (env *environment) fetchRequest(ctx context.Context, call goja.FunctionCall) (*http.Request, error) {
	var body io.Reader
	if content := call.Argument(3); !goja.IsNull(content) {
		body = bytes.NewReader(binaryOf(content))
	}
	url := call.Argument(1).String()
	request, err := http.NewRequestWithContext(ctx, call.Argument(0).String(), url, body)
	if err != nil {
		return nil, err
	}
	if request.URL.Scheme != "http" && request.URL.Scheme != "https" {
		return nil, fmt.Errorf("fetch: the scheme %q is not supported", request.URL.Scheme)
	}
	if user := request.URL.User; user != nil {
		return nil, errors.New("fetch: the URL must not contain a user name")
	}
	env.vm.ForOf(call.Argument(2), func(pair goja.Value) bool {
		obj := pair.ToObject(env.vm)
		name, value := obj.Get("0").String(), obj.Get("1").String()
		if strings.EqualFold(name, "Host") {
			request.Host = value
		} else {
			request.Header.Add(name, value)
		}
		return true
	})
	return request, nil
}

// send makes the request, on a goroutine of its own, up to the headers of the answer.
func (x *exchange) send(context.Context) func() error {
	client := *x.env.cfg.client()
	client.CheckRedirect = x.checkRedirect
	answer, err := client.Do(x.request) //nolint:bodyclose // read by the script, else closed with the context
	return func() error {
		if err != nil {
			x.cancel()
			return x.fail(err, x.reject)
		}
		return x.answer(answer)
	}
}

func (x *exchange) checkRedirect(_ *http.Request, via []*http.Request) error {
	switch {
	case x.redirect == redirectManual:
		return http.ErrUseLastResponse
	case x.redirect == redirectError:
		return errors.New("the server answered with a redirect")
	case len(via) >= maxRedirects:
		return errors.New("too many redirects")
	}
	x.redirected = true
	return nil
}

func (x *exchange) fail(err error, reject goja.Callable) error {
	_, err = reject(goja.Undefined(), x.env.vm.ToValue("fetch failed: "+err.Error()))
	return err
}

// answer hands the headers of the answer to the script, and a function that
// reads the body.
func (x *exchange) answer(answer *http.Response) error {
	vm := x.env.vm
	var pairs []any
	for name, values := range answer.Header {
		for _, value := range values {
			pairs = append(pairs, vm.NewArray(name, value))
		}
	}
	sort.Slice(pairs, func(i, j int) bool {
		return pairs[i].(*goja.Object).Get("0").String() < pairs[j].(*goja.Object).Get("0").String()
	})
	_, statusText, _ := strings.Cut(answer.Status, " ")
	reads := make([]goja.Value, 0, 2)
	for _, read := range []func(*http.Response) ([]byte, error){x.readAll, x.readNext} {
		reads = append(reads, x.env.native("read", 2, func(call goja.FunctionCall) goja.Value {
			return x.read(func() ([]byte, error) { return read(answer) }, x.env.callable(call, 0), x.env.callable(call, 1))
		}))
	}
	_, err := x.resolve(goja.Undefined(), vm.ToValue(answer.StatusCode), vm.ToValue(statusText),
		vm.ToValue(answer.Request.URL.String()), vm.ToValue(x.redirected), vm.NewArray(pairs...), reads[0], reads[1])
	return err
}

// read reads of the body of the answer beside the script.
func (x *exchange) read(read func() ([]byte, error), resolve, reject goja.Callable) goja.Value {
	err := x.env.loop().start(func(context.Context) func() error {
		content, err := read()
		return func() error {
			if err != nil {
				return x.fail(err, reject)
			}
			if content == nil {
				_, err := resolve(goja.Undefined(), goja.Null())
				return err
			}
			_, err := resolve(goja.Undefined(), x.env.vm.ToValue(x.env.vm.NewArrayBuffer(content)))
			return err
		}
	})
	if err != nil {
		if _, err := reject(goja.Undefined(), x.env.vm.ToValue(err.Error())); err != nil {
			panic(err)
		}
	}
	return goja.Undefined()
}

// readAll reads the whole body.
func (x *exchange) readAll(answer *http.Response) ([]byte, error) {
	defer x.cancel()
	return readBounded(answer.Body, maxFetchBody)
}

// readNext reads some of the body, nil at its end.
func (x *exchange) readNext(answer *http.Response) ([]byte, error) {
	chunk := make([]byte, fetchChunk)
	for {
		n, err := answer.Body.Read(chunk)
		switch {
		case n > 0:
			return bytes.Clone(chunk[:n]), nil
		case errors.Is(err, io.EOF):
			x.cancel()
			return nil, answer.Body.Close()
		case err != nil:
			x.cancel()
			return nil, err
		}
	}
}

// readBounded reads a body and closes it. More than limit bytes are an error.
func readBounded(body io.ReadCloser, limit int64) ([]byte, error) {
	defer func() { _ = body.Close() }()
	content, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("the body is larger than %d MiB", limit>>20)
	}
	return content, nil
}
