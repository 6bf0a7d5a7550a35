package sqlite

import (
	"fmt"
	"strings"
	"time"
	"unsafe"

	"modernc.org/libc"
	"modernc.org/libc/sys/types"
	lib "modernc.org/sqlite/lib"
)

const ptrSize = int(unsafe.Sizeof(uintptr(0)))

// conn is one SQLite connection. It is opened without SQLite's own lock, so
// everything but interrupt belongs to one goroutine at a time.
type conn struct {
	db    uintptr
	tls   *libc.TLS
	out   uintptr // two pointers for the results of prepare
	stmts stmtCache
	watch watch
	trace func(sql string, took time.Duration) // nil unless statements are traced
	gen   uint64                               // of the pool that opened it
}

// openConn opens the file at path, creating it when it does not exist.
func openConn(path string, cached int) (*conn, error) {
	c := &conn{tls: libc.NewTLS()}
	c.stmts.init(cached)
	c.out = libc.Xmalloc(c.tls, types.Size_t(2*ptrSize))
	name, err := libc.CString(path)
	if err != nil || c.out == 0 {
		return nil, c.abandon(fmt.Errorf("allocate connection: %w", err))
	}
	defer libc.Xfree(c.tls, name)
	const flags = lib.SQLITE_OPEN_READWRITE | lib.SQLITE_OPEN_CREATE | lib.SQLITE_OPEN_NOMUTEX
	rc := lib.Xsqlite3_open_v2(c.tls, name, c.out, flags, 0)
	c.db = *(*uintptr)(cPointer(c.out))
	if rc != lib.SQLITE_OK {
		return nil, c.abandon(c.error(rc))
	}
	lib.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	c.withoutBloomFilters()
	return c, nil
}

// withoutBloomFilters keeps the planner from reading a whole joined table before
// the first row of the result. It does not consider that only a page is wanted.
func (c *conn) withoutBloomFilters() {
	args := libc.NewVaList(c.db, uint32(lib.SQLITE_BloomFilter))
	defer libc.Xfree(c.tls, args)
	lib.Xsqlite3_test_control(c.tls, lib.SQLITE_TESTCTRL_OPTIMIZATIONS, args)
}

// abandon frees a connection that could not be opened and returns err.
func (c *conn) abandon(err error) error {
	_ = c.close() // err is what the caller has to know
	return err
}

// close frees the connection and every statement prepared on it.
func (c *conn) close() error {
	if c.tls == nil {
		return nil
	}
	c.stmts.closeAll()
	rc := int32(lib.SQLITE_OK)
	c.watch.mu.Lock() // no interrupt may reach a freed connection
	if c.db != 0 {
		rc = lib.Xsqlite3_close_v2(c.tls, c.db)
		c.db = 0
	}
	c.watch.mu.Unlock()
	libc.Xfree(c.tls, c.out)
	tls := c.tls
	c.tls = nil
	tls.Close()
	if rc != lib.SQLITE_OK {
		return &Error{code: int(rc), msg: "close database"}
	}
	return nil
}

// inTransaction reports whether a transaction is open on the connection.
func (c *conn) inTransaction() bool {
	return lib.Xsqlite3_get_autocommit(c.tls, c.db) == 0
}

// readOnly reports whether the file could only be opened for reading. The name
// 0 stands for the main database.
func (c *conn) readOnly() bool { return lib.Xsqlite3_db_readonly(c.tls, c.db, 0) == 1 }

// prepare compiles the first statement of query and returns what follows it.
// A nil statement means that query holds nothing but blanks and comments.
func (c *conn) prepare(query string, persistent bool) (*stmt, string, error) {
	text, err := libc.CString(query)
	if err != nil {
		return nil, "", fmt.Errorf("prepare statement: %w", err)
	}
	defer libc.Xfree(c.tls, text)
	tailPtr := c.out + uintptr(ptrSize)
	var flags uint32
	if persistent {
		flags = lib.SQLITE_PREPARE_PERSISTENT
	}
	if rc := lib.Xsqlite3_prepare_v3(c.tls, c.db, text, int32(len(query)+1), flags, c.out, tailPtr); rc != lib.SQLITE_OK {
		return nil, "", c.error(rc)
	}
	handle := *(*uintptr)(cPointer(c.out))
	end := *(*uintptr)(cPointer(tailPtr))
	tail := query[min(int(end-text), len(query)):]
	if blank(tail) {
		tail = ""
	}
	if handle == 0 {
		return nil, tail, nil
	}
	return newStmt(c, handle, query), tail, nil
}

// blank reports whether s has nothing to run; a comment counts as something
// and costs one more prepare to find out.
func blank(s string) bool { return strings.Trim(s, "; \t\r\n\f") == "" }

// stmt returns a prepared statement for query from the cache. It has to be
// given back with release. Text after the first statement is an error here.
func (c *conn) stmt(query string) (*stmt, error) {
	if s := c.stmts.take(query); s != nil {
		return s, nil
	}
	s, tail, err := c.prepare(query, true)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return nil, &Error{code: lib.SQLITE_MISUSE, msg: "no statement to run"}
	}
	if tail != "" {
		s.tail = tail
		s.inUse = true
		return s, nil
	}
	c.stmts.add(s)
	return s, nil
}

// release gives a statement back to the cache.
func (c *conn) release(s *stmt) {
	s.reset()
	if !s.cached {
		s.close()
		return
	}
	s.inUse = false
}

// result is what a write reports.
type result struct{ rows, id int64 }

// exec runs every statement of query to its end, each with args.
func (c *conn) exec(query string, args []any) (result, error) {
	s, err := c.stmt(query)
	if err != nil {
		return result{}, err
	}
	tail := s.tail
	res, err := c.finish(s, args)
	for err == nil && tail != "" {
		s, tail, err = c.prepare(tail, false)
		if err == nil && s != nil {
			res, err = c.finish(s, args)
		}
	}
	return res, err
}

// finish runs s to its end and releases it.
func (c *conn) finish(s *stmt, args []any) (result, error) {
	defer c.release(s)
	if err := s.bind(args); err != nil {
		return result{}, err
	}
	for {
		row, err := s.step()
		if err != nil {
			return result{}, err
		}
		if !row {
			return result{
				rows: lib.Xsqlite3_changes64(c.tls, c.db),
				id:   lib.Xsqlite3_last_insert_rowid(c.tls, c.db),
			}, nil
		}
	}
}

// rollback ends whatever transaction is open.
func (c *conn) rollback() error {
	if !c.inTransaction() {
		return nil
	}
	_, err := c.exec("ROLLBACK", nil)
	return err
}

// rows collects all rows of a query in memory.
func (c *conn) rows(query string, args []any) (cols []string, rows [][]any, err error) {
	s, err := c.stmt(query)
	if err != nil {
		return nil, nil, err
	}
	defer c.release(s)
	if err := s.bind(args); err != nil {
		return nil, nil, err
	}
	for {
		more, err := s.step()
		if err != nil {
			return nil, nil, err
		}
		if !more {
			return s.columns(), rows, nil
		}
		row := make([]any, s.columnCount())
		s.read(row)
		rows = append(rows, row)
	}
}
