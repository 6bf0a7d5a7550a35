package mailer

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"time"
)

// smtpDialer opens the connection of one delivery. It keeps hold of it, as the
// library forgets a connection on which the greeting or the sign-in fails.
type smtpDialer struct {
	tls   *tls.Config   // nil means that the connection starts unencrypted
	step  time.Duration // bounds every single read and write
	limit time.Duration // bounds the whole delivery
	conn  net.Conn
}

func (d *smtpDialer) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	d.conn = &steadyConn{Conn: conn, step: d.step, end: time.Now().Add(d.limit)}
	if d.tls == nil {
		return d.conn, nil
	}
	encrypted := tls.Client(d.conn, d.tls)
	if err := encrypted.HandshakeContext(ctx); err != nil {
		return nil, fmt.Errorf("start TLS: %w", err)
	}
	return encrypted, nil
}

// close ends the connection, which the library may have done already.
func (d *smtpDialer) close() {
	if d.conn != nil {
		_ = d.conn.Close()
	}
}

// steadyConn is a connection that must make progress: a mail may take long, a
// single step of the conversation may not.
type steadyConn struct {
	net.Conn
	step time.Duration
	end  time.Time
}

func (c *steadyConn) Read(p []byte) (int, error) {
	return c.bounded(c.Conn.SetReadDeadline, c.Conn.Read, p)
}

func (c *steadyConn) Write(p []byte) (int, error) {
	return c.bounded(c.Conn.SetWriteDeadline, c.Conn.Write, p)
}

func (c *steadyConn) bounded(set func(time.Time) error, do func([]byte) (int, error), p []byte) (int, error) {
	deadline := time.Now().Add(c.step)
	if c.end.Before(deadline) {
		deadline = c.end
	}
	if err := set(deadline); err != nil {
		return 0, err
	}
	return do(p)
}

// SetDeadline does nothing: the library would bound the whole delivery with it,
// however large the mail is.
func (c *steadyConn) SetDeadline(time.Time) error { return nil }
