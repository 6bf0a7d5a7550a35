// Package script runs the command line scripts in *.txtar against the program.
package script_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tackleboxdev/tacklebox/cli"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/jsvm"
)

// TestMain makes the test binary the program when a script calls "app".
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"app": program})
}

// program is the main function of the repository with the data folder of the
// script, wherever the test binary lives.
func program() {
	args := append([]string{"--dev=false", "--dir=pb_data"}, os.Args[1:]...)
	flags := cli.Parse(args)
	app := core.New(flags.Config())
	jsvm.MustRegister(app, jsvm.Config{
		HooksDir:      flags.HooksDir,
		MigrationsDir: flags.MigrationsDir,
		Automigrate:   flags.Automigrate,
		HooksPoolSize: flags.HooksPool,
	})
	os.Exit(cli.Run(app, args))
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: ".", RequireExplicitExec: true})
}
