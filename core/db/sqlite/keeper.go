package sqlite

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

const (
	// minUnits and maxUnits bound the number of committed units between two
	// looks at the log; in between it is adapted so that a look finds about
	// wantPages in the log.
	minUnits  = 200
	maxUnits  = 20000
	wantPages = 3000
	// restartPages is the length of the log from which on the rest of it is
	// moved while the writer pauses, so that it can start at its beginning
	// again. A long log makes every read slower.
	restartPages = 6000
	// truncatePages is the length from which on readers are waited for as well.
	truncatePages = 30000
	// firstStatistics is the number of committed units after which statistics
	// are made for the first time; then whenever twice as many have come.
	firstStatistics = 1000
	// largeTable is the number of rows of a table from which on a database needs
	// statistics. Below, any plan is fast, and without them the plans stay the
	// same, and so does the order of rows that nobody sorts.
	largeTable = 1000
	// firstLook and housekeeping are when the keeper looks around by itself.
	firstLook    = 5 * time.Second
	housekeeping = time.Minute
)

// keeper does the work that nobody should wait for: it moves the log into the
// database while the writers go on, keeps the statistics of the query planner
// fresh and closes connections that are not needed any more.
type keeper struct {
	e       *engine
	commits atomic.Int64 // units committed since open
	due     atomic.Int64 // commits at which to look at the log
	nudge   chan struct{}
	ctx     context.Context // ends the work when the keeper stops
	cancel  context.CancelFunc
	done    chan struct{}
	once    sync.Once

	looked   int64 // commits when the log was last looked at
	units    int64 // commits until the next look
	log      int64 // pages in the log at the last look
	pauseAt  int64 // pages in the log at which the writers are made to pause
	analysed int64 // commits when statistics were last looked at
	interval int64 // commits until the next time
	looks    int   // at the statistics
	conn     *conn // for checkpoints, so that they do not take the writer
}

func newKeeper(e *engine) *keeper {
	k := &keeper{e: e, nudge: make(chan struct{}, 1), done: make(chan struct{}), units: minUnits, pauseAt: restartPages, interval: firstStatistics}
	k.due.Store(minUnits)
	k.ctx, k.cancel = context.WithCancel(context.Background())
	go k.run()
	return k
}

// note counts commits and wakes the keeper when there may be work.
func (k *keeper) note(units int) {
	if k.commits.Add(int64(units)) < k.due.Load() {
		return
	}
	select {
	case k.nudge <- struct{}{}:
	default:
	}
}

// stop ends the work and waits for it.
func (k *keeper) stop() {
	k.once.Do(k.cancel)
	<-k.done
}

func (k *keeper) run() {
	defer close(k.done)
	defer k.closeConn()
	timer := time.NewTimer(firstLook)
	defer timer.Stop()
	for {
		select {
		case <-k.ctx.Done():
			return
		case <-k.nudge:
			k.guarded(false)
		case now := <-timer.C:
			k.e.readers.reap(now)
			k.guarded(true)
			timer.Reset(housekeeping)
		}
	}
}

// guarded keeps a panic of the work from ending the process.
func (k *keeper) guarded(quiet bool) {
	defer func() {
		if p := recover(); p != nil {
			k.e.log.Error("keep house", "database", k.e.path, "error", fmt.Sprintf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	k.work(quiet)
}

// work does what is due; quiet says that no burst of writes asked for it.
// Failures are logged and tried again next time.
func (k *keeper) work(quiet bool) {
	n := k.commits.Load()
	if n != k.looked {
		k.looked = n
		if err := k.checkpoint(); err != nil && k.ctx.Err() == nil {
			k.e.log.Warn("checkpoint", "database", k.e.path, "error", err)
		}
		k.due.Store(k.commits.Load() + k.units)
	}
	due := n-k.analysed >= k.interval
	if !due && k.looks > 0 && (!quiet || n == k.analysed) {
		return
	}
	if due {
		k.interval *= 2
	}
	k.analysed = n
	k.looks++
	if err := k.analyse(); err != nil && k.ctx.Err() == nil {
		k.e.log.Warn("refresh statistics", "database", k.e.path, "error", err)
	}
}

// checkpoint moves the log into the database without holding anyone up. While
// the writers never pause something is always left of it; when it has grown
// long enough they are made to.
func (k *keeper) checkpoint() error {
	if err := k.openConn(); err != nil {
		return err
	}
	done, err := checkpoint(k.conn, db.CheckpointPassive)
	if err != nil {
		return err
	}
	k.adapt(done.log)
	if done.log < k.pauseAt || k.e.snapshots.Load() > 0 {
		return nil // a snapshot keeps the log as it is, pausing would be for nothing
	}
	// Readers that never pause may keep the log from starting over; the next
	// try is due when it has grown as much again.
	k.pauseAt = done.log + restartPages
	mode := db.CheckpointPassive
	if done.log >= truncatePages {
		mode = db.CheckpointTruncate
	}
	return k.e.alone(k.ctx, func(c *conn) error {
		return patient(c, 200*time.Millisecond, func() error {
			_, err := checkpoint(c, mode)
			return err
		})
	})
}

// adapt sets when to look at the log again by how much it has grown.
func (k *keeper) adapt(log int64) {
	grown := log - k.log
	if grown < 0 { // it has started over
		grown, k.pauseAt = log, restartPages
	}
	k.log = log
	switch {
	case grown < wantPages/2:
		k.units = min(2*k.units, maxUnits)
	case grown > 2*wantPages:
		k.units = max(k.units/2, minUnits)
	}
}

// openConn opens the connection for checkpoints if it is not open yet.
func (k *keeper) openConn() error {
	if k.conn != nil {
		return nil
	}
	c, err := openConn(k.e.path, 8)
	if err != nil {
		return err
	}
	if err := applyPragmas(k.ctx, c, k.e.options, false); err != nil {
		return c.abandon(err)
	}
	k.conn = c
	return nil
}

// analyse refreshes the statistics of the tables that have none or have grown
// or shrunk a lot, one at a time so that writers get their turn, and makes the
// readers use them.
func (k *keeper) analyse() error {
	var todo []string
	err := k.e.alone(k.ctx, func(c *conn) (err error) {
		todo, err = outdated(c)
		return err
	})
	if err != nil || len(todo) == 0 {
		return err
	}
	for _, stmt := range todo {
		if err := k.e.alone(k.ctx, func(c *conn) error { return k.interruptible(c, stmt) }); err != nil {
			return err
		}
	}
	k.e.readers.renew()
	return nil
}

// outdated returns the statements that refresh the statistics. There are none
// for a database that has only small tables and no statistics yet.
func outdated(c *conn) ([]string, error) {
	_, rows, err := c.rows("PRAGMA optimize(0x10003)", nil) // only tells what it would do
	if err != nil {
		return nil, err
	}
	var todo []string
	needed := false
	for _, row := range rows {
		stmt, ok := row[0].(string)
		if !ok || keyword(stmt) != kindAlone {
			continue
		}
		todo = append(todo, stmt)
		if needed {
			continue
		}
		_, table, _ := strings.Cut(stmt, " ")
		n, err := count(c, "SELECT count(*) FROM (SELECT 1 FROM "+table+" LIMIT ?)", int64(largeTable))
		if err != nil {
			return nil, err
		}
		needed = n == largeTable
	}
	if needed || len(todo) == 0 {
		return todo, nil
	}
	n, err := count(c, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'")
	if err != nil || n == 0 {
		return nil, err
	}
	return todo, nil
}

func count(c *conn, query string, args ...any) (int64, error) {
	_, rows, err := c.rows(query, args)
	if err != nil || len(rows) != 1 {
		return 0, err
	}
	n, _ := rows[0][0].(int64)
	return n, nil
}

// interruptible runs a statement that ends early when the keeper is stopped.
func (k *keeper) interruptible(c *conn, query string) error {
	k.e.wheel.resume(k.ctx, c, time.Time{})
	defer k.e.wheel.end(c)
	_, err := c.exec(query, nil)
	return k.e.wheel.explain(c, err)
}

func (k *keeper) closeConn() {
	if k.conn == nil {
		return
	}
	if err := k.conn.close(); err != nil {
		k.e.log.Warn("close checkpoint connection", "database", k.e.path, "error", err)
	}
}

// progress is what a checkpoint reports: the pages in the log and whether all
// of them were moved.
type progress struct {
	log      int64
	complete bool
}

// checkpoint runs a checkpoint on c.
func checkpoint(c *conn, mode db.CheckpointMode) (progress, error) {
	query := "PRAGMA wal_checkpoint(PASSIVE)"
	if mode == db.CheckpointTruncate {
		query = "PRAGMA wal_checkpoint(TRUNCATE)"
	}
	_, rows, err := c.rows(query, nil)
	if err != nil {
		return progress{}, fmt.Errorf("checkpoint: %w", err)
	}
	if len(rows) != 1 || len(rows[0]) != 3 {
		return progress{}, fmt.Errorf("checkpoint: unexpected answer %v", rows)
	}
	log, _ := rows[0][1].(int64)
	moved, _ := rows[0][2].(int64)
	return progress{log: log, complete: rows[0][0] == int64(0) && log == moved}, nil
}

// patient runs fn with a shorter wait for locks than usual.
func patient(c *conn, wait time.Duration, fn func() error) error {
	if _, err := c.exec(fmt.Sprintf("PRAGMA busy_timeout = %d", wait.Milliseconds()), nil); err != nil {
		return err
	}
	err := fn()
	_, rerr := c.exec(busyTimeout, nil)
	return joined(err, rerr)
}
