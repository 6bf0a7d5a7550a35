package sqlite

import (
	"database/sql/driver"
	"fmt"
	"time"

	"modernc.org/libc"
	"modernc.org/libc/sys/types"
	lib "modernc.org/sqlite/lib"
)

const (
	keepBuffer = 64 << 10 // bigger argument buffers are freed after use
	maxLength  = 1e9      // SQLite's own bound of a text or blob
	timeLayout = "2006-01-02 15:04:05.000Z"
)

// plain turns an argument into one of the types SQLite stores: int64,
// float64, string, []byte or nil. A time becomes text in UTC, in the layout
// of record dates.
func plain(arg any) (any, error) {
	switch v := arg.(type) {
	case nil, int64, float64, string, []byte:
		return v, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case int:
		return int64(v), nil
	case time.Time:
		return v.UTC().Format(timeLayout), nil
	}
	v, err := driver.DefaultParameterConverter.ConvertValue(arg)
	if err != nil {
		return nil, fmt.Errorf("bind argument of type %T: %w", arg, err)
	}
	switch v.(type) {
	case bool, time.Time:
		return plain(v)
	}
	return v, nil
}

// bind sets the arguments of the next run. Arguments beyond the last
// placeholder are ignored, as in a script of several statements.
func (s *stmt) bind(args []any) error {
	if s.params == 0 {
		return nil
	}
	if len(args) < s.params {
		return fmt.Errorf("bind arguments: missing argument with index %d", len(args)+1)
	}
	args, size, err := plainArgs(args[:s.params])
	if err != nil {
		return err
	}
	if err := s.grow(size); err != nil {
		return err
	}
	off := s.buf
	for i, arg := range args {
		if off, err = s.bindOne(int32(i+1), arg, off); err != nil {
			return err
		}
	}
	return nil
}

// plainArgs converts all arguments, copying the slice only if one of them
// needs it, and returns how many bytes their texts and blobs take.
func plainArgs(args []any) ([]any, int, error) {
	size, copied := 0, false
	for i, arg := range args {
		switch v := arg.(type) {
		case nil, int64, float64:
		case string:
			size += len(v)
		case []byte:
			size += len(v)
		default:
			p, err := plain(v)
			if err != nil {
				return nil, 0, err
			}
			if !copied {
				args, copied = append(make([]any, 0, len(args)), args...), true
			}
			args[i] = p
			switch p := p.(type) {
			case string:
				size += len(p)
			case []byte:
				size += len(p)
			}
		}
	}
	return args, size, nil
}

// grow makes the argument buffer hold size bytes.
func (s *stmt) grow(size int) error {
	if size > maxLength {
		return &Error{code: lib.SQLITE_TOOBIG, msg: "string or blob too big"}
	}
	if s.buf != 0 && size <= s.bufCap {
		return nil
	}
	s.freeBuffer()
	want := max(256, size+size/2)
	s.buf = libc.Xmalloc(s.c.tls, types.Size_t(want))
	if s.buf == 0 {
		return &Error{code: lib.SQLITE_NOMEM, msg: "out of memory"}
	}
	s.bufCap = want
	return nil
}

// bindOne binds a plain argument, placing its bytes at off, and returns where
// the next ones go.
func (s *stmt) bindOne(i int32, arg any, off uintptr) (uintptr, error) {
	tls, h := s.c.tls, s.handle
	var rc int32
	switch v := arg.(type) {
	case nil:
		rc = lib.Xsqlite3_bind_null(tls, h, i)
	case int64:
		rc = lib.Xsqlite3_bind_int64(tls, h, i, v)
	case float64:
		rc = lib.Xsqlite3_bind_double(tls, h, i, v)
	case string:
		copy(cBytes(off, len(v)), v)
		rc = lib.Xsqlite3_bind_text(tls, h, i, off, int32(len(v)), 0)
		off += uintptr(len(v))
	case []byte:
		copy(cBytes(off, len(v)), v)
		if v == nil {
			rc = lib.Xsqlite3_bind_null(tls, h, i)
		} else {
			rc = lib.Xsqlite3_bind_blob(tls, h, i, off, int32(len(v)), 0)
		}
		off += uintptr(len(v))
	}
	if rc != lib.SQLITE_OK {
		return off, s.c.error(rc)
	}
	return off, nil
}
