package core

import (
	"errors"
	"fmt"
	"html"
	"net/mail"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/mailer"
)

// NewMailClient returns what mails are sent with now: the SMTP server of the
// settings, or the sendmail program of the machine; the mailer of the
// configuration instead, if there is one.
func (a *App) NewMailClient() mailer.Mailer {
	if a.config.Mailer != nil {
		return a.config.Mailer
	}
	smtp := settings.Get(a.settings, func(s *settings.Settings) settings.SmtpConfig { return s.Smtp })
	if !smtp.Enabled {
		return &mailer.Sendmail{}
	}
	return &mailer.SMTPClient{
		Host:       smtp.Host,
		Port:       smtp.Port,
		Username:   smtp.Username,
		Password:   smtp.Password,
		TLS:        smtp.Tls,
		AuthMethod: smtp.AuthMethod,
		LocalName:  smtp.LocalName,
	}
}

func (a *App) meta() settings.MetaConfig {
	return settings.Get(a.settings, func(s *settings.Settings) settings.MetaConfig { return s.Meta })
}

// SendAdminPasswordReset sends the admin a link to set a new password with. It
// fires the admin mailer events and returns once the mail is handed over.
func SendAdminPasswordReset(app *App, admin *models.Admin) error {
	token, err := NewAdminResetPasswordToken(app, admin)
	if err != nil {
		return err
	}
	meta := app.meta()
	link := strings.TrimRight(meta.AppUrl, "/") + "/_/#/confirm-password-reset/" + token
	body := fmt.Sprintf(`<p>Hello,</p>
<p>Follow this link to reset your admin password for %s.</p>
<p><a class="btn" href="%s" target="_blank" rel="noopener">Reset password</a></p>
<p><i>If you did not request to reset your password, please ignore this email and the link will expire on its own.</i></p>`,
		html.EscapeString(meta.AppName), html.EscapeString(link))

	event := &MailerAdminEvent{
		MailClient: app.NewMailClient(),
		Message:    newMessage(meta, admin.Email, "Reset admin password", body),
		Admin:      admin,
		Meta:       map[string]any{"token": token},
	}
	return hook.Around(event,
		app.OnMailerBeforeAdminResetPasswordSend(),
		func(e *MailerAdminEvent) error { return e.MailClient.Send(e.Message) },
		app.OnMailerAfterAdminResetPasswordSend(),
		func(*MailerAdminEvent) error { return nil },
	)
}

// SendRecordPasswordReset sends the record a link to set a new password with.
// It fires the mailer events and returns once the mail is handed over.
func SendRecordPasswordReset(app *App, record *models.Record) error {
	token, err := NewRecordResetPasswordToken(app, record)
	if err != nil {
		return err
	}
	return app.sendRecordMail(recordMail{
		record:   record,
		to:       record.Email(),
		template: app.meta().ResetPasswordTemplate,
		meta:     map[string]any{"token": token},
		before:   app.OnMailerBeforeRecordResetPasswordSend(),
		after:    app.OnMailerAfterRecordResetPasswordSend(),
	})
}

// SendRecordVerification sends the record a link to confirm its address with.
// It fires the mailer events and returns once the mail is handed over.
func SendRecordVerification(app *App, record *models.Record) error {
	token, err := NewRecordVerifyToken(app, record)
	if err != nil {
		return err
	}
	return app.sendRecordMail(recordMail{
		record:   record,
		to:       record.Email(),
		template: app.meta().VerificationTemplate,
		meta:     map[string]any{"token": token},
		before:   app.OnMailerBeforeRecordVerificationSend(),
		after:    app.OnMailerAfterRecordVerificationSend(),
	})
}

// SendRecordChangeEmail sends newEmail a link that makes it the address of the
// record. It fires the mailer events and returns once the mail is handed over.
func SendRecordChangeEmail(app *App, record *models.Record, newEmail string) error {
	token, err := NewRecordChangeEmailToken(app, record, newEmail)
	if err != nil {
		return err
	}
	return app.sendRecordMail(recordMail{
		record:   record,
		to:       newEmail,
		template: app.meta().ConfirmEmailChangeTemplate,
		meta:     map[string]any{"token": token, "newEmail": newEmail},
		before:   app.OnMailerBeforeRecordChangeEmailSend(),
		after:    app.OnMailerAfterRecordChangeEmailSend(),
	})
}

// SendRecordPasswordLoginAlert tells the record that somebody signed in with
// its password although it is linked to providers. It fires no events.
func SendRecordPasswordLoginAlert(app *App, record *models.Record, providerNames ...string) error {
	if record.Email() == "" {
		return errors.New("the record has no address to alert")
	}
	meta := app.meta()
	body := fmt.Sprintf(`<p>Hello,</p>
<p>Just to let you know that someone has logged in to your %[1]s account using a password while you already have OAuth2 <strong>%[2]s</strong> auth linked.</p>
<p>If you have recently signed in with a password, you may disregard this email.</p>
<p><strong>If you don't recognize the above action, you should immediately change your %[1]s account password.</strong></p>
<p>Thanks,<br/>%[1]s team</p>`,
		html.EscapeString(meta.AppName), html.EscapeString(strings.Join(providerNames, " | ")))
	return app.NewMailClient().Send(newMessage(meta, record.Email(), "Password login alert", body))
}

// recordMail is one of the configurable mails about a record.
type recordMail struct {
	record        *models.Record
	to            string
	template      settings.EmailTemplate
	meta          map[string]any
	before, after *hook.Hook[*MailerRecordEvent]
}

func (a *App) sendRecordMail(m recordMail) error {
	meta := a.meta()
	token, _ := m.meta["token"].(string)
	subject, body, _ := m.template.Resolve(meta.AppName, meta.AppUrl, token)

	event := &MailerRecordEvent{
		BaseCollectionEvent: BaseCollectionEvent{Collection: m.record.Collection()},
		MailClient:          a.NewMailClient(),
		Message:             newMessage(meta, m.to, subject, body),
		Record:              m.record,
		Meta:                m.meta,
	}
	return hook.Around(event, m.before,
		func(e *MailerRecordEvent) error { return e.MailClient.Send(e.Message) },
		m.after,
		func(*MailerRecordEvent) error { return nil },
	)
}

func newMessage(meta settings.MetaConfig, to, subject, body string) *mailer.Message {
	return &mailer.Message{
		From:    mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To:      []mail.Address{{Address: to}},
		Subject: subject,
		HTML:    mailLayout(body),
	}
}

// mailLayout puts the body of a mail into the page that all mails share. The
// body is HTML already.
func mailLayout(body string) string {
	return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<style>
body { margin: 0; padding: 24px; background: #f4f5f7; color: #1c2733; font: 15px/1.5 Helvetica, Arial, sans-serif; }
.page { max-width: 560px; margin: 0 auto; padding: 24px 28px; background: #fff; border: 1px solid #e1e5ea; border-radius: 6px; }
p { margin: 12px 0; }
a { color: #12507b; }
.btn { display: inline-block; padding: 11px 22px; border-radius: 4px; background: #12507b; color: #fff !important; font-weight: bold; text-decoration: none; }
</style>
</head>
<body>
<div class="page">
` + body + `
</div>
</body>
</html>`
}
