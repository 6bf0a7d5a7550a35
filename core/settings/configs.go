package settings

import (
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/tackleboxdev/tacklebox/core/cron"
)

// Ways of signing in to an SMTP server.
const (
	SmtpAuthPlain = "PLAIN"
	SmtpAuthLogin = "LOGIN"
)

// TokenConfig is the secret and life time of one kind of token.
type TokenConfig struct {
	Secret string `json:"secret"`
	// Duration is in seconds.
	Duration int64 `json:"duration"`
}

// Validate checks the settings.
func (c TokenConfig) Validate() error {
	return validation.ValidateStruct(&c,
		validation.Field(&c.Secret, validation.Required, validation.Length(30, 300)),
		validation.Field(&c.Duration, validation.Required, validation.Min(5), validation.Max(63072000)),
	)
}

// LogsConfig tells what is logged and how long it is kept.
type LogsConfig struct {
	// MaxDays is how long entries are kept; 0 keeps none.
	MaxDays  int  `json:"maxDays"`
	MinLevel int  `json:"minLevel"`
	LogIp    bool `json:"logIp"`
}

// Validate checks the settings.
func (c LogsConfig) Validate() error {
	return validation.ValidateStruct(&c, validation.Field(&c.MaxDays, validation.Min(0)))
}

// SmtpConfig is the mail server; when disabled mails go to the local sendmail.
type SmtpConfig struct {
	Enabled  bool   `json:"enabled"`
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Username string `json:"username"`
	Password string `json:"password"`
	// AuthMethod is SmtpAuthPlain (also when empty) or SmtpAuthLogin.
	AuthMethod string `json:"authMethod"`
	// Tls connects with TLS at once instead of upgrading the connection.
	Tls bool `json:"tls"`
	// LocalName is how the server introduces itself, "localhost" when empty.
	LocalName string `json:"localName"`
}

// Validate checks the settings.
func (c SmtpConfig) Validate() error {
	return validation.ValidateStruct(&c,
		validation.Field(&c.Host, validation.When(c.Enabled, validation.Required), is.Host),
		validation.Field(&c.Port, validation.When(c.Enabled, validation.Required), validation.Min(0)),
		validation.Field(&c.AuthMethod, validation.In(SmtpAuthPlain, SmtpAuthLogin)),
		validation.Field(&c.LocalName, is.Host),
	)
}

// S3Config is an S3 compatible bucket.
type S3Config struct {
	Enabled        bool   `json:"enabled"`
	Bucket         string `json:"bucket"`
	Region         string `json:"region"`
	Endpoint       string `json:"endpoint"`
	AccessKey      string `json:"accessKey"`
	Secret         string `json:"secret"`
	ForcePathStyle bool   `json:"forcePathStyle"`
}

// Validate checks the settings.
func (c S3Config) Validate() error {
	needed := validation.When(c.Enabled, validation.Required)
	return validation.ValidateStruct(&c,
		validation.Field(&c.Endpoint, is.URL, needed),
		validation.Field(&c.Bucket, needed),
		validation.Field(&c.Region, needed),
		validation.Field(&c.AccessKey, needed),
		validation.Field(&c.Secret, needed),
	)
}

// BackupsConfig tells when and where backups are made.
type BackupsConfig struct {
	// Cron is the expression of automatic backups; empty means none.
	Cron string `json:"cron"`
	// CronMaxKeep is how many automatic backups are kept.
	CronMaxKeep int      `json:"cronMaxKeep"`
	S3          S3Config `json:"s3"`
}

// Validate checks the settings.
func (c BackupsConfig) Validate() error {
	return validation.ValidateStruct(&c,
		validation.Field(&c.S3),
		validation.Field(&c.Cron, validation.By(validCron)),
		validation.Field(&c.CronMaxKeep, validation.When(c.Cron != "", validation.Required), validation.Min(1)),
	)
}

func validCron(value any) error {
	expr, _ := value.(string)
	if expr == "" {
		return nil
	}
	_, err := cron.Parse(expr)
	if err == nil {
		return nil
	}
	message := err.Error()
	if len(strings.Fields(expr)) != 5 {
		message = "Invalid cron expression - must be a valid macro or to have exactly 5 space separated segments."
	}
	return validation.NewError("validation_invalid_cron", message)
}

// maxScriptSeconds bounds the time limits of scripts: a day.
const maxScriptSeconds = 86400

// HooksConfig holds the time limits, in seconds, of scripts that do not set one
// themselves. The flag --hooksTimeout goes before them.
type HooksConfig struct {
	// Timeout is the limit of hooks; 0 is the built-in one.
	Timeout int `json:"timeout"`
	// RouteTimeout is the limit of routes and middlewares; 0 is the built-in one.
	RouteTimeout int `json:"routeTimeout"`
}

// Validate checks the settings.
func (c HooksConfig) Validate() error {
	return validation.ValidateStruct(&c,
		validation.Field(&c.Timeout, validation.Min(0), validation.Max(maxScriptSeconds)),
		validation.Field(&c.RouteTimeout, validation.Min(0), validation.Max(maxScriptSeconds)),
	)
}

// EmailAuthConfig is kept for old clients and has no effect.
type EmailAuthConfig struct {
	Enabled           bool     `json:"enabled"`
	ExceptDomains     []string `json:"exceptDomains"`
	OnlyDomains       []string `json:"onlyDomains"`
	MinPasswordLength int      `json:"minPasswordLength"`
}
