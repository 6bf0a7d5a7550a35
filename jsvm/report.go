package jsvm

import (
	"errors"
	"fmt"
	"sync"

	"github.com/tackleboxdev/tacklebox/core/hook"
)

// maxPrinted bounds how many errors a generation prints.
const maxPrinted = 100

// report logs what the answer to the client does not show: errors that are not
// meant for it, with their place.
func (h *handler) report(err error) {
	if err == nil || errors.Is(err, hook.StopPropagation) {
		return
	}
	var thrown *scriptError
	isThrown := errors.As(err, &thrown)
	if isThrown && (thrown.cause != nil || thrown.reported.Swap(true)) {
		return // meant for the client, or passed on by a handler that reported it
	}
	attrs := []any{"error", err.Error(), "handler", h.source().Name, "kind", string(h.kind)}
	if isThrown && thrown.frames != "" {
		attrs = append(attrs, "stack", thrown.frames)
	}
	h.gen.host.app.Logger().Error("script error: "+err.Error(), attrs...)
	h.gen.printed.once(h.gen.host, err)
}

// printedErrors are the errors of handlers that a generation has printed. An author
// sees each one after a save, and requests cannot flood the console. Safe for
// concurrent use.
type printedErrors struct {
	mu    sync.Mutex
	texts map[string]bool
}

// once prints an error that has not been printed before. In dev mode the logger
// prints all of them, and tests show their own.
func (p *printedErrors) once(h *host, err error) {
	if h.app.IsDev() || h.cfg.bench != nil {
		return
	}
	text := reason(err)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.texts[text] || len(p.texts) >= maxPrinted {
		return
	}
	if p.texts == nil {
		p.texts = map[string]bool{}
	}
	p.texts[text] = true
	fmt.Fprintln(h.output(), "Script error:", text)
}
