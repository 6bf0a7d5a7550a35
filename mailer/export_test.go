package mailer

import (
	"crypto/x509"
	"time"
)

// Trust makes c accept certificates of these authorities only.
func (c *SMTPClient) Trust(roots *x509.CertPool) { c.roots = roots }

// SetTimeout bounds connecting and every step of the conversation.
func (c *SMTPClient) SetTimeout(timeout time.Duration) { c.timeout = timeout }
