package sqlite

import (
	"context"
	"database/sql/driver"
	"io"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// engineTarget runs reads on the pool and writes with the writer.
type engineTarget struct{ *engine }

func (e engineTarget) exec(ctx context.Context, query string, args []any) (res result, err error) {
	switch k := keyword(query); {
	case k == kindWrite && !isScript(query):
		return e.writer.exec(ctx, []db.Op{{SQL: query, Args: args}})
	case k == kindRead && !isScript(query):
		return result{}, e.QueryRows(ctx, query, args, func([]any) error { return nil })
	}
	err = e.alone(ctx, func(c *conn) error {
		e.wheel.resume(ctx, c, time.Time{}) // alone, so nobody else's work is undone
		defer e.wheel.end(c)
		res, err = c.exec(query, args)
		return e.wheel.explain(c, err)
	})
	return res, err
}

func (e engineTarget) query(ctx context.Context, query string, args []any) (driver.Rows, error) {
	if k := keyword(query); k == kindRead || k == kindUnknown {
		c, s, err := e.reader(ctx, query)
		if err != nil {
			return nil, err
		}
		if s != nil {
			return e.stream(ctx, c, s, args)
		}
	}
	cols, rows, err := e.writeQuery(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return &listRows{cols: cols, rows: rows}, nil
}

// stream starts to read s; the rows give the connection back when closed.
func (e engineTarget) stream(ctx context.Context, c *conn, s *stmt, args []any) (driver.Rows, error) {
	r := &poolRows{engine: e.engine, conn: c, stmt: s}
	e.wheel.begin(ctx, c)
	err := s.bind(args)
	if err == nil {
		r.more, err = s.step()
	}
	if err != nil {
		err = e.wheel.explain(c, err)
		_ = r.Close() // err is what matters
		return nil, err
	}
	r.cols = s.columns()
	return r, nil
}

func (e engineTarget) begin(ctx context.Context) (nested, error) {
	t, err := e.engine.begin(ctx)
	if err != nil {
		return nil, err
	}
	return &txTarget{tx: t}, nil
}

// txTarget runs everything in a transaction; with nested set it is a savepoint.
type txTarget struct {
	tx     *tx
	nested bool
}

func (t *txTarget) exec(ctx context.Context, query string, args []any) (result, error) {
	return t.tx.exec(ctx, query, args)
}

func (t *txTarget) query(ctx context.Context, query string, args []any) (driver.Rows, error) {
	cur, err := t.tx.query(ctx, query, args)
	if err != nil {
		return nil, err
	}
	r := &txRows{cur: cur}
	if r.more, r.err = cur.next(); r.err != nil {
		cur.close()
		return nil, r.err
	}
	r.cols = cur.columns()
	return r, nil
}

func (t *txTarget) begin(context.Context) (nested, error) {
	if err := t.tx.mark("SAVEPOINT nested"); err != nil { //nolint:contextcheck // runs at once, on a connection that is ours
		return nil, err
	}
	return &txTarget{tx: t.tx, nested: true}, nil
}

// Commit implements driver.Tx.
func (t *txTarget) Commit() error {
	if t.nested {
		return t.tx.mark("RELEASE nested")
	}
	return t.tx.Commit()
}

// Rollback implements driver.Tx.
func (t *txTarget) Rollback() error {
	if !t.nested {
		return t.tx.Rollback()
	}
	if err := t.tx.mark("ROLLBACK TO nested"); err != nil {
		return err
	}
	return t.tx.mark("RELEASE nested")
}

// listRows are rows that have been collected.
type listRows struct {
	cols []string
	rows [][]any
}

// Columns implements driver.Rows.
func (r *listRows) Columns() []string { return r.cols }

// Close implements driver.Rows.
func (r *listRows) Close() error { return nil }

// Next implements driver.Rows.
func (r *listRows) Next(dest []driver.Value) error {
	if len(r.rows) == 0 {
		return io.EOF
	}
	for i, v := range r.rows[0] {
		dest[i] = v
	}
	r.rows = r.rows[1:]
	return nil
}

// poolRows read from a lent connection. The first row has been stepped to when
// they are made, so that errors show in the query itself.
type poolRows struct {
	engine *engine
	conn   *conn
	stmt   *stmt
	cols   []string
	more   bool
	read   bool // the current row has been handed out
}

// Columns implements driver.Rows.
func (r *poolRows) Columns() []string { return r.cols }

// ColumnTypeDatabaseTypeName implements driver.RowsColumnTypeDatabaseTypeName.
func (r *poolRows) ColumnTypeDatabaseTypeName(i int) string {
	if r.conn == nil {
		return ""
	}
	return r.stmt.declaredType(i)
}

// Next implements driver.Rows.
func (r *poolRows) Next(dest []driver.Value) (err error) {
	if r.conn == nil {
		return io.EOF
	}
	if r.read && r.more {
		if r.more, err = r.stmt.step(); err != nil {
			r.more = false
			return r.engine.wheel.explain(r.conn, err)
		}
	}
	if !r.more {
		return io.EOF
	}
	r.read = true
	for i := range dest {
		dest[i] = r.stmt.value(i)
	}
	return nil
}

// Close implements driver.Rows.
func (r *poolRows) Close() error {
	if r.conn == nil {
		return nil
	}
	c := r.conn
	r.conn = nil
	c.release(r.stmt)
	r.engine.wheel.end(c)
	r.engine.readers.put(c)
	return nil
}

// txRows read inside a transaction, one row ahead.
type txRows struct {
	cur  *cursor
	cols []string
	more bool
	read bool
	err  error
}

// Columns implements driver.Rows.
func (r *txRows) Columns() []string { return r.cols }

// ColumnTypeDatabaseTypeName implements driver.RowsColumnTypeDatabaseTypeName.
func (r *txRows) ColumnTypeDatabaseTypeName(i int) string { return r.cur.declaredType(i) }

// Next implements driver.Rows.
func (r *txRows) Next(dest []driver.Value) (err error) {
	if r.read && r.more {
		if r.more, err = r.cur.next(); err != nil {
			r.more = false
			return err
		}
	}
	if !r.more {
		return io.EOF
	}
	r.read = true
	for i := range dest {
		dest[i] = r.cur.row[i]
	}
	return nil
}

// Close implements driver.Rows.
func (r *txRows) Close() error {
	r.cur.close()
	return nil
}
