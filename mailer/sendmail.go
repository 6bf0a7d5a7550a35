package mailer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"os/exec"
	"strings"
	"time"
)

// sendmailTimeout bounds one run of the program.
const sendmailTimeout = 60 * time.Second

// Sendmail delivers through the sendmail program of the machine. Only the
// sender, the To list, the subject and one body are passed on. The zero value
// is ready.
type Sendmail struct {
	// Path is the program; "" means the first one found in the usual places.
	Path string
}

var _ Mailer = (*Sendmail)(nil)

// Send pipes m to the program and waits for it to end.
func (s *Sendmail) Send(m *Message) error {
	if len(m.To) == 0 {
		return errNoRecipient
	}
	if _, err := pointers(m.To); err != nil {
		return err
	}
	path := s.Path
	if path == "" {
		found, err := findSendmail()
		if err != nil {
			return err
		}
		path = found
	}
	to := make([]string, len(m.To))
	for i, address := range m.To {
		if strings.HasPrefix(address.Address, "-") {
			return fmt.Errorf("invalid recipient %q", address.Address)
		}
		to[i] = address.Address
	}
	recipients := strings.Join(to, ",")

	ctx, cancel := context.WithTimeout(context.Background(), sendmailTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, recipients) //nolint:gosec // the program is configured, the argument is checked
	cmd.Stdin = bytes.NewReader(sendmailInput(m, recipients))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("run sendmail: %w %s", err, bytes.TrimSpace(out))
	}
	return nil
}

func sendmailInput(m *Message, recipients string) []byte {
	var b bytes.Buffer
	header := func(name, value string) {
		value = strings.NewReplacer("\r", "", "\n", " ").Replace(value)
		fmt.Fprintf(&b, "%s: %s\r\n", name, value)
	}
	header("Subject", mime.QEncoding.Encode("utf-8", m.Subject))
	header("From", m.From.String())
	header("Content-Type", "text/html; charset=UTF-8")
	header("To", recipients)
	b.WriteString("\r\n")
	if m.HTML != "" {
		b.WriteString(m.HTML)
	} else {
		b.WriteString(m.Text)
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func findSendmail() (string, error) {
	for _, candidate := range []string{"/usr/sbin/sendmail", "/usr/bin/sendmail", "sendmail"} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path, nil
		}
	}
	return "", errors.New("failed to locate a sendmail executable path")
}
