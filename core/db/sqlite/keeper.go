package sqlite

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

const (
	// checkpointEvery is the number of committed units after which the log is
	// looked at.
	checkpointEvery = 500
	// truncatePages is the length of the log from which on the writers are held
	// up to empty it: 64 MB.
	truncatePages = 16000
	// firstStatistics is the number of committed units after which statistics
	// are made for the first time; then whenever that many times two have come.
	firstStatistics = 1000
	housekeeping    = time.Minute
)

// keeper does the work that nobody should wait for: it moves the log into the
// database while the writers go on, keeps the statistics of the query planner
// fresh and closes connections that are not needed any more.
type keeper struct {
	e       *engine
	commits atomic.Int64 // units committed since open
	nudge   chan struct{}
	ctx     context.Context //nolint:containedctx // ends the work when the keeper stops
	cancel  context.CancelFunc
	done    chan struct{}
	once    sync.Once

	looked   int64 // commits when the log was last looked at
	analysed int64 // commits when statistics were last made
	interval int64 // commits until the next time
	conn     *conn // for checkpoints, so that they do not take the writer
}

func newKeeper(e *engine) *keeper {
	k := &keeper{e: e, nudge: make(chan struct{}, 1), done: make(chan struct{}), interval: firstStatistics}
	k.ctx, k.cancel = context.WithCancel(context.Background())
	go k.run()
	return k
}

// note counts commits and wakes the keeper when there may be work.
func (k *keeper) note(units int) {
	n := k.commits.Add(int64(units))
	if n/checkpointEvery == (n-int64(units))/checkpointEvery {
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
	tick := time.NewTicker(housekeeping)
	defer tick.Stop()
	for {
		select {
		case <-k.ctx.Done():
			return
		case <-k.nudge:
			k.work()
		case now := <-tick.C:
			k.e.readers.reap(now)
			k.work()
		}
	}
}

// work does what is due. Failures are logged and tried again next time.
func (k *keeper) work() {
	n := k.commits.Load()
	if n != k.looked {
		k.looked = n
		if err := k.checkpoint(); err != nil && k.ctx.Err() == nil {
			k.e.log.Warn("checkpoint", "database", k.e.path, "error", err)
		}
	}
	if n-k.analysed >= k.interval {
		k.analysed, k.interval = n, 2*k.interval
		if err := k.analyse(); err != nil && k.ctx.Err() == nil {
			k.e.log.Warn("refresh statistics", "database", k.e.path, "error", err)
		}
	}
}

// checkpoint moves the log into the database without holding anyone up, or,
// when it has grown too long for readers that never pause, takes the writer to
// empty it.
func (k *keeper) checkpoint() error {
	if k.conn == nil {
		c, err := openConn(k.e.path, 8)
		if err != nil {
			return err
		}
		if err := applyPragmas(c, k.e.options, false); err != nil {
			return c.abandon(err)
		}
		k.conn = c
	}
	done, err := checkpoint(k.conn, db.CheckpointPassive)
	if err != nil || done.log < truncatePages {
		return err
	}
	return k.e.alone(k.ctx, func(c *conn) error {
		return patient(c, 200*time.Millisecond, func() error {
			_, err := checkpoint(c, db.CheckpointTruncate)
			return err
		})
	})
}

// analyse refreshes the statistics where they are missing or far off, with a
// bound on the work per index, and makes the readers use them.
func (k *keeper) analyse() error {
	err := k.e.alone(k.ctx, func(c *conn) error {
		if _, err := c.exec("PRAGMA analysis_limit = 1000", nil); err != nil {
			return err
		}
		_, err := c.exec("PRAGMA optimize = 0x10002", nil)
		return err
	})
	if err == nil {
		k.e.readers.renew()
	}
	return err
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
	_, rerr := c.exec(connPragmas[0], nil)
	return joined(err, rerr)
}
