package bench

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// BenchmarkWritesDuringSnapshot has one caller write one row after the other, alone
// and while a database of 50 MB is copied for a backup, and reports the slow writes.
func BenchmarkWritesDuringSnapshot(b *testing.B) {
	for _, copying := range []bool{false, true} {
		b.Run(map[bool]string{false: "alone", true: "copying"}[copying], func(b *testing.B) {
			d := openDB(b, db.Options{})
			fill(b, d, 150_000)
			var stop atomic.Bool
			var wg sync.WaitGroup
			if copying {
				wg.Go(func() {
					path := filepath.Join(b.TempDir(), "copy.db")
					for !stop.Load() {
						if err := errors.Join(d.Snapshot(ctx, path), os.Remove(path)); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			var took []time.Duration
			n := int64(1_000_000)
			for b.Loop() {
				started := time.Now()
				n++
				if err := d.Exec(ctx, db.Op{SQL: insertPost, Args: postArgs(n)}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(started))
			}
			stop.Store(true)
			wg.Wait()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*999/1000].Microseconds())/1000, "p99.9-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "slowest-ms")
		})
	}
}
