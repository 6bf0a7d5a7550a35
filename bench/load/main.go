// Command load measures the layers of the app against the same work done by
// hand on the same driver, and prints each as a ratio within one run. Absolute
// times depend on the machine; the ratios are what bench/README.md quotes.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 7, "rounds per scenario; medians are printed")
	only := flag.String("only", "", "run the scenarios whose names start with this, or one of several separated by \"; \"")
	flag.Parse()
	if err := run(*rounds, *only); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// scenario compares our way with the way by hand. Each function does the same
// amount of work, n operations, per call.
type scenario struct {
	name       string
	n          int
	ours, hand func() error
	handIs     string
	// after follows each of them and is not measured. It may be nil.
	after func() error
}

func run(rounds int, only string) error {
	dir, err := os.MkdirTemp("", "tacklebox-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b, err := newBench(dir)
	if err != nil {
		return err
	}
	defer b.close()
	fmt.Printf("%-34s %12s %12s %8s  %s\n", "scenario", "ours/op", "by hand/op", "ratio", "by hand is")
	for _, s := range b.scenarios() {
		if !wanted(s.name, only) {
			continue
		}
		if err := measure(s, rounds); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if wanted("start", only) {
		if err := b.starts(rounds); err != nil {
			return err
		}
	}
	if !wanted("realtime", only) {
		return nil
	}
	for _, clients := range []int{200, 1000} {
		if err := b.realtime(clients); err != nil {
			return fmt.Errorf("realtime, %d clients: %w", clients, err)
		}
	}
	return nil
}

// wanted reports whether a name starts with one of the names that were asked for.
func wanted(name, only string) bool {
	for prefix := range strings.SplitSeq(only, "; ") {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// measure runs both ways in turn, so that a machine that changes its speed
// changes it for both, and prints the medians.
func measure(s scenario, rounds int) error {
	var ours, hand, ratios []float64
	for round := range rounds + 1 {
		a, err := s.clock(s.ours)
		if err != nil {
			return err
		}
		b, err := s.clock(s.hand)
		if err != nil {
			return fmt.Errorf("by hand: %w", err)
		}
		if round == 0 {
			continue // warm-up
		}
		ours, hand, ratios = append(ours, a/float64(s.n)), append(hand, b/float64(s.n)), append(ratios, a/b)
	}
	fmt.Printf("%-34s %10.2fµs %10.2fµs %7.2fx  %s\n", s.name, median(ours), median(hand), median(ratios), s.handIs)
	return nil
}

func (s scenario) clock(fn func() error) (float64, error) {
	took, err := clock(fn)
	if err == nil && s.after != nil {
		err = s.after()
	}
	return took, err
}

// clock returns how many microseconds fn took.
func clock(fn func() error) (float64, error) {
	start := time.Now()
	err := fn()
	return float64(time.Since(start)) / float64(time.Microsecond), err
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

func (b *bench) scenarios() []scenario {
	var all []scenario
	for _, callers := range []int{1, 16, 64} {
		all = append(all, b.creates("posts", callers))
	}
	all = append(all, b.hookCost(), b.view(), b.pageJSON())
	for _, size := range listSizes {
		name := listName(size)
		all = append(all, b.list(name, 1, true), b.list(name, 1, false))
	}
	all = append(all, b.list(listName(50_000), 1000, true), b.relationFilter(), b.expand(), b.mixed(16))
	return append(all, b.scripts()...)
}

// parallel runs total calls of fn spread over callers.
func parallel(callers, total int, fn func() error) error {
	var wg sync.WaitGroup
	errs := make(chan error, callers)
	for range callers {
		wg.Go(func() {
			for range total / callers {
				if err := fn(); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	return <-errs
}
