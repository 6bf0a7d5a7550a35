package apis

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v5"
)

// streamWriteTimeout ends connections whose peer does not read. It is the time
// for one piece of a stream.
const streamWriteTimeout = 15 * time.Second

// wire is the way to the peer of an event stream.
type wire interface {
	// write sends a piece at once.
	write(piece []byte) error
	// gone is closed when the peer has left.
	gone() <-chan struct{}
	// close ends the stream, with or without a proper end.
	close(properly bool)
}

// newWire takes the connection over from the HTTP server, where that is
// possible. A stream then costs a fraction of a request under way, and
// middlewares see a request that is over soon. It returns a wire that ends with
// the handler otherwise: for HTTP/2 and under middlewares that change bodies.
func newWire(c *echo.Context) (w wire, tookOver bool) {
	r := c.Request()
	response, ok := c.Response().(*echo.Response)
	if !ok || r.ProtoMajor != 1 || r.ProtoMinor < 1 {
		return newResponseWire(c), false
	}
	hijacker, ok := response.ResponseWriter.(http.Hijacker)
	if !ok {
		return newResponseWire(c), false
	}
	conn, buffered, err := hijacker.Hijack()
	if err != nil {
		return newResponseWire(c), false
	}
	response.Status, response.Committed = http.StatusOK, true
	_ = buffered.Writer.Flush() // it is empty
	head := responseHead(response.Header())
	w = newConnWire(conn, head)
	return w, true
}

// responseHead renders what goes ahead of a chunked body.
func responseHead(header http.Header) []byte {
	var head bytes.Buffer
	head.WriteString("HTTP/1.1 200 OK\r\n")
	_ = header.Write(&head) // buffers do not fail
	head.WriteString("Date: " + time.Now().UTC().Format(http.TimeFormat) + "\r\n")
	head.WriteString("Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
	return head.Bytes()
}

// connWire writes chunks to a connection of its own.
type connWire struct {
	conn net.Conn
	head []byte // what has to be written ahead of the first chunk
	left chan struct{}
}

func newConnWire(conn net.Conn, head []byte) *connWire {
	w := &connWire{conn: conn, head: head, left: make(chan struct{})}
	_ = conn.SetDeadline(time.Time{})
	go w.watch()
	return w
}

// watch ends with the connection, which the owner of the wire closes at the latest.
func (w *connWire) watch() {
	defer close(w.left)
	var buf [1]byte
	for {
		if _, err := w.conn.Read(buf[:]); err != nil {
			return
		}
	}
}

func (w *connWire) gone() <-chan struct{} { return w.left }

func (w *connWire) write(piece []byte) error {
	buf := buffers.Get().(*[]byte)
	defer func() {
		if cap(*buf) <= maxPooledBuffer {
			buffers.Put(buf)
		}
	}()
	chunk := append((*buf)[:0], w.head...)
	w.head = nil
	chunk = strconv.AppendInt(chunk, int64(len(piece)), 16)
	chunk = append(chunk, "\r\n"...)
	chunk = append(chunk, piece...)
	chunk = append(chunk, "\r\n"...)
	*buf = chunk
	return w.send(chunk)
}

func (w *connWire) send(raw []byte) error {
	if err := w.conn.SetWriteDeadline(time.Now().Add(streamWriteTimeout)); err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	if _, err := w.conn.Write(raw); err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	return nil
}

// close ends the stream. One that has not begun ends properly in any case: its
// peer waits for the answer to a request.
func (w *connWire) close(properly bool) {
	if properly || len(w.head) > 0 {
		_ = w.send(append(w.head, "0\r\n\r\n"...))
	}
	_ = w.conn.Close()
	<-w.left
}

// responseWire writes to the response of a handler that has not returned.
type responseWire struct {
	w       http.ResponseWriter
	control *http.ResponseController
	left    <-chan struct{}
	begun   bool
}

func newResponseWire(c *echo.Context) *responseWire {
	w := &responseWire{w: c.Response(), control: http.NewResponseController(c.Response()), left: c.Request().Context().Done()}
	_ = w.control.SetReadDeadline(time.Time{}) // the one of the server is for requests
	return w
}

func (w *responseWire) gone() <-chan struct{} { return w.left }

func (w *responseWire) write(piece []byte) error {
	// Not every writer has deadlines; then the patience of the peer is the bound.
	_ = w.control.SetWriteDeadline(time.Now().Add(streamWriteTimeout))
	w.begun = true
	if _, err := w.w.Write(piece); err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	if err := w.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("flush message: %w", err)
	}
	return nil
}

func (w *responseWire) close(properly bool) {
	deadline := time.Time{}
	if !properly && w.begun {
		deadline = time.Unix(1, 0) // no goodbye for a peer that does not read
	}
	_ = w.control.SetWriteDeadline(deadline)
}
