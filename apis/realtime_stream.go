package apis

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/realtime"
)

const (
	connectEvent = "PB_CONNECT"

	// streamPiece is the size from which on waiting messages are written.
	streamPiece = 64 << 10
)

// stream writes the messages of one client to its wire. Only the goroutine that
// runs it uses it.
type stream struct {
	app    *core.App
	c      *echo.Context // what hooks see
	client *realtime.Client
	wire   wire
}

// run sends messages until the connection or the context is over.
func (s *stream) run(ctx context.Context, idleTimeout time.Duration) {
	properly := false
	defer func() { s.wire.close(properly) }()
	err := s.loop(ctx, idleTimeout)
	properly = err == nil && !errors.Is(s.client.Err(), realtime.ErrSlowClient)
	if !properly {
		s.log(err)
	}
}

func (s *stream) log(err error) {
	if reason := s.client.Err(); errors.Is(reason, realtime.ErrSlowClient) {
		s.app.Logger().Warn("Realtime client dropped", slog.String("clientId", s.client.Id()), slog.Any("reason", reason))
		return
	}
	s.app.Logger().Debug("Realtime connection closed", slog.String("clientId", s.client.Id()), slog.Any("error", err))
}

func (s *stream) loop(ctx context.Context, idleTimeout time.Duration) error {
	hello := &realtime.Message{Name: connectEvent, Data: []byte(`{"clientId":"` + s.client.Id() + `"}`)}
	if _, err := s.send([]*realtime.Message{hello}); err != nil {
		return err
	}
	idle := time.NewTimer(idleTimeout)
	defer idle.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.wire.gone():
			return nil
		case <-idle.C:
			return nil
		case <-s.client.Done():
			_, err := s.send(s.client.Take()) // what was sent before the goodbye
			return err
		case <-s.client.Channel():
			sent, err := s.send(s.client.Take())
			if err != nil {
				return err
			}
			if sent {
				idle.Reset(idleTimeout)
			}
		}
	}
}

// send writes messages and reports whether there was anything to write. With
// hooks each message passes them alone; without, one write carries them all.
func (s *stream) send(messages []*realtime.Message) (sent bool, err error) {
	if s.app.OnRealtimeBeforeMessageSend().Len() == 0 && s.app.OnRealtimeAfterMessageSend().Len() == 0 {
		return len(messages) > 0, s.write(messages...)
	}
	for _, m := range messages {
		wrote, err := s.sendHooked(m)
		if err != nil {
			return sent, err
		}
		sent = sent || wrote
	}
	return sent, nil
}

// sendHooked gives the hooks a message of their own, as other clients may get
// the same one.
func (s *stream) sendHooked(m *realtime.Message) (sent bool, err error) {
	event := &core.RealtimeMessageEvent{
		HttpContext: s.c, Client: s.client,
		Message: &realtime.Message{Name: m.Name, Data: bytes.Clone(m.Data)},
	}
	err = s.app.OnRealtimeBeforeMessageSend().Trigger(event, func(e *core.RealtimeMessageEvent) error {
		if e.Message == nil {
			return nil
		}
		if err := s.write(e.Message); err != nil {
			return err
		}
		sent = true
		return s.app.OnRealtimeAfterMessageSend().Trigger(e)
	})
	return sent, err
}

// write puts messages on the wire.
func (s *stream) write(messages ...*realtime.Message) error {
	if len(messages) == 0 {
		return nil
	}
	buf := buffers.Get().(*[]byte)
	defer func() {
		if cap(*buf) <= maxPooledBuffer {
			buffers.Put(buf)
		}
	}()
	piece := (*buf)[:0]
	for i, m := range messages {
		piece = appendEvent(piece, s.client.Id(), m)
		if len(piece) < streamPiece && i < len(messages)-1 {
			continue
		}
		if err := s.wire.write(piece); err != nil {
			return err
		}
		piece = piece[:0]
	}
	*buf = piece
	return nil
}

var lineBreaks = strings.NewReplacer("\r", "", "\n", "")

// appendEvent renders a message in the framing of event streams. Data of more
// than one line takes more than one data field, which clients join again.
func appendEvent(dst []byte, id string, m *realtime.Message) []byte {
	dst = append(append(dst, "id:"...), id...)
	dst = append(dst, "\nevent:"...)
	if strings.ContainsAny(m.Name, "\r\n") {
		dst = append(dst, lineBreaks.Replace(m.Name)...)
	} else {
		dst = append(dst, m.Name...)
	}
	for line := range bytes.SplitSeq(m.Data, []byte{'\n'}) {
		dst = append(dst, "\ndata:"...)
		dst = append(dst, bytes.TrimSuffix(line, []byte{'\r'})...)
	}
	return append(dst, "\n\n"...)
}
