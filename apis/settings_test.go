package apis_test

import (
	"errors"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	s := serve(t, func(app *core.App) {
		app.OnMailerBeforeRecordVerificationSend().Add(func(e *core.MailerRecordEvent) error {
			e.MailClient = noMail{}
			if e.Record.Email() == "fail@example.com" {
				return errors.New("mail server says no")
			}
			return nil
		})
	})
	token := s.admin("a@example.com")
	patch := func(body string) call {
		return call{method: "PATCH", path: "/api/settings", token: token, body: body}
	}
	post := func(path, body string) call {
		return call{method: "POST", path: "/api/settings/" + path, token: token, body: body}
	}
	s.expect([]expectation{
		{name: "guests", call: call{path: "/api/settings"}, status: 401},
		{name: "masked", call: call{path: "/api/settings", token: token}, status: 200, contains: []string{`"adminAuthToken":{"secret":"******"`, `"appName":"Acme"`}},
		{name: "deep merge", call: patch(`{"meta":{"appName":"Other"},"s3":{"secret":"s3cr3t"}}`), status: 200, contains: []string{`"appName":"Other"`, `"senderName":"Support"`, `"secret":"******"`}, lacks: []string{"s3cr3t"}},
		{name: "masks keep the secret", call: patch(`{"s3":{"secret":"******"},"adminAuthToken":{"secret":"******"}}`), status: 200},
		{name: "still signed in", call: call{path: "/api/settings?fields=meta.appName", token: token}, status: 200, contains: []string{`{"meta":{"appName":"Other"}}`}},
		{name: "nested errors", call: patch(`{"meta":{"appName":""},"backups":{"s3":{"enabled":true}}}`), status: 400, contains: []string{`"meta":{"appName":{"code":"validation_required"`, `"bucket"`}},
		{name: "broken", call: patch(`{"meta":`), status: 400, contains: []string{"An error occurred while loading the submitted data."}},
		{name: "s3 off", call: post("test/s3", `{"filesystem":"storage"}`), status: 400, contains: []string{`Failed to test the S3 filesystem. Raw error: \nS3 storage filesystem is not enabled.`}},
		{name: "mail", call: post("test/email", `{"template":"verification","email":"x@example.com"}`), status: 204},
		{name: "mail fails", call: post("test/email", `{"template":"verification","email":"fail@example.com"}`), status: 400, contains: []string{`Failed to send the test email. Raw error: \nmail server says no.`}},
		{name: "mail form", call: post("test/email", `{"template":"x","email":"x"}`), status: 400, contains: []string{"Failed to send the test email.", "validation_in_invalid", "validation_is_email"}},
		{name: "apple key", call: post("apple/generate-client-secret", `{"clientId":"a","teamId":"1234567890","keyId":"1234567890","privateKey":"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----","duration":1}`), status: 400, contains: []string{"Failed to generate client secret. Raw error:"}},
	})
	if secret := s.app.Settings().S3.Secret; secret != "s3cr3t" {
		t.Errorf("the stored secret is %q", secret)
	}
}
