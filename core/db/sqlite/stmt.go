package sqlite

import (
	"strings"
	"time"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// stmt is a prepared statement of a connection. Text and blob arguments are
// kept in one C buffer that the statement owns and reuses.
type stmt struct {
	c        *conn
	handle   uintptr
	sql      string
	tail     string // further statements of the text, never cached
	params   int
	readOnly bool
	started  bool      // stepped since the last reset
	begun    time.Time // of the first step, when statements are traced

	buf    uintptr
	bufCap int

	inUse  bool
	cached bool
	prev   *stmt // towards the more recently used
	next   *stmt
}

func newStmt(c *conn, handle uintptr, query string) *stmt {
	return &stmt{
		c: c, handle: handle, sql: query,
		params:   int(lib.Xsqlite3_bind_parameter_count(c.tls, handle)),
		readOnly: lib.Xsqlite3_stmt_readonly(c.tls, handle) != 0,
	}
}

// close frees the statement.
func (s *stmt) close() {
	if s.handle != 0 {
		lib.Xsqlite3_finalize(s.c.tls, s.handle)
		s.handle = 0
	}
	s.freeBuffer()
}

func (s *stmt) freeBuffer() {
	if s.buf != 0 {
		libc.Xfree(s.c.tls, s.buf)
		s.buf, s.bufCap = 0, 0
	}
}

// step advances to the next row and reports whether there is one. After an
// error or the last row the statement has to be reset.
func (s *stmt) step() (bool, error) {
	if !s.started && s.c.trace != nil {
		s.begun = time.Now()
	}
	s.started = true
	switch rc := lib.Xsqlite3_step(s.c.tls, s.handle); rc {
	case lib.SQLITE_ROW:
		return true, nil
	case lib.SQLITE_DONE:
		return false, nil
	default:
		return false, s.c.error(rc)
	}
}

// reset makes the statement ready to run again. Its error would only repeat
// that of step.
func (s *stmt) reset() {
	if s.started {
		if s.c.trace != nil {
			s.c.trace(s.expanded(), time.Since(s.begun))
		}
		lib.Xsqlite3_reset(s.c.tls, s.handle)
		s.started = false
	}
	if s.bufCap > keepBuffer {
		lib.Xsqlite3_clear_bindings(s.c.tls, s.handle)
		s.freeBuffer()
	}
}

// expanded returns the text of the statement with the values of its parameters.
func (s *stmt) expanded() string {
	text := lib.Xsqlite3_expanded_sql(s.c.tls, s.handle)
	if text == 0 {
		return s.sql // too long to be filled in
	}
	defer lib.Xsqlite3_free(s.c.tls, text)
	return libc.GoString(text)
}

// columnCount returns the number of columns of the current row; a statement
// that SQLite compiles anew after a schema change may change it.
func (s *stmt) columnCount() int { return int(lib.Xsqlite3_column_count(s.c.tls, s.handle)) }

// columns returns the names of the columns.
func (s *stmt) columns() []string {
	names := make([]string, s.columnCount())
	for i := range names {
		names[i] = libc.GoString(lib.Xsqlite3_column_name(s.c.tls, s.handle, int32(i)))
	}
	return names
}

// declaredType returns the upper-cased type of the table column behind a
// result column, "" for expressions.
func (s *stmt) declaredType(i int) string {
	return strings.ToUpper(libc.GoString(lib.Xsqlite3_column_decltype(s.c.tls, s.handle, int32(i))))
}

// read copies the current row into dst, which has one element per column.
func (s *stmt) read(dst []any) {
	for i := range dst {
		dst[i] = s.value(i)
	}
}

// value returns a copy of a column of the current row: int64, float64,
// string, []byte or nil.
func (s *stmt) value(i int) any {
	tls, h, col := s.c.tls, s.handle, int32(i)
	switch lib.Xsqlite3_column_type(tls, h, col) {
	case lib.SQLITE_INTEGER:
		return lib.Xsqlite3_column_int64(tls, h, col)
	case lib.SQLITE_FLOAT:
		return lib.Xsqlite3_column_double(tls, h, col)
	case lib.SQLITE_TEXT:
		p := lib.Xsqlite3_column_text(tls, h, col)
		return string(cBytes(p, int(lib.Xsqlite3_column_bytes(tls, h, col))))
	case lib.SQLITE_BLOB:
		p := lib.Xsqlite3_column_blob(tls, h, col)
		return append([]byte{}, cBytes(p, int(lib.Xsqlite3_column_bytes(tls, h, col)))...)
	}
	return nil
}

// cPointer turns an address of the C heap, which does not move, into a pointer.
func cPointer(p uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&p)) //nolint:gosec // the C heap is only reachable like this
}

// cBytes views n bytes of C memory; they have to be copied before the next
// call into the library.
func cBytes(p uintptr, n int) []byte {
	if p == 0 || n == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(cPointer(p)), n) //nolint:gosec // the C heap is only reachable like this
}
