package mailer_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/mailer"
)

// Ways in which a scripted server does not answer.
const (
	drops = "drops the connection"
	hangs = "does not answer"
)

// scripted is an SMTP server that answers one conversation as a test says.
type scripted struct {
	replies map[string]string // by the first word of a command; "greeting" and "message" are answered too
	heard   []string
}

// start serves one connection. The returned function waits for its end, which
// the client has to bring about, and gives the commands that were heard.
func (s *scripted) start(t *testing.T) (client *mailer.SMTPClient, ended func() []string) {
	t.Helper()
	listener := listen(t, "127.0.0.1:0")
	done := make(chan struct{})
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		s.converse(conn)
	}()
	ended = func() []string {
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatal("the connection stays open")
		}
		return s.heard
	}
	t.Cleanup(func() {
		_ = listener.Close()
		ended()
	})
	return &mailer.SMTPClient{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port}, ended
}

func (s *scripted) converse(conn net.Conn) {
	lines := bufio.NewScanner(conn)
	if !s.answer(conn, "greeting") {
		return
	}
	message := false
	for lines.Scan() {
		word, _, _ := strings.Cut(lines.Text(), " ")
		if message {
			if word != "." {
				continue
			}
			word = "message"
		}
		s.heard = append(s.heard, word)
		if !s.answer(conn, word) || word == "QUIT" {
			return
		}
		message = word == "DATA" && s.replies[word] == ""
	}
}

// answer tells whether the conversation goes on.
func (s *scripted) answer(conn net.Conn, word string) bool {
	reply, ok := s.replies[word]
	if !ok {
		reply = map[string]string{
			"greeting": "220 ready", "EHLO": "250-localhost\r\n250 AUTH PLAIN LOGIN", "AUTH": "235 welcome", "DATA": "354 go on", "QUIT": "221 bye",
		}[word]
	}
	switch reply {
	case drops:
		return false
	case hangs:
		_, _ = io.Copy(io.Discard, conn) // until the client gives up
		return false
	case "":
		reply = "250 fine"
	}
	_, err := fmt.Fprintf(conn, "%s\r\n", reply)
	return err == nil
}

// TestSMTPServersThatFail reports what went wrong and leaves no connection open.
func TestSMTPServersThatFail(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		step, reply, want string
	}{
		{"greeting", drops, "EOF"},
		{"greeting", "554 go away", "go away"},
		{"greeting", strings.Repeat("x", 100), ""},
		{"EHLO", drops, "EOF"},
		{"EHLO", "250 no sign-in here", "does not support SMTP AUTH"},
		{"EHLO", "250-localhost\r\n250 AUTH CRAM-MD5", "PLAIN"},
		{"AUTH", drops, "EOF"},
		{"AUTH", "535 5.7.8 who are you", "who are you"},
		{"AUTH", "334 ", ""},
		{"MAIL", "550 not you", "not you"},
		{"MAIL", drops, "EOF"},
		{"RCPT", "451 come back later", "come back later"},
		{"RCPT", drops, "EOF"},
		{"DATA", "452 full", "full"},
		{"DATA", drops, "EOF"},
		{"message", "554 looks like spam", "looks like spam"},
		{"message", drops, "EOF"},
	} {
		t.Run(tc.step+" "+tc.reply[:min(9, len(tc.reply))], func(t *testing.T) {
			t.Parallel()
			client, ended := (&scripted{replies: map[string]string{tc.step: tc.reply}}).start(t)
			client.Username, client.Password = "user", "top secret"
			err := client.Send(testMessage())
			if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "top secret") {
				t.Errorf("got %v", err)
			}
			ended()
		})
	}
}

// TestSMTPServersThatHang are given up on at every step.
func TestSMTPServersThatHang(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "message"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			client, ended := (&scripted{replies: map[string]string{step: hangs}}).start(t)
			client.Username, client.Password = "user", "secret"
			client.SetTimeout(200 * time.Millisecond)
			if err := client.Send(testMessage()); !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			ended()
		})
	}
	t.Run("handshake", func(t *testing.T) {
		t.Parallel()
		client, ended := (&scripted{replies: map[string]string{"greeting": hangs}}).start(t)
		client.TLS = true
		client.SetTimeout(200 * time.Millisecond)
		if err := client.Send(testMessage()); err == nil {
			t.Error("no error")
		}
		ended()
	})
}

// TestSMTPServerTookTheMessage makes no error of what happens after that: the
// mail would be sent again.
func TestSMTPServerTookTheMessage(t *testing.T) {
	t.Parallel()
	for name, replies := range map[string]map[string]string{
		"dropped at reset":  {"RSET": drops},
		"refused the reset": {"RSET": "500 what?"},
		"dropped at quit":   {"QUIT": drops},
		"hung at quit":      {"QUIT": hangs},
		"odd goodbye":       {"QUIT": "500 stay"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, ended := (&scripted{replies: replies}).start(t)
			client.SetTimeout(2 * time.Second)
			if err := client.Send(testMessage()); err != nil {
				t.Error(err)
			}
			if heard := ended(); !strings.Contains(strings.Join(heard, " "), "DATA message") {
				t.Errorf("heard %v", heard)
			}
		})
	}
}

// TestSMTPSlowServer takes longer than a step may take, but not in one step.
func TestSMTPSlowServer(t *testing.T) {
	t.Parallel()
	const timeout = 3 * time.Second
	s, relayed := startSink(t)
	listener := listen(t, "127.0.0.1:0")
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		relaySlowly(conn, fmt.Sprintf("127.0.0.1:%d", relayed.Port), timeout/5)
	}()
	client := &mailer.SMTPClient{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port}
	client.SetTimeout(timeout)
	start := time.Now()
	if err := client.Send(testMessage()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took < timeout {
		t.Errorf("took %v only, which shows nothing", took)
	}
	s.single(t)
}

// relaySlowly passes everything on, each answer of the server after a pause.
func relaySlowly(conn net.Conn, target string, pause time.Duration) {
	defer func() { _ = conn.Close() }()
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(server, conn)
		_ = server.Close()
	}()
	part := make([]byte, 4096)
	for {
		n, err := server.Read(part)
		if err != nil {
			return
		}
		<-time.After(pause)
		if _, err := conn.Write(part[:n]); err != nil {
			return
		}
	}
}
