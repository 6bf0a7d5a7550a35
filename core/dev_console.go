package core

import (
	"fmt"
	"regexp"
	"time"

	"github.com/fatih/color"
)

var (
	// secretStatement finds statements whose values must not be shown: those
	// with password hashes, token keys or stored settings.
	secretStatement = regexp.MustCompile("passwordHash|tokenKey|`_params`")
	textLiteral     = regexp.MustCompile(`'(?:[^']|'')*'`)
)

// printStatement shows one SQL statement on the console, in dev mode.
func printStatement(sql string, took time.Duration) {
	line := fmt.Sprintf("[%.2fms] %s", float64(took.Microseconds())/1000, withoutSecrets(sql))
	_, _ = fmt.Fprintln(color.Output, color.HiBlackString("%s", line)) // a console that is gone
}

// withoutSecrets blanks the text values of a statement that may hold secrets.
func withoutSecrets(sql string) string {
	if !secretStatement.MatchString(sql) {
		return sql
	}
	return textLiteral.ReplaceAllLiteralString(sql, "'…'")
}
