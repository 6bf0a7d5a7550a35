package main

import (
	"fmt"

	"github.com/dop251/goja"
)

const (
	// onePool and fullPool are the sizes of pools that are compared.
	onePool  = 1
	fullPool = 25
	// poolCallers is how many callers share a pool.
	poolCallers = 64
)

// scripts are the scenarios of routes in scripts.
func (b *bench) scripts() []scenario {
	var all []scenario
	for _, what := range []string{"json", "record"} {
		all = append(all,
			b.route("script route, "+what, 4000, what, (*site).direct),
			b.route("script route, "+what+", by network", 2000, what, (*site).network))
	}
	return append(all, b.fib(), b.pooled(), b.lonePool("record", 3200), b.lonePool("wait", 640))
}

// path is where a route of the site is.
func (s *site) path(language, what string) string {
	if what == "record" {
		what += "/" + s.record
	}
	return "/" + language + "/" + what
}

func (b *bench) route(name string, n int, what string, get func(s *site, path string) error) scenario {
	ask := func(language string) func() error {
		return func() error {
			s, err := b.site(fullPool)
			if err != nil {
				return err
			}
			return repeat(n, func() error { return get(s, s.path(language, what)) })
		}
	}
	return scenario{name: name, n: n, handIs: "the same route in Go", ours: ask("js"), hand: ask("go")}
}

// fib compares a handler that computes with a bare engine that does.
func (b *bench) fib() scenario {
	const total = 20
	vm := goja.New()
	run := goja.MustCompile("fib.js", `String((() => { const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); return fib(22) })())`, true)
	s := b.route("script route, fib(22)", total, "fib", (*site).direct)
	s.handIs = "the same function in a bare engine"
	s.hand = func() error {
		return repeat(total, func() error {
			_, err := vm.RunProgram(run)
			return err
		})
	}
	return s
}

// crowd asks for a route from many callers at once.
func (b *bench) crowd(pool int, language, what string, total int) func() error {
	return func() error {
		s, err := b.site(pool)
		if err != nil {
			return err
		}
		return parallel(poolCallers, total, func() error { return s.direct(s.path(language, what)) })
	}
}

func (b *bench) pooled() scenario {
	const total = 3200
	return scenario{
		name: fmt.Sprintf("script record, %d callers, pool %d", poolCallers, fullPool), n: total, handIs: "the same route in Go",
		ours: b.crowd(fullPool, "js", "record", total), hand: b.crowd(fullPool, "go", "record", total),
	}
}

func (b *bench) lonePool(what string, total int) scenario {
	return scenario{
		name: fmt.Sprintf("script %s, %d callers, pool %d", what, poolCallers, onePool), n: total,
		handIs: fmt.Sprintf("our pool of %d", fullPool),
		ours:   b.crowd(onePool, "js", what, total), hand: b.crowd(fullPool, "js", what, total),
	}
}
