package core

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// defaultTracedRuns is how many runs of handlers are kept.
const defaultTracedRuns = 1000

// The outcomes of a run.
const (
	RunOK      = "ok"      // the chain went on
	RunStopped = "stopped" // the handler ended the chain
	RunFailed  = "failed"  // the handler failed
)

// HandlerRun is one run of a handler.
type HandlerRun struct {
	// ID counts the runs since the start of the app.
	ID      int64          `json:"id"`
	Started types.DateTime `json:"started"`
	TookMs  float64        `json:"tookMs"`
	// Event is what the handler ran for: "onModelAfterCreate", "route GET /x".
	Event string `json:"event"`
	// Kind and Source tell where the handler was written.
	Kind   string `json:"kind"`
	Source string `json:"source"`
	Name   string `json:"name"`
	// Outcome is RunOK, RunStopped or RunFailed.
	Outcome string `json:"outcome"`
	// Error is the text of the error, Place its file, line and column.
	Error string `json:"error"`
	Place string `json:"place"`
	// Request is the method and path of the request, if there is one; runs of
	// one request share its RequestID.
	Request   string `json:"request"`
	RequestID int64  `json:"requestId"`
	// Subject is the "collection/id" of the record that the event is about.
	Subject string `json:"subject"`
	// Changed lists the fields of that record that the handler changed.
	Changed []string `json:"changed"`
	// Console is what the handler printed, shortened; ConsoleDropped counts the
	// lines that are not kept.
	Console        []PrintedLine `json:"console"`
	ConsoleDropped int           `json:"consoleDropped"`
}

// RunFilter selects runs. Zero members select all.
type RunFilter struct {
	// Event is the name of an event, Handler that of a handler or its source:
	// "a.pb.js:3", or "a.pb.js" for all of a file.
	Event, Handler string
	Outcome        string
	// Since and After select what started at or after a moment, and what has a
	// greater id.
	Since time.Time
	After int64
	// Limit bounds how many are returned.
	Limit int
}

func (f RunFilter) matches(r *HandlerRun) bool {
	switch {
	case f.Event != "" && f.Event != r.Event:
	case f.Outcome != "" && f.Outcome != r.Outcome:
	case f.Handler != "" && f.Handler != r.Name && f.Handler != r.Source && !strings.HasPrefix(r.Source, f.Handler+":"):
	case r.ID <= f.After || r.Started.Time().Before(f.Since):
	default:
		return true
	}
	return false
}

// Runs returns the kept runs that match, the newest first.
func Runs(app *App, f RunFilter) []HandlerRun { return app.traces.runs(f) }

// traces keeps the latest runs of handlers and their figures. It is the tracer
// of all hooks. Safe for concurrent use.
type traces struct {
	app      *App
	requests requestsByGoroutine
	printed  printedByGoroutine
	pending  sync.Pool // of *pendingRun

	mu      sync.Mutex
	ring    []tracedRun
	lastID  int64
	figures map[figureKey]*figure
	changed bool // since the figures were written
	listers []func() []ListedHandler
}

var _ hook.Tracer = (*traces)(nil)

func newTraces(app *App) *traces {
	t := &traces{app: app, figures: map[figureKey]*figure{}}
	t.pending.New = func() any { return new(pendingRun) }
	t.requests.init()
	if app.config.TracedRuns > 0 {
		t.ring = make([]tracedRun, 0, min(app.config.TracedRuns, defaultTracedRuns))
		app.Observe(t)
	}
	return t
}

// pendingRun is what is known about a run before it begins.
type pendingRun struct {
	started time.Time
	record  *models.Record
	values  models.Snapshot
	request *request
	line    int // of the request's trace
}

// HandlerRuns implements [hook.Tracer]. Parts of the server are not traced.
func (t *traces) HandlerRuns(event any, info *hook.Info) any {
	if isBuiltIn(info) {
		return nil
	}
	return t.begin(event)
}

// HandlerRan implements [hook.Tracer].
func (t *traces) HandlerRan(before, event any, info *hook.Info, took time.Duration, err error) {
	pending, ok := before.(*pendingRun)
	if !ok {
		return
	}
	t.end(pending, event, tracedRun{hook: info.Hook, source: info.Source, took: took}, err)
}

// TraceRun runs a handler that no hook knows, such as that of a route, and
// records the run. The event is "route GET /x", the source "a.pb.js:3".
func TraceRun(app *App, event, source string, handler func() error) error {
	t := app.traces
	if app.config.TracedRuns < 0 {
		return handler()
	}
	pending := t.begin(nil)
	err := handler()
	t.end(pending, nil, tracedRun{
		event: event, source: hook.Source{Kind: hook.Script, Name: source}, took: time.Since(pending.started),
	}, err)
	return err
}

func (t *traces) begin(event any) *pendingRun {
	p := t.pending.Get().(*pendingRun)
	p.started = time.Now()
	if p.record = recordOf(event); p.record != nil {
		p.values.Take(p.record)
	}
	if p.request = t.requests.here(); p.request != nil {
		p.line = p.request.open()
	}
	return p
}

// tracedRun is a run as it is kept: what can be said about it is only put into
// words when somebody asks.
type tracedRun struct {
	id                 int64
	hook, event        string // one of them
	source             hook.Source
	started            time.Time
	took               time.Duration
	stopped            bool
	failed             bool
	text, place        string
	request            string
	requestID          int64
	collection, record string
	changed            []string
	printed            Printed
}

func (r *tracedRun) eventName() string {
	if r.event != "" {
		return r.event
	}
	return "on" + r.hook
}

func (r *tracedRun) export() HandlerRun {
	run := HandlerRun{
		ID: r.id, TookMs: milliseconds(r.took), Event: r.eventName(), Kind: r.source.Kind.String(), Source: sourceName(r.source, ""),
		Name: r.source.Label, Outcome: RunOK, Error: r.text, Place: r.place, Request: r.request, RequestID: r.requestID, Changed: r.changed,
		Console: r.printed.lines, ConsoleDropped: r.printed.dropped,
	}
	run.Started, _ = types.ParseDateTime(r.started)
	switch {
	case r.failed:
		run.Outcome = RunFailed
	case r.stopped:
		run.Outcome = RunStopped
	}
	if r.collection != "" {
		run.Subject = strings.TrimSuffix(r.collection+"/"+r.record, "/")
	}
	return run
}

func (t *traces) end(p *pendingRun, event any, run tracedRun, err error) {
	run.started, run.printed = p.started, t.printed.take()
	switch {
	case err == nil:
	case errors.Is(err, hook.StopPropagation):
		run.stopped = true
	default:
		run.failed, run.text = true, err.Error()
		var placed interface{ Place() string }
		if errors.As(err, &placed) {
			run.place = placed.Place()
		}
	}
	if p.record != nil {
		run.collection, run.record = p.record.TableName(), p.record.Id
		run.changed = p.values.Changed()
		if recordOf(event) != p.record {
			run.changed = append(run.changed, "(another record)")
		}
	}
	if p.request != nil {
		run.request, run.requestID = p.request.label, p.request.id
	}
	t.keep(&run)
	switch {
	case p.request != nil:
		p.request.close(p.line, &run)
	case t.app.IsDev():
		printRun(&run)
	}
	p.values.Clear()
	p.record, p.request = nil, nil
	t.pending.Put(p)
}

func (t *traces) keep(run *tracedRun) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lastID++
	run.id = t.lastID
	if len(t.ring) < t.app.config.TracedRuns {
		t.ring = append(t.ring, *run)
	} else {
		t.ring[(run.id-1)%int64(len(t.ring))] = *run
	}
	key := figureKey{run.hook, run.event, run.source}
	f := t.figures[key]
	if f == nil {
		f = &figure{}
		t.figures[key] = f
	}
	f.Runs++
	f.Nanos += int64(run.took)
	if run.failed {
		f.Failures++
	}
	t.changed = true
}

func (t *traces) runs(f RunFilter) []HandlerRun {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := []HandlerRun{}
	n := int64(len(t.ring))
	for id := t.lastID; id > t.lastID-n && (f.Limit <= 0 || len(found) < f.Limit); id-- {
		if run := t.ring[(id-1)%n].export(); f.matches(&run) {
			found = append(found, run)
		}
	}
	return found
}

// recordFields caches where events keep their record.
var recordFields sync.Map // reflect.Type → []int

// recordOf returns the record that an event is about, nil when there is none.
func recordOf(event any) *models.Record {
	if e, ok := event.(*ModelEvent); ok {
		record, _ := e.Model.(*models.Record)
		return record
	}
	v := reflect.ValueOf(event)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	index, ok := recordFields.Load(v.Type())
	if !ok {
		var path []int
		if field, found := v.Type().Elem().FieldByName("Record"); found && field.Type == reflect.TypeFor[*models.Record]() {
			path = field.Index
		}
		index, _ = recordFields.LoadOrStore(v.Type(), path)
	}
	path := index.([]int)
	if path == nil {
		return nil
	}
	record, _ := reflect.TypeAssert[*models.Record](v.Elem().FieldByIndex(path))
	return record
}
