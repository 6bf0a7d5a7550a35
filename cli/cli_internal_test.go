package cli

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
)

func TestProtectNegativeNumbers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ args, want string }{
		{"migrate down", "migrate down"},
		{"migrate down 2 --dir=x", "migrate down 2 --dir=x"},
		{"migrate down -1", "migrate down -- -1"},
		{"migrate down -1 --dir=x", "migrate down --dir=x -- -1"},
		{"migrate down -- -1", "migrate down -- -1"},
		{"serve -v -1x", "serve -v -1x"},
	} {
		if got := strings.Join(protectNegativeNumbers(strings.Fields(tc.args)), " "); got != tc.want {
			t.Errorf("%q becomes %q, want %q", tc.args, got, tc.want)
		}
	}
}

func TestListenAddresses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		http, https         string
		domains             bool
		wantHTTP, wantHTTPS string
	}{
		{"", "", false, "127.0.0.1:8090", ""},
		{"", "", true, "0.0.0.0:80", "0.0.0.0:443"},
		{"127.0.0.1:1", "", false, "127.0.0.1:1", ""},
		{"", "127.0.0.1:2", false, "", "127.0.0.1:2"},
		{"127.0.0.1:1", "127.0.0.1:2", true, "127.0.0.1:1", "127.0.0.1:2"},
	} {
		gotHTTP, gotHTTPS := listenAddresses(tc.http, tc.https, tc.domains)
		if gotHTTP != tc.wantHTTP || gotHTTPS != tc.wantHTTPS {
			t.Errorf("%+v: got %q, %q", tc, gotHTTP, gotHTTPS)
		}
	}
}

func TestSplitList(t *testing.T) {
	t.Parallel()
	if got := splitList(" https://a.b, ,*,"); !slices.Equal(got, []string{"https://a.b", "*"}) {
		t.Errorf("got %q", got)
	}
	if got := splitList(""); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestFileWord(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Add Stuff": "add_stuff", "addStuff": "add_stuff", "../../x": "x", "a--b__c": "a_b_c", "ümlaut": "mlaut",
	} {
		if got := fileWord(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	flags := Parse([]string{
		"serve", "--http=127.0.0.1:0", "--unknown", "x", "--dir", dir, "--hooksWatch=false", "--hooksPool=3",
		"--queryTimeout=5", "--encryptionEnv=KEY", "--dev=true", "--help",
	})
	if flags.Dir != dir || flags.HooksWatch || flags.HooksPool != 3 || !flags.Automigrate || !flags.IndexFallback {
		t.Errorf("flags %+v", flags)
	}
	if want := filepath.Join(filepath.Dir(dir), "pb_hooks"); flags.HooksDir != want {
		t.Errorf("hooks folder %s, want %s", flags.HooksDir, want)
	}
	if want := filepath.Join(filepath.Dir(dir), "pb_migrations"); flags.MigrationsDir != want {
		t.Errorf("migrations folder %s, want %s", flags.MigrationsDir, want)
	}
	config := flags.Config()
	if config.DataDir != dir || config.EncryptionEnv != "KEY" || !config.IsDev || config.QueryTimeout.Seconds() != 5 {
		t.Errorf("config %+v", config)
	}
}

func TestScriptTimes(t *testing.T) {
	t.Parallel()
	for arg, want := range map[string][2]time.Duration{
		"":                      {},
		"--hooksTimeout=5":      {5 * time.Second, 5 * time.Second},
		"--hooksTimeout=5,120":  {5 * time.Second, 2 * time.Minute},
		"--hooksTimeout=0,30":   {-1, 30 * time.Second},
		"--hooksTimeout=0":      {-1, -1},
		"--hooksTimeout=broken": {},
	} {
		flags := Parse([]string{"serve", arg})
		if hooks, routes := flags.ScriptTimes(); hooks != want[0] || routes != want[1] {
			t.Errorf("%q: %v and %v, want %v", arg, hooks, routes, want)
		}
	}
}

func TestRunAppliesFlagsAndRunsOwnCommands(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	app := core.New(core.Config{DataDir: filepath.Join(t.TempDir(), "other")})
	terminated := 0
	app.OnTerminate().Add(func(*core.TerminateEvent) error { terminated++; return nil })
	ran := false
	app.RootCmd.AddCommand(&cobra.Command{Use: "own", RunE: func(*cobra.Command, []string) error {
		ran = true
		if app.DataDir() != dir || !app.IsBootstrapped() {
			t.Errorf("folder %s, open %v", app.DataDir(), app.IsBootstrapped())
		}
		return nil
	}})
	if code := Run(app, []string{"own", "--dir=" + dir}); code != ExitOK || !ran || terminated != 1 || app.IsBootstrapped() {
		t.Errorf("exit %d, ran %v, %d terminate events", code, ran, terminated)
	}
}

func TestRunReportsFailures(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func() error{
		"error": func() error { return errors.New("refused") },
		"panic": func() error { panic("boom") },
	} {
		app := core.New(core.Config{DataDir: t.TempDir()})
		var out strings.Builder
		app.RootCmd.AddCommand(&cobra.Command{Use: "own", RunE: func(cmd *cobra.Command, _ []string) error {
			cmd.Root().SetErr(&out)
			return run()
		}})
		if code := Run(app, []string{"own"}); code != ExitError || app.IsBootstrapped() {
			t.Errorf("%s: exit %d", name, code)
		}
		if !strings.Contains(out.String(), "refused") && !strings.Contains(out.String(), "panic: boom") {
			t.Errorf("%s: printed %q", name, out.String())
		}
	}
}

func TestRunWithoutAFolder(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: filepath.Join(t.TempDir(), "data")})
	terminated := 0
	app.OnTerminate().Add(func(*core.TerminateEvent) error { terminated++; return nil })
	app.RootCmd.SetOut(&strings.Builder{})
	if code := Run(app, []string{"nope"}); code != ExitError || terminated != 0 {
		t.Errorf("exit %d, %d terminate events", code, terminated)
	}
}
