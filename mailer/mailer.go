// Package mailer sends e-mail through an SMTP server or the local sendmail
// program. It knows no templates and no records.
package mailer

import (
	"errors"
	"fmt"
	"io"
	"net/mail"
)

// Message is one e-mail. Scripts change its members before it is sent.
type Message struct {
	From        mail.Address
	To          []mail.Address
	Bcc         []mail.Address
	Cc          []mail.Address
	Subject     string
	HTML        string
	Text        string // derived from HTML when it is empty
	Headers     map[string]string
	Attachments map[string]io.Reader // by file name
}

// Mailer delivers messages.
type Mailer interface {
	// Send hands the message over and returns once the next server or program
	// has accepted it.
	Send(m *Message) error
}

var errNoRecipient = errors.New("the message has no recipient")

// text returns the plain text body of m.
func (m *Message) text() string {
	if m.Text == "" && m.HTML != "" {
		return htmlToText(m.HTML)
	}
	return m.Text
}

// pointers converts a list of addresses and refuses malformed ones, which
// could otherwise carry extra recipients, headers or commands.
func pointers(list []mail.Address) ([]*mail.Address, error) {
	out := make([]*mail.Address, len(list))
	for i := range list {
		if _, err := mail.ParseAddress("<" + list[i].Address + ">"); err != nil {
			return nil, fmt.Errorf("invalid address %q: %w", list[i].Address, err)
		}
		out[i] = &list[i]
	}
	return out, nil
}
