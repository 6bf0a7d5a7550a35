package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// target is where a database/sql connection of ours runs what it is given. The
// connections themselves hold no SQLite connection: they borrow one for each
// statement, so database/sql can have as many as it likes.
type target interface {
	exec(ctx context.Context, query string, args []any) (result, error)
	query(ctx context.Context, query string, args []any) (driver.Rows, error)
	begin(ctx context.Context) (nested, error)
}

// nested is a target inside a transaction that can end it.
type nested interface {
	target
	driver.Tx
}

// connector gives database/sql its connections.
type connector struct {
	target target
	owner  db.Querier
}

// Connect implements driver.Connector.
func (c *connector) Connect(context.Context) (driver.Conn, error) {
	return &sqlConn{target: c.target}, nil
}

// Driver implements driver.Connector.
func (c *connector) Driver() driver.Driver { return sqlDriver{owner: c.owner} }

// sqlDriver only leads back from a *sql.DB to the Querier it belongs to.
type sqlDriver struct{ owner db.Querier }

// Open implements driver.Driver.
func (sqlDriver) Open(string) (driver.Conn, error) {
	return nil, errors.New("open database: use core/db")
}

// Querier returns the DB or Tx whose builder this is; db.Wrap looks for it.
func (d sqlDriver) Querier() db.Querier { return d.owner }

// sqlConn is a database/sql connection.
type sqlConn struct {
	target target
}

var (
	_ driver.QueryerContext     = (*sqlConn)(nil)
	_ driver.ExecerContext      = (*sqlConn)(nil)
	_ driver.ConnBeginTx        = (*sqlConn)(nil)
	_ driver.NamedValueChecker  = (*sqlConn)(nil)
	_ driver.ConnPrepareContext = (*sqlConn)(nil)
)

// CheckNamedValue implements driver.NamedValueChecker.
func (*sqlConn) CheckNamedValue(nv *driver.NamedValue) (err error) {
	nv.Value, err = plain(nv.Value)
	return err
}

func values(args []driver.NamedValue) []any {
	if len(args) == 0 {
		return nil
	}
	list := make([]any, len(args))
	for i := range args {
		list[i] = args[i].Value
	}
	return list
}

// ExecContext implements driver.ExecerContext.
func (c *sqlConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	res, err := c.target.exec(ctx, query, values(args))
	if err != nil {
		return nil, err
	}
	return res, nil
}

// QueryContext implements driver.QueryerContext.
func (c *sqlConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.target.query(ctx, query, values(args))
}

// PrepareContext implements driver.ConnPrepareContext. Preparing for real
// waits for the first run, which knows the connection; the statement cache
// makes it happen once.
func (c *sqlConn) PrepareContext(_ context.Context, query string) (driver.Stmt, error) {
	return &sqlStmt{conn: c, query: query}, nil
}

// Prepare implements driver.Conn.
func (c *sqlConn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

// Begin implements driver.Conn.
func (c *sqlConn) Begin() (driver.Tx, error) {
	return c.BeginTx(context.Background(), driver.TxOptions{})
}

// BeginTx implements driver.ConnBeginTx.
func (c *sqlConn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	n, err := c.target.begin(ctx)
	if err != nil {
		return nil, err
	}
	t := &sqlTx{conn: c, outer: c.target, Tx: n}
	c.target = n
	return t, nil
}

// Close implements driver.Conn.
func (*sqlConn) Close() error { return nil }

// sqlTx puts the connection back on its outer target when it ends.
type sqlTx struct {
	driver.Tx

	conn  *sqlConn
	outer target
}

// Commit implements driver.Tx.
func (t *sqlTx) Commit() error {
	t.conn.target = t.outer
	return t.Tx.Commit()
}

// Rollback implements driver.Tx.
func (t *sqlTx) Rollback() error {
	t.conn.target = t.outer
	return t.Tx.Rollback()
}

// sqlStmt is a statement by its text.
type sqlStmt struct {
	conn  *sqlConn
	query string
}

var (
	_ driver.StmtExecContext  = (*sqlStmt)(nil)
	_ driver.StmtQueryContext = (*sqlStmt)(nil)
)

// Close implements driver.Stmt.
func (*sqlStmt) Close() error { return nil }

// NumInput implements driver.Stmt; binding checks the number.
func (*sqlStmt) NumInput() int { return -1 }

// ExecContext implements driver.StmtExecContext.
func (s *sqlStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.ExecContext(ctx, s.query, args)
}

// QueryContext implements driver.StmtQueryContext.
func (s *sqlStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.conn.QueryContext(ctx, s.query, args)
}

// Exec implements driver.Stmt; database/sql prefers ExecContext.
func (*sqlStmt) Exec([]driver.Value) (driver.Result, error) { return nil, driver.ErrSkip }

// Query implements driver.Stmt; database/sql prefers QueryContext.
func (*sqlStmt) Query([]driver.Value) (driver.Rows, error) { return nil, driver.ErrSkip }

// LastInsertId implements driver.Result.
func (r result) LastInsertId() (int64, error) { return r.id, nil }

// RowsAffected implements driver.Result.
func (r result) RowsAffected() (int64, error) { return r.rows, nil }
