package core_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/mailer"
)

// outbox keeps messages instead of sending them.
type outbox struct {
	mu   sync.Mutex
	sent []*mailer.Message
}

func (o *outbox) Send(m *mailer.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, m)
	return nil
}

func TestRecordMails(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name    string
		send    func(app *core.App, r *models.Record) error
		before  func(app *core.App) *hook.Hook[*core.MailerRecordEvent]
		after   func(app *core.App) *hook.Hook[*core.MailerRecordEvent]
		to      string
		subject string
		link    string
	}{
		{
			name: "verification", send: core.SendRecordVerification,
			before: func(app *core.App) *hook.Hook[*core.MailerRecordEvent] {
				return app.OnMailerBeforeRecordVerificationSend()
			},
			after: func(app *core.App) *hook.Hook[*core.MailerRecordEvent] {
				return app.OnMailerAfterRecordVerificationSend()
			},
			to:      "ann@example.com",
			subject: "Verify your Acme email",
			link:    "http://localhost:8090/_/#/auth/confirm-verification/",
		},
		{
			name: "password reset", send: core.SendRecordPasswordReset,
			before: func(app *core.App) *hook.Hook[*core.MailerRecordEvent] {
				return app.OnMailerBeforeRecordResetPasswordSend()
			},
			after: func(app *core.App) *hook.Hook[*core.MailerRecordEvent] {
				return app.OnMailerAfterRecordResetPasswordSend()
			},
			to:      "ann@example.com",
			subject: "Reset your Acme password",
			link:    "http://localhost:8090/_/#/auth/confirm-password-reset/",
		},
		{
			name: "email change",
			send: func(app *core.App, r *models.Record) error {
				return core.SendRecordChangeEmail(app, r, "new@example.com")
			},
			before: func(app *core.App) *hook.Hook[*core.MailerRecordEvent] {
				return app.OnMailerBeforeRecordChangeEmailSend()
			},
			after: func(app *core.App) *hook.Hook[*core.MailerRecordEvent] {
				return app.OnMailerAfterRecordChangeEmailSend()
			},
			to:      "new@example.com",
			subject: "Confirm your Acme new email address",
			link:    "http://localhost:8090/_/#/auth/confirm-email-change/",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			app := core.New(core.Config{DataDir: t.TempDir()})
			var box outbox
			after := 0
			tc.before(app).Tagged("other").Add(func(*core.MailerRecordEvent) error { return errors.New("wrong tag") })
			tc.before(app).Tagged("members").Add(func(e *core.MailerRecordEvent) error {
				e.MailClient = &box
				e.Message.Subject += "!"
				return nil
			})
			tc.after(app).Add(func(*core.MailerRecordEvent) error {
				after++
				return nil
			})
			if err := tc.send(app, authRecord(t)); err != nil {
				t.Fatal(err)
			}
			if len(box.sent) != 1 || after != 1 {
				t.Fatalf("%d mails, %d after hooks", len(box.sent), after)
			}
			m := box.sent[0]
			if m.From.String() != `"Support" <support@example.com>` || m.To[0].Address != tc.to || m.Subject != tc.subject+"!" {
				t.Errorf("from %s to %v subject %q", m.From.String(), m.To, m.Subject)
			}
			if !strings.Contains(m.HTML, `href="`+tc.link+"ey") {
				t.Errorf("no link %s in\n%s", tc.link, m.HTML)
			}

			tc.before(app).Add(func(*core.MailerRecordEvent) error { return hook.StopPropagation })
			if err := tc.send(app, authRecord(t)); err != nil || len(box.sent) != 1 || after != 1 {
				t.Errorf("a stopped mail: %v, %d mails, %d after hooks", err, len(box.sent), after)
			}
			tc.before(app).PreAdd(func(*core.MailerRecordEvent) error { return errors.New("refused") })
			if err := tc.send(app, authRecord(t)); err == nil || err.Error() != "refused" {
				t.Errorf("a refused mail: %v", err)
			}
		})
	}
}

func TestAdminPasswordResetMail(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: t.TempDir()})
	app.Settings().Meta.AppUrl = "http://localhost:8090//"
	app.Settings().Meta.AppName = "<Acme>"
	var box outbox
	app.OnMailerBeforeAdminResetPasswordSend().Add(func(e *core.MailerAdminEvent) error {
		e.MailClient = &box
		if e.Meta["token"] == "" || e.Admin.Email != "root@example.com" {
			t.Errorf("event %+v", e)
		}
		return nil
	})
	if err := core.SendAdminPasswordReset(app, &models.Admin{Email: "root@example.com", TokenKey: "k"}); err != nil {
		t.Fatal(err)
	}
	m := box.sent[0]
	if m.Subject != "Reset admin password" || m.To[0].Address != "root@example.com" {
		t.Errorf("message %+v", m)
	}
	if !strings.Contains(m.HTML, `href="http://localhost:8090/_/#/confirm-password-reset/ey`) || !strings.Contains(m.HTML, "for &lt;Acme&gt;.") {
		t.Errorf("body\n%s", m.HTML)
	}
}

func TestMailClientFollowsSettings(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: t.TempDir()})
	if _, ok := app.NewMailClient().(*mailer.Sendmail); !ok {
		t.Error("without SMTP the local sendmail is used")
	}
	app.Settings().Smtp.Enabled = true
	app.Settings().Smtp.Host = "mail.example.com"
	if client, ok := app.NewMailClient().(*mailer.SMTPClient); !ok || client.Host != "mail.example.com" || client.Port != 587 {
		t.Errorf("client %+v", app.NewMailClient())
	}
}

func TestLoginAlertNeedsAnAddress(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: t.TempDir()})
	record := authRecord(t)
	record.Set("email", "")
	if err := core.SendRecordPasswordLoginAlert(app, record, "Google"); err == nil {
		t.Error("there is nobody to alert")
	}
}
