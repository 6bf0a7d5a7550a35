package jsvm

import (
	"errors"
	"net/http"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// Why a call is stopped.
var (
	errScriptTime   = errors.New("script stopped: it ran longer than its time limit")
	errScriptMemory = errors.New("script stopped: too much memory was in use")
	errScriptDepth  = errors.New("script stopped: too much recursion")
	errScriptCircle = errors.New("script stopped: hooks call each other too deeply, they may write in a circle")
	// errBusy is what a call gets that waited too long for a runtime.
	errBusy = errors.New("scripts are busy: no runtime became free in time")
)

// stopError is the end of a call that exceeded a limit. No script can catch it
// in the call that it ends. Clients get 503 and the reason; the log has the place.
type stopError struct {
	// cause is one of the reasons above.
	cause error
	// place is " at file:line" in the author's file, or empty.
	place string
}

func (e *stopError) Error() string { return e.cause.Error() + e.place }

func (e *stopError) Unwrap() error { return e.cause }

// As makes an API error of the stop, for whoever asks the chain for one.
func (e *stopError) As(target any) bool {
	apiErr, ok := target.(**web.ApiError)
	if ok {
		*apiErr = web.NewApiError(http.StatusServiceUnavailable, web.Sentence(e.cause.Error()), nil)
	}
	return ok
}

// isStop reports whether a call ended because it exceeded a limit.
func isStop(err error) bool {
	var stop *stopError
	return errors.As(err, &stop)
}
