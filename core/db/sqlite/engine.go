package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// writerStmts bounds the prepared statements of the writer: a handful for
// each collection that is written to.
const writerStmts = 400

// engine is one open database file.
type engine struct {
	path    string
	options db.Options
	log     *slog.Logger
	wheel   *wheel
	writer  *writer
	readers *pool
	keeper  *keeper

	snapshots atomic.Int32 // that are being made

	builderOnce sync.Once
	pool        *sql.DB
	builder     *dbx.DB
}

var _ db.Engine = (*engine)(nil)

// openEngine opens path and starts the background work.
func openEngine(ctx context.Context, path string, o db.Options) (*engine, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	c, err := openWriter(ctx, path, o)
	if err != nil {
		return nil, openError(path, err)
	}
	if o.Readers <= 0 {
		o.Readers = max(4, 2*runtime.NumCPU())
	}
	e := &engine{path: path, options: o, log: o.Logger, wheel: newWheel(o.QueryTimeout)}
	e.wheel.add(c)
	e.writer = &writer{conn: c}
	e.readers = newPool(o.Readers, e.openReader, e.closeReader)
	e.keeper = newKeeper(e)
	e.writer.changed = e.keeper.note
	return e, nil
}

// openReader opens a connection that cannot write.
func (e *engine) openReader() (*conn, error) {
	c, err := openConn(e.path, readerStmts)
	if err == nil {
		err = applyPragmas(context.Background(), c, e.options, true)
		if err != nil {
			_ = c.close() // the pragma error is what matters
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open read connection: %w", err)
	}
	c.trace = e.options.Trace
	e.wheel.add(c)
	return c, nil
}

func (e *engine) closeReader(c *conn) {
	e.wheel.remove(c)
	if err := c.close(); err != nil {
		e.log.Warn("close read connection", "database", e.path, "error", err)
	}
}

// Exec implements db.Engine.
func (e *engine) Exec(ctx context.Context, ops []db.Op) error {
	if len(ops) == 0 {
		return nil
	}
	if err := checkOps(ops); err != nil {
		return err
	}
	if len(ops) == 1 && keyword(ops[0].SQL) == kindAlone {
		return e.alone(ctx, func(c *conn) error {
			_, err := c.exec(ops[0].SQL, ops[0].Args)
			return err
		})
	}
	_, err := e.writer.exec(ctx, ops)
	return err
}

// checkOps refuses statements that would end or nest the transaction around
// the unit.
func checkOps(ops []db.Op) error {
	for i := range ops {
		if keyword(ops[i].SQL) == kindControl {
			return errControl
		}
	}
	return nil
}

// QueryRows implements db.Engine.
func (e *engine) QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error {
	if k := keyword(query); k != kindRead && k != kindUnknown {
		return e.writeRows(ctx, query, args, scan)
	}
	c, s, err := e.reader(ctx, query)
	if err != nil {
		return err
	}
	if s == nil {
		return e.writeRows(ctx, query, args, scan)
	}
	e.wheel.begin(ctx, c)
	defer func() { // also when scan panics
		c.release(s)
		e.wheel.end(c)
		e.readers.put(c)
	}()
	return e.wheel.explain(c, eachRow(s, args, scan))
}

// reader lends a connection with query prepared on it. The statement is nil,
// and nothing lent, when query turns out to write.
func (e *engine) reader(ctx context.Context, query string) (*conn, *stmt, error) {
	c, err := e.readers.get(ctx)
	if err != nil {
		return nil, nil, err
	}
	s, err := c.stmt(query)
	if err == nil && s.readOnly && s.tail == "" {
		return c, s, nil
	}
	if err == nil {
		c.release(s)
	}
	e.readers.put(c)
	return nil, nil, err
}

// eachRow runs s and hands its rows to scan.
func eachRow(s *stmt, args []any, scan func(row []any) error) error {
	if err := s.bind(args); err != nil {
		return err
	}
	more, err := s.step()
	if err != nil || !more {
		return err
	}
	row := make([]any, s.columnCount())
	for more && err == nil {
		s.read(row)
		if err = scan(row); err == nil {
			more, err = s.step()
		}
	}
	return err
}

// writeRows runs a write that yields rows, like INSERT … RETURNING. The rows
// are collected before scan sees them, so scan does not run on the writer.
func (e *engine) writeRows(ctx context.Context, query string, args []any, scan func(row []any) error) error {
	_, rows, err := e.writeQuery(ctx, query, args)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := scan(row); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) writeQuery(ctx context.Context, query string, args []any) (cols []string, rows [][]any, err error) {
	err = e.alone(ctx, func(c *conn) error {
		cols, rows, err = c.rows(query, args)
		return err
	})
	return cols, rows, err
}

// alone runs fn on the writer's connection outside any transaction and undoes
// a transaction that fn leaves open.
func (e *engine) alone(ctx context.Context, fn func(c *conn) error) error {
	if err := e.writer.acquire(ctx); err != nil {
		return err
	}
	defer e.writer.release()
	err := fn(e.writer.conn)
	e.writer.changed(1)
	if serr := e.writer.settle(); err == nil {
		err = serr
	}
	return err
}

// Begin implements db.Engine.
func (e *engine) Begin(ctx context.Context) (db.EngineTx, error) {
	return e.begin(ctx)
}

func (e *engine) begin(ctx context.Context) (*tx, error) {
	if err := e.writer.acquire(ctx); err != nil {
		return nil, err
	}
	if _, err := e.writer.conn.exec("BEGIN IMMEDIATE", nil); err != nil {
		e.writer.release()
		return nil, fmt.Errorf("begin transaction: %w", err)
	}
	e.writer.owner.Store(goroutine.Self())
	return &tx{engine: e, conn: e.writer.conn}, nil
}

// Builder implements db.Engine.
func (e *engine) Builder(owner db.Querier) dbx.Builder {
	e.builderOnce.Do(func() {
		e.pool = sql.OpenDB(&connector{target: engineTarget{e}, owner: owner})
		e.pool.SetMaxIdleConns(overflowMax)
		e.builder = dbx.NewFromDB(e.pool, builderName)
	})
	return e.builder
}

// Checkpoint implements db.Engine.
func (e *engine) Checkpoint(ctx context.Context, mode db.CheckpointMode) error {
	return e.alone(ctx, func(c *conn) error {
		done, err := checkpoint(c, mode)
		if err == nil && mode == db.CheckpointTruncate && !done.complete {
			err = fmt.Errorf("checkpoint: %w: a read is still running", db.ErrBusy)
		}
		return err
	})
}

// Close implements db.Engine.
func (e *engine) Close() error {
	if o := e.writer.owner.Load(); o != 0 && o == goroutine.Self() {
		return fmt.Errorf("close database: %w", db.ErrNestedWrite)
	}
	e.keeper.stop()
	if !e.writer.close() {
		return nil
	}
	var errs []error
	e.builderOnce.Do(func() {}) // nobody makes one any more
	if e.pool != nil {
		errs = append(errs, e.pool.Close())
	}
	errs = append(errs, e.readers.close(10*time.Second))
	c := e.writer.conn
	e.wheel.close()
	errs = append(errs, c.close())
	return errors.Join(errs...)
}
