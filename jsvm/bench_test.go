package jsvm

import (
	"runtime"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// BenchmarkHook measures what a hook of a script adds to an event, without the
// database: nothing, a handler that does nothing, and one with five accesses.
func BenchmarkHook(b *testing.B) {
	cases := []struct{ name, source string }{
		{"none", ``},
		{"trivial", `onModelBeforeCreate((e) => {}, "posts")`},
		{"five accesses", `onModelBeforeCreate((e) => {
			const r = e.model;
			r.set("title", r.getString("title") + "!");
			r.set("count", r.get("count") + 1);
			r.get("done");
		}, "posts")`},
		{"closure", `const mark = "!"; onModelBeforeCreate((e) => { e.model.set("title", mark); }, "posts")`},
	}
	for _, bc := range cases {
		b.Run(bc.name, func(b *testing.B) {
			s := newScriptServer(b, map[string]string{"a.pb.js": bc.source})
			collection, err := s.app.Dao().FindCollectionByNameOrId("posts")
			if err != nil {
				b.Fatal(err)
			}
			record := models.NewRecord(collection)
			dao := s.app.Dao()
			hook := s.app.OnModelBeforeCreate()
			b.ReportAllocs()
			for b.Loop() {
				record.Set("title", "t")
				event := &core.ModelEvent{Dao: dao}
				event.Model = record
				if err := hook.Trigger(event); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHookParallel shows whether the pool is a bottleneck.
func BenchmarkHookParallel(b *testing.B) {
	s := newScriptServer(b, map[string]string{"a.pb.js": `onModelBeforeCreate((e) => { e.model.set("title", "x"); }, "posts")`})
	collection, err := s.app.Dao().FindCollectionByNameOrId("posts")
	if err != nil {
		b.Fatal(err)
	}
	hook := s.app.OnModelBeforeCreate()
	b.RunParallel(func(pb *testing.PB) {
		record := models.NewRecord(collection)
		for pb.Next() {
			event := &core.ModelEvent{}
			event.Model = record
			if err := hook.Trigger(event); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkRuntime measures building a runtime of the pool, and what it keeps in
// memory before it has run anything. That depends on what the scripts could do with
// it: nothing, what their text names, anything with the members of values, anything
// at all.
func BenchmarkRuntime(b *testing.B) {
	cases := []struct{ name, source string }{
		{"none", ``},
		{"names", `onModelBeforeCreate((e) => {
			const words = e.model.getString("title").split(" ").map((word) => word.trim()).filter((word) => word !== "");
			e.model.set("title", words.join("-").replace(/[^a-z]/g, ""));
			e.model.set("seen", JSON.stringify({ first: words[0], rest: [...words] }));
		}, "posts")`},
		{"computed names", `onModelBeforeCreate((e) => { for (const key in e.model) e.model.set(key, e.model[key]); }, "posts")`},
		{"code", `onModelBeforeCreate((e) => { e.model.set("x", globalThis[e.model.id]); }, "posts")`},
	}
	for _, bc := range cases {
		b.Run(bc.name, func(b *testing.B) {
			g := newScriptServer(b, map[string]string{"a.pb.js": bc.source}).host.current.Load()
			b.ReportAllocs()
			for b.Loop() {
				env, err := g.newRuntime()
				if err != nil {
					b.Fatal(err)
				}
				g.watch.remove(env.machine) // which would keep it
			}
			b.ReportMetric(heldByRuntime(b, g), "B-held")
		})
	}
}

// heldByRuntime returns what a runtime keeps in memory.
func heldByRuntime(b *testing.B, g *generation) float64 {
	const held = 20
	before := heapInUse()
	kept := make([]*environment, held)
	for i := range kept {
		env, err := g.newRuntime()
		if err != nil {
			b.Fatal(err)
		}
		kept[i] = env
	}
	after := heapInUse()
	runtime.KeepAlive(kept)
	return float64(after-before) / held
}

// heapInUse returns the size of all objects that are reachable.
func heapInUse() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
