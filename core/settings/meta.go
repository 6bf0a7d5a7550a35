package settings

import (
	"fmt"
	"net/url"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"
)

// Placeholders of mail templates.
const (
	EmailPlaceholderAppName   = "{APP_NAME}"
	EmailPlaceholderAppUrl    = "{APP_URL}"
	EmailPlaceholderToken     = "{TOKEN}"
	EmailPlaceholderActionUrl = "{ACTION_URL}"
)

// MetaConfig names the app and holds its mail templates.
type MetaConfig struct {
	AppName                    string        `json:"appName"`
	AppUrl                     string        `json:"appUrl"`
	HideControls               bool          `json:"hideControls"`
	SenderName                 string        `json:"senderName"`
	SenderAddress              string        `json:"senderAddress"`
	VerificationTemplate       EmailTemplate `json:"verificationTemplate"`
	ResetPasswordTemplate      EmailTemplate `json:"resetPasswordTemplate"`
	ConfirmEmailChangeTemplate EmailTemplate `json:"confirmEmailChangeTemplate"`
}

// Validate checks the settings.
func (c MetaConfig) Validate() error {
	return validation.ValidateStruct(&c,
		validation.Field(&c.AppName, validation.Required, validation.Length(1, 255)),
		validation.Field(&c.AppUrl, validation.Required, is.URL),
		validation.Field(&c.SenderName, validation.Required, validation.Length(1, 255)),
		validation.Field(&c.SenderAddress, is.EmailFormat, validation.Required),
		validation.Field(&c.VerificationTemplate, validation.Required),
		validation.Field(&c.ResetPasswordTemplate, validation.Required),
		validation.Field(&c.ConfirmEmailChangeTemplate, validation.Required),
	)
}

// EmailTemplate is a mail with placeholders.
type EmailTemplate struct {
	// Body is HTML.
	Body      string `json:"body"`
	Subject   string `json:"subject"`
	ActionUrl string `json:"actionUrl"`
	// Hidden keeps the template out of the dashboard.
	Hidden bool `json:"hidden"`
}

// Validate checks that the placeholders without which the mail is useless are there.
func (t EmailTemplate) Validate() error {
	return validation.ValidateStruct(&t,
		validation.Field(&t.Subject, validation.Required),
		validation.Field(&t.Body, validation.Required, validation.By(contains(EmailPlaceholderActionUrl))),
		validation.Field(&t.ActionUrl, validation.Required, validation.By(contains(EmailPlaceholderToken))),
	)
}

func contains(placeholder string) validation.RuleFunc {
	return func(value any) error {
		if text, _ := value.(string); text == "" || strings.Contains(text, placeholder) {
			return nil
		}
		return validation.NewError("validation_missing_required_param",
			fmt.Sprintf("Missing required parameter %q", placeholder))
	}
}

// Resolve fills the placeholders in.
func (t EmailTemplate) Resolve(appName, appURL, token string) (subject, body, actionURL string) {
	replacer := strings.NewReplacer(EmailPlaceholderAppName, appName, EmailPlaceholderAppUrl, appURL)
	subject = replacer.Replace(t.Subject)

	withToken := strings.NewReplacer(
		EmailPlaceholderAppName, appName, EmailPlaceholderAppUrl, appURL, EmailPlaceholderToken, token)
	actionURL = cleanURL(withToken.Replace(t.ActionUrl))

	body = strings.NewReplacer(
		EmailPlaceholderAppName, appName, EmailPlaceholderAppUrl, appURL,
		EmailPlaceholderToken, token, EmailPlaceholderActionUrl, actionURL).Replace(t.Body)
	return subject, body, actionURL
}

// cleanURL removes duplicate slashes and dot segments from the path, which come
// from an app url that ends in a slash.
func cleanURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.JoinPath().String()
}

var defaultVerificationTemplate = EmailTemplate{
	Subject:   "Verify your " + EmailPlaceholderAppName + " email",
	ActionUrl: EmailPlaceholderAppUrl + "/_/#/auth/confirm-verification/" + EmailPlaceholderToken,
	Body: mailBody(
		"Thanks for joining "+EmailPlaceholderAppName+". Please verify your email address with the button below.",
		"Verify", ""),
}

var defaultResetPasswordTemplate = EmailTemplate{
	Subject:   "Reset your " + EmailPlaceholderAppName + " password",
	ActionUrl: EmailPlaceholderAppUrl + "/_/#/auth/confirm-password-reset/" + EmailPlaceholderToken,
	Body: mailBody(
		"Use the button below to choose a new password.",
		"Reset password", "If you did not ask for a new password, you can ignore this email."),
}

var defaultConfirmEmailChangeTemplate = EmailTemplate{
	Subject:   "Confirm your " + EmailPlaceholderAppName + " new email address",
	ActionUrl: EmailPlaceholderAppUrl + "/_/#/auth/confirm-email-change/" + EmailPlaceholderToken,
	Body: mailBody(
		"Use the button below to confirm your new email address.",
		"Confirm new email", "If you did not ask to change your email address, you can ignore this email."),
}

// mailBody is the shape all default mails share.
func mailBody(text, button, note string) string {
	if note != "" {
		note = "<p><i>" + note + "</i></p>\n"
	}
	return "<p>Hello,</p>\n<p>" + text + "</p>\n" +
		`<p><a class="btn" href="` + EmailPlaceholderActionUrl + `" target="_blank" rel="noopener">` + button + "</a></p>\n" +
		note + "<p>Thanks,<br/>\n" + EmailPlaceholderAppName + " team</p>"
}
