// Package cli is the command line of the program: serve, admin, migrate and
// version. Flags and the environment are read here and nowhere else.
//
// A program of your own builds its app, adds its hooks and calls [Main]. To
// know the global flags before that, for example to find the hooks folder, it
// calls [Parse] first.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
)

// Exit codes of the program.
const (
	ExitOK    = 0
	ExitError = 1 // a command failed
)

// commandGrace is how long a command may take to return after a signal closed
// the app. It comes on top of what the app itself waits for.
const commandGrace = 5 * time.Second

// Main runs the command line of the process and exits with its code.
func Main(app *core.App) { os.Exit(Run(app, os.Args[1:])) }

// Run executes one command line and returns the exit code. The app is closed
// when it returns, after its terminate hooks ran. SIGINT and SIGTERM end a
// running command gracefully, a second one ends the process at once.
func Run(app *core.App, args []string) int {
	root := New(app)
	root.SetArgs(protectNegativeNumbers(args))

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- execute(ctx, root) }()

	var err error
	select {
	case err = <-done:
		err = errors.Join(err, closeApp(app))
	case <-ctx.Done():
		stop()
		err = closeApp(app)
		select {
		case cmdErr := <-done:
			// A command that a signal ended has no result worth reporting,
			// but it may have opened the app meanwhile.
			_ = cmdErr
			err = errors.Join(err, app.ResetBootstrapState())
		case <-time.After(commandGrace):
		}
	}
	if err != nil {
		printError(root.ErrOrStderr(), err)
		if coded, ok := errors.AsType[exitCoder](err); ok {
			return coded.ExitCode()
		}
		return ExitError
	}
	return ExitOK
}

// exitCoder is an error with an exit code of its own.
type exitCoder interface {
	error
	ExitCode() int
}

// closeApp fires the terminate hooks of an app that was opened. A restart goes
// before the end of the process.
func closeApp(app *core.App) error {
	core.AwaitRestart(app)
	if !app.IsBootstrapped() {
		return nil
	}
	return app.Terminate(false)
}

// execute turns a panic of a command into an error, so that the app is closed.
func execute(ctx context.Context, root *cobra.Command) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return root.ExecuteContext(ctx)
}

// New completes the root command of app with the global flags and the built-in
// commands. Every command that runs finds the app bootstrapped. Go programs
// that only need [Main] do not call it.
func New(app *core.App) *cobra.Command {
	root := app.RootCmd
	flags := Defaults()
	flags.adopt(app)

	root.Version = app.Version()
	root.SilenceErrors = true
	root.SilenceUsage = true
	root.DisableSuggestions = true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true})
	root.SetErr(color.Error)
	root.SetOut(color.Output)
	flags.register(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Annotations[core.CommandWithoutApp] != "" || app.IsBootstrapped() {
			return nil
		}
		if err := app.Reconfigure(func(c *core.Config) { flags.apply(cmd, c) }); err != nil {
			return err
		}
		return app.Bootstrap()
	}
	root.AddCommand(
		newServeCommand(app, &flags),
		newAdminCommand(app),
		newMigrateCommand(app, &flags),
		newVersionCommand(app),
	)
	return root
}

func printError(w io.Writer, err error) {
	text := err.Error()
	fmt.Fprintln(w, color.RedString("Error: %s", text))
	if strings.HasPrefix(text, "unknown command ") {
		fmt.Fprintf(w, "Run '%s --help' for usage.\n", exeName())
	}
}

func exeName() string {
	name := os.Args[0]
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return name
}

var negativeNumber = regexp.MustCompile(`^-\d+$`)

// protectNegativeNumbers moves arguments such as -1 behind a "--", where they
// are not taken for flags.
func protectNegativeNumbers(args []string) []string {
	var kept, numbers []string
	for i, arg := range args {
		if arg == "--" {
			kept = append(kept, args[i:]...)
			break
		}
		if negativeNumber.MatchString(arg) {
			numbers = append(numbers, arg)
			continue
		}
		kept = append(kept, arg)
	}
	if len(numbers) == 0 {
		return args
	}
	if !slices.Contains(kept, "--") {
		kept = append(kept, "--")
	}
	return append(kept, numbers...)
}
