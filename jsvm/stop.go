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
	errSelfCalls    = errors.New("script stopped: scripts make too many requests to their own server, they may ask in a circle")
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

// Unavailable implements [web.Unavailable].
func (e *stopError) Unavailable() *web.ApiError {
	return web.NewApiError(http.StatusServiceUnavailable, web.Sentence(e.cause.Error()), nil)
}

var _ web.Unavailable = (*stopError)(nil)
