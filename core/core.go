// Package core is the application itself: it opens the data folder, keeps the
// live settings and joins the leaf packages (data access, mail, storage, logs)
// with the events that Go code and scripts listen to.
//
// [App] is the entry point. Everything here is usable without a web server.
package core

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tackleboxdev/tacklebox/mailer"
)

// Version is the version of this code. Builds of a release overwrite
// [Config.Version] instead.
const Version = "0.1.0-dev"

// Config holds what has to be known before an [App] is bootstrapped. The zero
// value is a working configuration.
type Config struct {
	// DataDir is the data folder; "" means pb_data next to the executable.
	DataDir string
	// EncryptionEnv names the environment variable that holds the 32 byte key
	// the stored settings are encrypted with; "" stores them in plain text.
	EncryptionEnv string
	// IsDev prints log entries and SQL statements on the console.
	IsDev bool
	// QueryTimeout bounds every read; 0 means 30 seconds.
	QueryTimeout time.Duration
	// Durability is "normal" or "full"; "" means normal.
	Durability string
	// HideStartBanner leaves out what serve prints once it listens.
	HideStartBanner bool
	// Version is the version the program reports; "" means [Version].
	Version string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Mailer sends all mails; nil means what the settings say.
	Mailer mailer.Mailer
	// TracedRuns is how many runs of handlers are kept; 0 means 1000, a negative
	// number keeps none.
	TracedRuns int
}

// CommandWithoutApp annotates commands that do not need the data folder: the
// app is not bootstrapped for them.
const CommandWithoutApp = "withoutApp"

// withDefaults fills in what the caller left open.
func (c Config) withDefaults() Config {
	if c.DataDir == "" {
		base, _ := BaseDir()
		c.DataDir = filepath.Join(base, "pb_data")
	}
	if abs, err := filepath.Abs(c.DataDir); err == nil {
		c.DataDir = abs
	}
	if c.Version == "" {
		c.Version = Version
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.TracedRuns == 0 {
		c.TracedRuns = defaultTracedRuns
	}
	return c
}

// BaseDir returns the folder that pb_data, pb_hooks and the like are looked
// for in: the one of the executable. A program started with "go run" lives in
// a temporary place; then it is the working directory and temporary is true.
func BaseDir() (dir string, temporary bool) {
	exe, err := os.Executable()
	if err == nil && !isTemporary(exe) {
		return filepath.Dir(exe), false
	}
	if dir, err = os.Getwd(); err != nil {
		dir = "."
	}
	return dir, true
}

// isTemporary tells whether exe is in the system's temporary folder or in the
// build cache of the go tool, where "go run" keeps what it builds.
func isTemporary(exe string) bool {
	if rel, err := filepath.Rel(os.TempDir(), exe); err == nil && filepath.IsLocal(rel) {
		return true
	}
	for part := range strings.SplitSeq(filepath.ToSlash(exe), "/") {
		if strings.HasPrefix(part, "go-build") {
			return true
		}
	}
	return false
}
