//go:build !race

// The race detector multiplies time and memory, which is what these tests are about.

package jsvm

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// The hostile scripts run in a process of their own, since what they are made
// for is to end it: the test starts itself again, as a server with small limits.
const (
	hostileDir     = "testdata/hostile"
	hostileServer  = "TACKLEBOX_HOSTILE_HOOKS"
	hostileTime    = 300 * time.Millisecond
	hostileCall    = 900 * time.Millisecond
	hostileDouble  = 3 * time.Second
	hostileMemory  = 192 << 20
	hostileSlack   = 200 * time.Millisecond
	hostileStart   = 60 * time.Second
	hostileMaxWait = 60 * time.Second
)

// TestHostileServer is the process that TestHostileScripts starts.
func TestHostileServer(t *testing.T) {
	dir := os.Getenv(hostileServer)
	if dir == "" {
		return // nobody attacks
	}
	var cfg Config
	s := newScriptServer(t, nil, func(c *Config) {
		c.HooksDir, c.ScriptTimeout, c.CallTimeout, c.ScriptMemory = dir, hostileTime, hostileCall, hostileMemory
		cfg = *c
	})
	if s.host.current.Load() == nil || cfg.HooksDir == "" {
		t.Fatal("nothing loaded")
	}
	for _, name := range []string{"frozen", "circle", "circle2"} {
		public := ""
		c := &models.Collection{Name: name, Type: models.CollectionTypeBase, CreateRule: &public, Schema: schema.NewSchema(
			&schema.SchemaField{Name: "title", Type: schema.FieldTypeText}, &schema.SchemaField{Name: "count", Type: schema.FieldTypeNumber})}
		if err := s.app.Dao().SaveCollection(c); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", s.router)
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/figures", func(w http.ResponseWriter, _ *http.Request) {
		debug.FreeOSMemory()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		_ = json.NewEncoder(w).Encode(hostileFigures{Heap: stats.HeapAlloc, Stack: stats.StackInuse, Goroutines: runtime.NumGoroutine()})
	})
	mux.HandleFunc("/logs", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Join(loggedErrors(t, s.app), "\n"))
	})
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", listener.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the test that started us
		_ = listener.Close()
	}()
	_ = (&http.Server{Handler: mux}).Serve(listener)
}

type hostileFigures struct {
	Heap, Stack uint64
	Goroutines  int
}

// hostileProcess is the server under attack.
type hostileProcess struct {
	url    string
	cmd    *exec.Cmd
	stdin  io.Closer
	output *lockedBuffer
	ended  chan struct{}
}

// startHostile starts the server on a folder of scripts.
func startHostile(t *testing.T, dir string) *hostileProcess {
	t.Helper()
	p := &hostileProcess{output: &lockedBuffer{}, ended: make(chan struct{})}
	p.cmd = exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHostileServer$", "-test.timeout=10m")
	p.cmd.Env = append(os.Environ(), hostileServer+"="+dir)
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdin = stdin
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.stop(t) })
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewReader(stderr)
		for {
			line, err := lines.ReadString('\n')
			if url, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on "); ok {
				found <- url
			} else if !strings.Contains(line, "flood") {
				_, _ = p.output.Write([]byte(line))
			}
			if err != nil {
				break
			}
		}
		_ = p.cmd.Wait() // the end is what counts
		close(p.ended)
	}()
	select {
	case p.url = <-found:
	case <-p.ended:
		t.Fatalf("the server ended at start:\n%s", p.tail())
	case <-time.After(hostileStart):
		t.Fatalf("the server did not start:\n%s", p.tail())
	}
	return p
}

func (p *hostileProcess) stop(t *testing.T) {
	_ = p.stdin.Close()
	select {
	case <-p.ended:
	case <-time.After(hostileStart):
		t.Error("the server did not end")
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

func (p *hostileProcess) tail() string {
	text := p.output.String()
	if i := strings.Index(text, "fatal error"); i >= 0 {
		text = text[max(0, i-500):]
	}
	return text[:min(len(text), 4000)]
}

var hostileClient = &http.Client{Timeout: hostileMaxWait}

func (p *hostileProcess) request(method, path, body string) (answer string, err error) {
	req, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := hostileClient.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return fmt.Sprintf("%d %s", res.StatusCode, content), err
}

func (p *hostileProcess) figures(t *testing.T) (f hostileFigures) {
	t.Helper()
	answer, err := p.request(http.MethodGet, "/figures", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(answer, "200 ")), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// innocent is what others run meanwhile. It uses what a hostile script could
// have tampered with.
const innocent = `
routerAdd("GET", "/innocent", (c) => {
  const seen = [];
  for (const key in [1]) seen.push(key);
  for (const key in {}) seen.push(key);
  return c.json(200, [
    [1, 2].map((x) => x + 1).filter((x) => x > 2), [..."ab"].join("-"), " x ".trim(), String({}), typeof console.log, typeof fetch,
    JSON.parse('{"a":[1]}').a[0], JSON.stringify({ b: 1 }), Object.keys({ k: 1 }), Array.isArray([]), Math.max(1, 2), new Map([[1, 2]]).get(1),
    (1.5).toFixed(1), /a(b)/.exec("ab")[1], /x/.test("x"), new Date(5).getTime(), Date.now() > 5, parseInt("7"), Reflect.ownKeys({ r: 1 }),
    [1].some((x) => x === 1), {}.polluted === undefined, [].polluted === undefined, [][7] === undefined, Object(1) + 1, [0].concat([1]).length,
    Function.prototype.call.call((x) => x, null, 3), $security.md5("x"), typeof $app.dao, typeof $http.send, seen, typeof require,
  ]);
});
routerAdd("GET", "/innocent-async", async (c) => {
  await Promise.resolve(1).then((x) => x);
  return c.string(200, "ok");
});
`

const innocentAnswer = `200 [[3],"a-b","x","[object Object]","function","function",1,"{\"b\":1}",["k"],true,2,2,"1.5","b",true,5,true,7,["r"],` +
	`true,true,true,true,2,2,3,"9dd4e461268c8034f5c8564e155c67a6","function","function",["0"],"function"]`

// hostileScript is a file of the corpus, with what its head says.
type hostileScript struct {
	name, file         string
	answers, log       *regexp.Regexp
	method, path, body string
}

var hostileHead = regexp.MustCompile(`(?m)^// (answers|log|request): (.*)$`)

func readHostile(t *testing.T, file string) hostileScript {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := hostileScript{file: filepath.Base(file), name: strings.TrimSuffix(filepath.Base(file), ".pb.js"), method: http.MethodGet}
	s.path = "/hostile/" + s.name
	answers := ""
	for _, head := range hostileHead.FindAllStringSubmatch(string(text), -1) {
		switch head[1] {
		case "answers":
			answers = head[2]
		case "log":
			s.log = regexp.MustCompile(head[2])
		case "request":
			parts := strings.SplitN(head[2], " ", 3)
			s.method, s.path, s.body = parts[0], parts[1], parts[2]
		}
	}
	if answers == "" {
		t.Fatalf("%s: the head does not tell the answer", s.name)
	}
	s.answers = regexp.MustCompile("(?s)" + answerPattern(answers))
	return s
}

// answerPattern makes a pattern of "503 text|400": one of these statuses, with
// that text somewhere.
func answerPattern(answers string) string {
	var patterns []string
	for answer := range strings.SplitSeq(answers, "|") {
		status, text, _ := strings.Cut(answer, " ")
		patterns = append(patterns, "^"+status+" .*"+regexp.QuoteMeta(text))
	}
	return strings.Join(patterns, "|")
}

// onlooker sends innocent requests until it is stopped.
type onlooker struct {
	stop    chan struct{}
	ended   sync.WaitGroup
	mu      sync.Mutex
	slowest time.Duration
	wrong   []string
}

func watchHostile(p *hostileProcess) *onlooker {
	o := &onlooker{stop: make(chan struct{})}
	o.ended.Go(func() {
		for {
			select {
			case <-o.stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
			o.look(p, "/innocent", innocentAnswer)
			o.look(p, "/innocent-async", "200 ok")
		}
	})
	return o
}

func (o *onlooker) look(p *hostileProcess, path, want string) {
	start := time.Now()
	answer, err := p.request(http.MethodGet, path, "")
	took := time.Since(start)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.slowest = max(o.slowest, took)
	if answer = strings.TrimSpace(answer); err != nil || answer != want {
		o.wrong = append(o.wrong, fmt.Sprintf("%s: %v %s", path, err, answer))
	}
}

// take returns what was seen since the last time.
func (o *onlooker) take() (slowest time.Duration, wrong []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	slowest, wrong = o.slowest, o.wrong
	o.slowest, o.wrong = 0, nil
	return slowest, wrong
}

// TestHostileScripts lets each script of the corpus do its worst and looks at the
// answer, at how long it takes, and at whether others are served meanwhile.
func TestHostileScripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(hostileDir, "*.pb.js"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d scripts, %v", len(files), err)
	}
	dir := t.TempDir()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "innocent.pb.js"), []byte(innocent), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startHostile(t, dir)
	others := watchHostile(p)
	defer func() { close(others.stop); others.ended.Wait() }()
	before := p.figures(t)
	var ran []string
	for _, file := range files {
		s := readHostile(t, file)
		t.Run(s.name, func(t *testing.T) {
			ran = append(ran, file)
			p.attack(t, s, others)
		})
		select {
		case <-p.ended:
			t.Fatalf("the process ended:\n%s", p.tail())
		default:
		}
	}
	p.expectLogs(t, ran)
	p.expectMemory(t, before)
}

// attack runs one script. What is slow under load gets another chance.
func (p *hostileProcess) attack(t *testing.T, s hostileScript, others *onlooker) {
	limit := hostileTime
	if strings.Contains(s.answers.String(), "200") || !strings.Contains(s.answers.String(), "503") {
		limit = 2 * hostileTime
	}
	if waits := regexp.MustCompile(`silent|sleep|os-|circle|sql|read`); waits.MatchString(s.name) {
		limit = hostileCall
	}
	if doubles := regexp.MustCompile(`^bomb-(concat|template|text|replace)`); doubles.MatchString(s.name) {
		limit = hostileDouble // the last step, for which the machine has to find memory, is not interrupted
	}
	var problems []string
	for range 5 {
		others.take()
		load := p.delay(t)
		start := time.Now()
		answer, err := p.request(s.method, s.path, s.body)
		took := time.Since(start)
		if err != nil {
			t.Fatalf("%v\n%s", err, p.tail())
		}
		t.Logf("%v %.150s", took.Round(time.Millisecond), answer)
		problems = nil
		if !s.answers.MatchString(answer) {
			problems = append(problems, fmt.Sprintf("answers %.300s, want %s", answer, s.answers))
		}
		for range 3 {
			others.look(p, "/innocent", innocentAnswer)
		}
		slowest, wrong := others.take()
		for _, answer := range wrong {
			if !strings.Contains(answer, " 503 ") { // stopped, because the machine is slow
				t.Errorf("others: %.600s", answer)
			}
			problems = append(problems, "others: "+answer)
		}
		if allowed := limit + tickEvery + hostileSlack + 10*load; took > allowed {
			problems = append(problems, fmt.Sprintf("took %v, more than %v", took, allowed))
		}
		if allowed := time.Second + 10*load; slowest > allowed {
			problems = append(problems, fmt.Sprintf("others waited %v, more than %v", slowest, allowed))
		}
		if len(problems) == 0 || t.Failed() {
			break
		}
	}
	for _, problem := range problems {
		t.Error(problem)
	}
}

// delay measures how slow the machine is at the moment, in answering requests and
// in giving memory.
func (p *hostileProcess) delay(t *testing.T) time.Duration {
	t.Helper()
	start := time.Now()
	for fresh := make([]byte, hostileMemory/4); len(fresh) > 0; fresh = fresh[min(len(fresh), os.Getpagesize()):] {
		fresh[0] = 1
	}
	for range 5 {
		if _, err := p.request(http.MethodGet, "/innocent", ""); err != nil {
			t.Fatalf("%v\n%s", err, p.tail())
		}
	}
	return time.Since(start)
}

// expectLogs checks that each stopped script is in the log with file and line.
func (p *hostileProcess) expectLogs(t *testing.T, files []string) {
	logs, err := p.request(http.MethodGet, "/logs", "")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(logs, "\n")
	if t.Failed() {
		for _, line := range lines {
			if !strings.Contains(line, "script stopped") {
				t.Logf("log: %.300s", line)
			}
		}
		t.Logf("printed: %s", p.tail())
	}
	for _, file := range files {
		s := readHostile(t, file)
		if s.log != nil && !slices.ContainsFunc(lines, s.log.MatchString) {
			t.Errorf("%s: the log has nothing like %s", s.name, s.log)
		}
		place := regexp.MustCompile(`script stopped: .*` + regexp.QuoteMeta(s.file) + `:\d+`)
		if strings.HasPrefix(s.answers.String(), "(?s)^503 ") && !strings.Contains(s.answers.String(), "|") && !slices.ContainsFunc(lines, place.MatchString) {
			t.Errorf("%s: the log does not tell where it was stopped", s.name)
		}
	}
}

// expectMemory checks that what the scripts used has been given back.
func (p *hostileProcess) expectMemory(t *testing.T, before hostileFigures) {
	const much = 96 << 20
	deadline := time.Now().Add(10 * time.Second)
	for {
		after := p.figures(t)
		t.Logf("before %+v, after %+v", before, after)
		if after.Heap < before.Heap+much && after.Stack < before.Stack+much && after.Goroutines < before.Goroutines+50 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("kept memory or goroutines: before %+v, after %+v", before, after)
		}
	}
}
