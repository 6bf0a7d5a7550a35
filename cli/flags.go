package cli

import (
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tackleboxdev/tacklebox/core"
)

const (
	defaultQueryTimeout = 30 // seconds
	defaultHooksPool    = 25
)

// Flags are the global flags of the command line.
type Flags struct {
	Dir           string
	EncryptionEnv string
	Dev           bool
	QueryTimeout  int // seconds

	HooksDir      string // "" means pb_hooks next to the data folder
	HooksWatch    bool
	HooksPool     int
	HooksEnv      []string // nil means all
	HooksTimeout  []int    // seconds: of hooks and of routes, or one for both; nil leaves it to the settings
	MigrationsDir string   // "" means pb_migrations next to the data folder
	Automigrate   bool
	PublicDir     string
	IndexFallback bool
}

// Defaults returns the flags of an empty command line.
func Defaults() Flags {
	base, temporary := core.BaseDir()
	return Flags{
		Dir:           filepath.Join(base, "pb_data"),
		Dev:           temporary,
		QueryTimeout:  defaultQueryTimeout,
		HooksWatch:    true,
		HooksPool:     defaultHooksPool,
		Automigrate:   true,
		PublicDir:     filepath.Join(base, "pb_public"),
		IndexFallback: true,
	}
}

// Parse reads the global flags out of a command line, so that an app can be
// built before the command line is executed. What it does not know is skipped;
// mistakes are reported when the command line is executed.
func Parse(args []string) Flags {
	flags := Defaults()
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.ParseErrorsAllowlist.UnknownFlags = true
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	set.BoolP("help", "h", false, "")
	flags.register(set)
	_ = set.Parse(args) // see above
	flags.HooksDir = flags.sibling(flags.HooksDir, "pb_hooks")
	flags.MigrationsDir = flags.sibling(flags.MigrationsDir, "pb_migrations")
	return flags
}

// Config returns the configuration of an app that follows the flags.
func (f *Flags) Config() core.Config {
	return core.Config{
		DataDir:       f.Dir,
		EncryptionEnv: f.EncryptionEnv,
		IsDev:         f.Dev,
		QueryTimeout:  time.Duration(f.QueryTimeout) * time.Second,
	}
}

// ScriptTimes returns the time limits of script hooks and of script routes;
// negative ones mean none, zero what the settings say.
func (f *Flags) ScriptTimes() (hooks, routes time.Duration) {
	limit := func(i int) time.Duration {
		i = min(i, len(f.HooksTimeout)-1)
		switch {
		case i < 0:
			return 0
		case f.HooksTimeout[i] <= 0:
			return -1
		}
		return time.Duration(f.HooksTimeout[i]) * time.Second
	}
	return limit(0), limit(1)
}

// sibling returns dir, or the folder called name next to the data folder.
func (f *Flags) sibling(dir, name string) string {
	if dir != "" {
		return dir
	}
	return filepath.Join(filepath.Dir(filepath.Clean(f.Dir)), name)
}

// adopt makes the configuration of app the defaults.
func (f *Flags) adopt(app *core.App) {
	f.Dir = app.DataDir()
	f.EncryptionEnv = app.EncryptionEnv()
	f.Dev = app.IsDev()
}

func (f *Flags) register(set *pflag.FlagSet) {
	set.StringVar(&f.Dir, "dir", f.Dir, "the data directory")
	set.StringVar(&f.EncryptionEnv, "encryptionEnv", f.EncryptionEnv, "the name of the env variable whose 32 character value encrypts the app settings (default none)")
	set.BoolVar(&f.Dev, "dev", f.Dev, "enable dev mode: print logs and SQL statements to the console")
	set.IntVar(&f.QueryTimeout, "queryTimeout", f.QueryTimeout, "the default SELECT query timeout in seconds")
	set.StringVar(&f.HooksDir, "hooksDir", f.HooksDir, "the directory with the JS hooks (default pb_hooks next to the data directory)")
	set.BoolVar(&f.HooksWatch, "hooksWatch", f.HooksWatch, "reload the JS hooks when a file in their directory changes")
	set.IntVar(&f.HooksPool, "hooksPool", f.HooksPool, "the number of JS runtimes that may run at the same time")
	set.IntSliceVar(&f.HooksTimeout, "hooksTimeout", f.HooksTimeout, "the time limits of script hooks and of script routes in seconds, or one for both; 0 for none (default as in the settings, or 10,60)")
	set.StringSliceVar(&f.HooksEnv, "hooksEnv", f.HooksEnv, "the environment variables that JS hooks see, as NAME or PREFIX* (default all)")
	set.StringVar(&f.MigrationsDir, "migrationsDir", f.MigrationsDir, "the directory with the JS migrations (default pb_migrations next to the data directory)")
	set.BoolVar(&f.Automigrate, "automigrate", f.Automigrate, "write a migration file for each collection change")
	set.StringVar(&f.PublicDir, "publicDir", f.PublicDir, "the directory with the static files to serve")
	set.BoolVar(&f.IndexFallback, "indexFallback", f.IndexFallback, "serve index.html for missing static paths")
}

// apply writes the flags that were given for cmd into the configuration.
func (f *Flags) apply(cmd *cobra.Command, c *core.Config) {
	given := func(name string) bool {
		flag := cmd.Flag(name)
		return flag != nil && flag.Changed
	}
	if given("dir") {
		c.DataDir = f.Dir
	}
	if given("encryptionEnv") {
		c.EncryptionEnv = f.EncryptionEnv
	}
	if given("dev") {
		c.IsDev = f.Dev
	}
	if given("queryTimeout") {
		c.QueryTimeout = time.Duration(f.QueryTimeout) * time.Second
	}
	if given("durability") {
		c.Durability = cmd.Flag("durability").Value.String()
	}
}
