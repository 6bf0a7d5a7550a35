package mailer

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/tackleboxdev/tacklebox/core/security"
)

// Names of the supported authentication methods; an empty one means plain.
const (
	AuthPlain = "PLAIN"
	AuthLogin = "LOGIN"
)

const (
	// smtpTimeout bounds connecting and every single step of the conversation.
	smtpTimeout = 30 * time.Second
	// smtpLimit bounds a whole delivery.
	smtpLimit = 10 * time.Minute
)

// SMTPClient delivers through an SMTP server, with a connection per message.
// Its members may be changed between two calls of Send, not during one.
type SMTPClient struct {
	Host     string
	Port     int
	Username string
	Password string
	// TLS encrypts from the first byte. Without it the connection is upgraded
	// when the server offers STARTTLS.
	TLS bool
	// AuthMethod is [AuthPlain], [AuthLogin] or "". Both send the password,
	// so they are refused on unencrypted connections to other machines.
	AuthMethod string
	// LocalName is what the client calls itself; "" means localhost.
	LocalName string

	roots   *x509.CertPool // nil means those of the machine
	timeout time.Duration  // 0 means smtpTimeout
}

var _ Mailer = (*SMTPClient)(nil)

// Send delivers m. A Message-ID, a date and a text part are added when m lacks
// them. Nothing is sent when a recipient or a header is malformed, or when the
// certificate of the server is not one for Host that the machine trusts.
//
// Once the server has taken the message it is sent, whatever happens to the
// connection after that.
func (c *SMTPClient) Send(m *Message) error {
	msg, err := c.compose(m)
	if err != nil {
		return fmt.Errorf("compose mail: %w", err)
	}
	encryption := &tls.Config{ServerName: c.Host, RootCAs: c.roots, MinVersion: tls.VersionTLS12}
	dialer := &smtpDialer{step: cmp.Or(c.timeout, smtpTimeout), limit: smtpLimit}
	if c.TLS {
		dialer.tls = encryption
	}
	defer dialer.close()
	client, err := gomail.NewClient(c.Host, append(c.options(),
		gomail.WithTLSConfig(encryption),
		gomail.WithDialContextFunc(dialer.dial),
		gomail.WithTimeout(dialer.step),
	)...)
	if err != nil {
		return fmt.Errorf("set up SMTP: %w", err)
	}
	if err := client.DialAndSend(msg); err != nil && !msg.IsDelivered() {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

func (c *SMTPClient) options() []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(c.Port),
		gomail.WithHELO(cmp.Or(c.LocalName, "localhost")),
		gomail.WithoutNoop(),
	}
	if c.TLS {
		options = append(options, gomail.WithSSL())
	} else {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if c.Username != "" || c.Password != "" {
		method := gomail.SMTPAuthPlain
		if c.AuthMethod == AuthLogin {
			method = gomail.SMTPAuthLogin
		}
		options = append(options,
			gomail.WithSMTPAuth(method),
			gomail.WithUsername(c.Username),
			gomail.WithPassword(c.Password),
		)
	}
	return options
}

func (c *SMTPClient) compose(m *Message) (*gomail.Msg, error) {
	if len(m.To)+len(m.Cc)+len(m.Bcc) == 0 {
		return nil, errNoRecipient
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.Subject(m.Subject)
	msg.SetDate()
	if err := errors.Join(setAddresses(msg, m), setHeaders(msg, m)); err != nil {
		return nil, err
	}
	if m.HTML == "" {
		msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	} else {
		msg.SetBodyString(gomail.TypeTextPlain, m.text())
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Attachments)) {
		if err := msg.AttachReader(name, m.Attachments[name]); err != nil {
			return nil, fmt.Errorf("attach %s: %w", name, err)
		}
	}
	return msg, nil
}

// setAddresses names the sender and the recipients. The library writes every address
// in angle brackets, so the lists are given to it as whole headers, and the recipients
// as hidden ones.
func setAddresses(msg *gomail.Msg, m *Message) error {
	all, err := pointers(slices.Concat([]mail.Address{m.From}, m.To, m.Cc, m.Bcc))
	if err != nil {
		return err
	}
	msg.FromMailAddress(all[0])
	msg.BccMailAddress(all[1:]...)
	setList(msg, gomail.HeaderTo, m.To)
	setList(msg, gomail.HeaderCc, m.Cc)
	return nil
}

// setList writes an address without a name as it is: "a@example.com".
func setList(msg *gomail.Msg, header gomail.AddrHeader, list []mail.Address) {
	if len(list) == 0 {
		return
	}
	texts := make([]string, len(list))
	for i, address := range list {
		texts[i] = address.String()
		if address.Name == "" {
			texts[i] = strings.Trim(texts[i], "<>")
		}
	}
	msg.SetGenHeaderPreformatted(gomail.Header(header), strings.Join(texts, ",\r\n "))
}

// setHeaders adds the custom headers and a Message-ID of the sender's domain
// unless one of them is a Message-ID already.
func setHeaders(msg *gomail.Msg, m *Message) error {
	hasID := false
	for name, value := range m.Headers {
		if strings.ContainsAny(name+value, "\r\n") {
			return fmt.Errorf("header %q holds a line break", name)
		}
		if textproto.CanonicalMIMEHeaderKey(name) == "Message-Id" {
			hasID = true
			msg.SetMessageIDWithValue(strings.Trim(value, "<>"))
			continue
		}
		msg.SetGenHeader(gomail.Header(name), value)
	}
	if !hasID {
		_, domain, _ := strings.Cut(m.From.Address, "@")
		msg.SetMessageIDWithValue(security.RandomString(15) + "@" + domain)
	}
	return nil
}
