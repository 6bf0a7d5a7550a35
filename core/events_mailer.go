package core

import (
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/mailer"
)

// MailerAdminEvent is the payload of the admin mail events.
type MailerAdminEvent struct {
	// MailClient sends the message and may be replaced.
	MailClient mailer.Mailer
	Message    *mailer.Message
	Admin      *models.Admin
	// Meta holds "token".
	Meta map[string]any
}

// MailerRecordEvent is the payload of the record mail events.
type MailerRecordEvent struct {
	BaseCollectionEvent

	// MailClient sends the message and may be replaced.
	MailClient mailer.Mailer
	Message    *mailer.Message
	Record     *models.Record
	// Meta holds "token" and, for email changes, "newEmail".
	Meta map[string]any
}
