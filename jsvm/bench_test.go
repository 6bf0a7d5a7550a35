package jsvm

import (
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

// BenchmarkRuntime measures building a runtime of the pool.
func BenchmarkRuntime(b *testing.B) {
	s := newScriptServer(b, nil)
	g := s.host.current.Load()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.newRuntime(); err != nil {
			b.Fatal(err)
		}
	}
}
