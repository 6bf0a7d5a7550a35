package core

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

const (
	// maxPrintedLines and maxPrintedText bound what a trace keeps of the lines
	// that a handler prints: their number, and the length of each in bytes.
	maxPrintedLines, maxPrintedText = 20, 500
)

// PrintedLine is a line that a handler printed.
type PrintedLine struct {
	// Level is the name of the console method: log, info, debug, warn or error.
	Level string `json:"level"`
	Text  string `json:"text"`
}

// Printed collects what one run of a handler prints, up to a bound. The zero
// value is empty.
type Printed struct {
	lines   []PrintedLine
	dropped int
}

// Add adds a line. A long one is shortened, lines beyond the bound are counted.
func (p *Printed) Add(level, text string) {
	if len(p.lines) >= maxPrintedLines {
		p.dropped++
		return
	}
	if len(text) > maxPrintedText {
		text = strings.ToValidUTF8(text[:maxPrintedText], "") + "…"
	}
	p.lines = append(p.lines, PrintedLine{level, text})
}

// IsEmpty reports whether nothing was printed.
func (p *Printed) IsEmpty() bool { return len(p.lines) == 0 }

// TracePrinted gives the run of a handler that is about to end on the calling
// goroutine what it has printed.
func TracePrinted(app *App, p Printed) {
	if app.config.TracedRuns >= 0 && !p.IsEmpty() {
		app.traces.printed.put(p)
	}
}

// printedByGoroutine keeps what runs printed until their trace is written, which
// happens next on the same goroutine. Safe for concurrent use.
type printedByGoroutine struct {
	waiting atomic.Int32
	mu      sync.Mutex
	runs    map[uintptr]Printed
}

func (b *printedByGoroutine) put(p Printed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.runs == nil {
		b.runs = map[uintptr]Printed{}
	}
	b.runs[goroutine.Self()] = p
	b.waiting.Store(int32(len(b.runs)))
}

// take costs next to nothing while nobody prints.
func (b *printedByGoroutine) take() (p Printed) {
	if b.waiting.Load() == 0 {
		return p
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	id := goroutine.Self()
	p = b.runs[id]
	delete(b.runs, id)
	b.waiting.Store(int32(len(b.runs)))
	return p
}
