package jsvm

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v5"
)

// maxSelfCalls bounds the requests under way that scripts make to the server they
// run in. A route that asks itself ends there, while runtimes are left for others.
const maxSelfCalls = 32

// selfCalls makes the requests of scripts to other servers, and recognises those
// that come back to this one: they arrive from the local address of one of its own
// connections. A proxy in between hides them. Safe for concurrent use.
type selfCalls struct {
	transport http.RoundTripper
	// open holds the local addresses of the connections.
	open     sync.Map
	underWay atomic.Int32
}

func newSelfCalls() *selfCalls {
	s := &selfCalls{}
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // replaced by a program that embeds the app
		s.transport = http.DefaultTransport
		return s
	}
	transport = transport.Clone()
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		s.open.Store(conn.LocalAddr().String(), nil)
		return &scriptConn{Conn: conn, calls: s}, nil
	}
	s.transport = transport
	return s
}

// scriptConn is a connection that a request of a script uses.
type scriptConn struct {
	net.Conn
	calls *selfCalls
}

// Close implements [net.Conn].
func (c *scriptConn) Close() error {
	c.calls.open.Delete(c.LocalAddr().String())
	return c.Conn.Close()
}

// limit refuses what is too much.
func (s *selfCalls) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		if _, own := s.open.Load(c.Request().RemoteAddr); !own {
			return next(c)
		}
		defer s.underWay.Add(-1)
		if s.underWay.Add(1) > maxSelfCalls {
			return &stopError{cause: errSelfCalls}
		}
		return next(c)
	}
}
