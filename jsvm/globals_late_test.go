package jsvm

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestLateGlobals checks that scripts cannot tell that globals are made when they
// are first used.
func TestLateGlobals(t *testing.T) {
	t.Parallel()
	const described = `(name) => {
		const found = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
		return [typeof found.value, found.writable, found.enumerable, found.configurable].join();
	}`
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/keys", (c) => {
			const own = Object.keys(globalThis);
			return c.json(200, ["$app", "__hooks", "$http", "Record", "sleep", "console", "require"].filter((name) => own.includes(name)));
		});
		routerAdd("GET", "/described", (c) => c.json(200, ["$os", "Record", "toString"].map(` + described + `)));
		routerAdd("GET", "/in", (c) => {
			const seen = [];
			for (const name in globalThis) if (name === "$tokens" || name === "fetch") seen.push(name);
			return c.json(200, ["$mails" in globalThis, "DateTime" in globalThis, "nothing" in globalThis, typeof arrayOf, typeof nothing, seen]);
		});
		routerAdd("GET", "/same", (c) => c.json(200, [$http === $http, globalThis.$http === $http, new Record() instanceof Record, $app === $app]));
	`, "b.pb.js": `
		function own() { return Object.keys(this).includes("$dbx"); }
		routerAdd("GET", "/this", (c) => c.json(200, [own(), globalThis.hasOwnProperty("$security")]));
		routerAdd("GET", "/set", (c) => { globalThis.toString = 1; return c.json(200, [toString, delete globalThis.toString, typeof globalThis.toString]); });
	`})
	s.expect(t, map[string]string{
		"/keys":      `["$app","__hooks","$http","Record","sleep","console","require"]`,
		"/described": `["object,true,true,true","function,true,true,true","function,true,true,true"]`,
		"/in":        `[true,true,false,"function","undefined",["$tokens"]]`,
		"/same":      `[true,true,true,true]`,
		"/this":      `[true,true]`,
		"/set":       `[1,true,"function"]`,
	})
}

// TestUnusedGlobals checks that a runtime has only the globals that were used.
func TestUnusedGlobals(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/t", (c) => c.string(200, typeof globalThis.setTimeout + $security.md5("")));
	`}, func(c *Config) { c.HooksPoolSize = 1 })
	s.expect(t, map[string]string{"/t": "functiond41d8cd98f00b204e9800998ecf8427e"})
	m := s.host.current.Load().pool.idle[0]
	if got := strings.Join(slices.Sorted(maps.Keys(m.env.made)), " "); got != "$security" {
		t.Errorf("made %s", got)
	}
}
