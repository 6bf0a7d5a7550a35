package core

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fatih/color"
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// maxTraceLines bounds the trace of one request, such as a realtime connection.
const maxTraceLines = 200

// request is one that is being answered. Its runs are only kept in dev mode.
type request struct {
	id      int64
	label   string
	started time.Time
	outer   *request
	isDev   bool

	mu    sync.Mutex
	depth int
	lines []traceLine
}

type traceLine struct {
	depth int
	run   HandlerRun
}

// open reserves the line of a run that begins.
func (r *request) open() int {
	if !r.isDev {
		return -1
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.depth++
	if len(r.lines) >= maxTraceLines {
		return -1
	}
	r.lines = append(r.lines, traceLine{depth: r.depth - 1})
	return len(r.lines) - 1
}

func (r *request) close(line int, run *tracedRun) {
	if !r.isDev {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.depth--
	if line >= 0 {
		r.lines[line].run = run.export()
	}
}

// BeginRequest tells that the calling goroutine answers a request from now on.
// It must be followed by EndRequest on the same goroutine.
func BeginRequest(app *App, c *echo.Context) {
	t := app.traces
	t.requests.enter(&request{
		id: t.requests.lastID.Add(1), label: c.Request().Method + " " + c.Request().URL.Path,
		started: time.Now(), isDev: app.IsDev(),
	})
}

// EndRequest ends what BeginRequest began. In dev mode it prints which handlers
// ran for the request and what they did.
func EndRequest(app *App, c *echo.Context, failure error) {
	r := app.traces.requests.leave()
	if r == nil || !r.isDev {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.lines) == 0 {
		return // nothing of the author's ran
	}
	_, _ = fmt.Fprint(color.Output, r.text(answeredStatus(c, failure))) // a console that is gone
}

// printRun shows a run that belongs to no request, such as that of a job.
func printRun(r *tracedRun) {
	run := r.export()
	_, _ = fmt.Fprintln(color.Output, runText(&run)) // a console that is gone
}

func answeredStatus(c *echo.Context, failure error) int {
	if response, err := echo.UnwrapResponse(c.Response()); err == nil && (response.Committed || failure == nil) {
		return response.Status
	}
	if answer, ok := errors.AsType[*web.ApiError](failure); ok {
		return answer.Code
	}
	return http.StatusBadRequest
}

// text is the trace of the request as a tree.
func (r *request) text(status int) string {
	var b strings.Builder
	paint := color.GreenString
	if status >= http.StatusBadRequest {
		paint = color.RedString
	}
	fmt.Fprintf(&b, "%s %s %.2f ms\n", r.label, paint("%d", status), milliseconds(time.Since(r.started)))
	for i, line := range r.lines {
		branch := "├─"
		if i == len(r.lines)-1 {
			branch = "└─"
		}
		fmt.Fprintf(&b, "%s%s %s\n", branch, strings.Repeat("  ", line.depth), runText(&line.run))
	}
	return b.String()
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// runText is one line about a run.
func runText(run *HandlerRun) string {
	if run.Event == "" {
		return "still running"
	}
	text := fmt.Sprintf("%s %s %s", run.Event, color.CyanString("%s", cmp.Or(run.Source, run.Kind)), color.HiBlackString("%.2f ms", run.TookMs))
	if run.Name != "" {
		text += " (" + run.Name + ")"
	}
	if run.Subject != "" {
		text += " " + run.Subject
	}
	if len(run.Changed) > 0 {
		text += " changed " + color.YellowString("%s", strings.Join(run.Changed, ", "))
	}
	// The console has the lines already; who reads it must not find them twice.
	if n := len(run.Console) + run.ConsoleDropped; n > 0 {
		text += " " + color.HiBlackString("printed %d", n)
	}
	switch run.Outcome {
	case RunStopped:
		text += " " + color.YellowString("stopped the chain")
	case RunFailed:
		text += " " + color.RedString("failed: %s", firstLine(run.Error))
		if run.Place != "" {
			text += " at " + run.Place
		}
	}
	return text
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// requestShards keeps requests from waiting for each other.
const requestShards = 16

// requestsByGoroutine knows which goroutine answers which request.
type requestsByGoroutine struct {
	lastID atomic.Int64
	shards [requestShards]requestShard
}

type requestShard struct {
	mu     sync.Mutex
	active map[uintptr]*request
	_      [40]byte // shards do not share cache lines
}

func (q *requestsByGoroutine) init() {
	for i := range q.shards {
		q.shards[i].active = map[uintptr]*request{}
	}
}

func (q *requestsByGoroutine) shard(id uintptr) *requestShard {
	return &q.shards[(id>>7)%requestShards]
}

func (q *requestsByGoroutine) enter(r *request) {
	id := goroutine.Self()
	s := q.shard(id)
	s.mu.Lock()
	r.outer = s.active[id]
	s.active[id] = r
	s.mu.Unlock()
}

func (q *requestsByGoroutine) leave() *request {
	id := goroutine.Self()
	s := q.shard(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.active[id]
	switch {
	case r == nil:
	case r.outer != nil:
		s.active[id] = r.outer
	default:
		delete(s.active, id)
	}
	return r
}

// here returns the request that the calling goroutine answers, or nil.
func (q *requestsByGoroutine) here() *request {
	id := goroutine.Self()
	s := q.shard(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.active[id]
}
