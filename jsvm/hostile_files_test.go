package jsvm

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostileFiles loads files that are hostile as files. The other file is
// served whatever becomes of them.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	route := `routerAdd("GET", "/t", (c) => c.string(200, "fine"));`
	tests := []struct {
		name    string
		files   map[string]string
		failure string // of a.pb.js; "" means that it loads
		answer  string // of GET /t, when it loads
	}{
		{"20 MB", map[string]string{"a.pb.js": "const data = '" + strings.Repeat("x", 20<<20) + "';\n" + route}, "", "fine"},
		{"20 MB of code", map[string]string{"a.pb.js": strings.Repeat("if (false) { nothing(); }\n", 20<<20/26) + route}, "", "fine"},
		{"deep brackets", map[string]string{"a.pb.js": "const a = " + strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6) + ";" + route}, "nested too deeply", ""},
		{"deep brackets in TypeScript", map[string]string{"a.pb.ts": "const a: any = " + strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6) + ";" + route}, "nested too deeply", ""},
		{"many operators", map[string]string{"a.pb.js": "const a = " + strings.Repeat("!", 20<<20) + "1;" + route}, "nested too deeply", ""},
		{"deep module", map[string]string{
			"a.pb.js": `routerAdd("GET", "/t", (c) => { try { require(__hooks + "/deep.js"); } catch (e) { return c.string(200, "refused"); } });`,
			"deep.js": "module.exports = " + strings.Repeat("(", 1e5) + "1" + strings.Repeat(")", 1e5),
		}, "", "refused"},
		{"module cycle", map[string]string{
			"a.pb.js": `routerAdd("GET", "/t", (c) => { const m = require(__hooks + "/one.js"); return c.string(200, m.name + m.other.name); });`,
			"one.js":  `exports.name = "one"; exports.other = require("./two.js");`,
			"two.js":  `exports.name = "two" + require("./one.js").name;`,
		}, "", "onetwoone"},
		{"import cycle", map[string]string{
			"a.pb.ts": `import { one } from "./one"; routerAdd("GET", "/t", (c) => c.string(200, one()));`,
			"one.ts":  `import { two } from "./two"; export const one = () => "one" + two(); export const name = () => "!";`,
			"two.ts":  `import { name } from "./one"; export const two = () => "two" + name();`,
		}, "", "onetwo!"},
		{"module that requires itself", map[string]string{
			"a.pb.js": `routerAdd("GET", "/t", (c) => c.string(200, require(__hooks + "/self.js").name));`,
			"self.js": `exports.name = "self"; exports.again = require("./self.js").name;`,
		}, "", "self"},
		{"endless module", map[string]string{
			"a.pb.js": `routerAdd("GET", "/t", (c) => c.string(200, require(__hooks + "/loop.js")));`,
			"loop.js": `for (;;) {}`,
		}, "", `{"code":503,"message":"Script stopped: it ran longer than its time limit.","data":{}}`},
		{"no text", map[string]string{"a.pb.js": "\x00\xff\xfe\x00"}, "a.pb.js", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.files["b.pb.js"] = `routerAdd("GET", "/other", (c) => c.string(200, "other"));`
			s, err := tryScriptServer(t, tt.files, func(c *Config) { c.RouteTimeout = 2 * tickEvery })
			if tt.failure == "" {
				if err != nil {
					t.Fatal(err)
				}
				s.expect(t, map[string]string{"/t": tt.answer})
			} else if err == nil || !strings.Contains(err.Error(), tt.failure) {
				t.Errorf("error %.300v, want %q", err, tt.failure)
			}
			s.expect(t, map[string]string{"/other": "other"})
		})
	}
}

// TestFileReplacedWhileRead reloads while a file is written in pieces. Whatever
// was read, requests are served by a version that was whole.
func TestFileReplacedWhileRead(t *testing.T) {
	t.Parallel()
	const version = `routerAdd("GET", "/t", (c) => c.string(200, "whole"));`
	s := newScriptServer(t, map[string]string{"a.pb.js": version})
	path := filepath.Join(s.dir, "a.pb.js")
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
			}
			for _, end := range []int{0, 10, len(version) / 2, len(version)} {
				if err := os.WriteFile(path, []byte(version[:end]+strings.Repeat(" ", 1<<16)), 0o600); err != nil {
					t.Error(err)
					return
				}
			}
		}
	}()
	for range 30 {
		_ = s.host.reload() // fails when it read half a file
		code, body := s.request(http.MethodGet, "/t", "")
		if code != http.StatusOK && code != http.StatusNotFound || code == http.StatusOK && body != "whole" {
			t.Errorf("answers %d %s", code, body)
		}
	}
	close(stop)
	<-stopped
	s.write(t, "a.pb.js", version)
	if err := s.host.reload(); err != nil {
		t.Fatal(err)
	}
	s.expect(t, map[string]string{"/t": "whole"})
}

// TestHooksEnv checks which environment variables scripts see.
func TestHooksEnv(t *testing.T) {
	t.Setenv("TACKLEBOX_ENV_OPEN", "open")
	t.Setenv("TACKLEBOX_ENV_SECRET", "secret")
	const source = `routerAdd("GET", "/t", (c) => c.json(200, [
		process.env.TACKLEBOX_ENV_OPEN ?? null, process.env.TACKLEBOX_ENV_SECRET ?? null, $os.getenv("TACKLEBOX_ENV_OPEN"), $os.getenv("TACKLEBOX_ENV_SECRET"),
		toString($os.cmd("sh", "-c", "echo $TACKLEBOX_ENV_OPEN $TACKLEBOX_ENV_SECRET").output()).trim(), require("process").env.TACKLEBOX_ENV_SECRET ?? null]));`
	for _, tt := range []struct {
		name    string
		visible []string
		want    string
	}{
		{"all", nil, `["open","secret","open","secret","open secret","secret"]`},
		{"named", []string{"TACKLEBOX_ENV_OPEN"}, `["open",null,"open","","open",null]`},
		{"by their beginning", []string{"TACKLEBOX_ENV_O*"}, `["open",null,"open","","open",null]`},
		{"none", []string{}, `[null,null,"","","",null]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScriptServer(t, map[string]string{"a.pb.js": source}, func(c *Config) { c.HooksEnv = tt.visible })
			s.expect(t, map[string]string{"/t": tt.want})
		})
	}
}
