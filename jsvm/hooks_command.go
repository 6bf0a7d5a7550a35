package jsvm

import (
	"fmt"
	"io"
	"path/filepath"
	"sync"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

// newHooksCommand returns the commands for authors of scripts.
func newHooksCommand(h *host) *cobra.Command {
	cmd := &cobra.Command{
		Use:         "hooks",
		Short:       "Lists, checks, tests and creates script files",
		Args:        cobra.NoArgs, // an unknown sub-command is an error, not a reason for help
		Annotations: withoutApp(),
		RunE:        func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newListCommand(h), newCheckCommand(h), newTestCommand(h), newNewCommand(h))
	return cmd
}

// withoutApp marks commands that do not open the data folder.
func withoutApp() map[string]string { return map[string]string{core.CommandWithoutApp: "true"} }

// report prints lines for people and remembers the first error of the writer.
type report struct {
	out io.Writer
	err error
}

func newReport(cmd *cobra.Command) *report { return &report{out: cmd.OutOrStdout()} }

func (r *report) line(format string, args ...any) { r.text(fmt.Sprintf(format, args...) + "\n") }

func (r *report) text(s string) {
	if r.err == nil {
		_, r.err = io.WriteString(r.out, s)
	}
}

// Write implements io.Writer.
func (r *report) Write(p []byte) (int, error) {
	r.text(string(p))
	return len(p), r.err
}

var (
	good  = color.New(color.FgGreen).SprintFunc()
	bad   = color.New(color.FgRed).SprintFunc()
	faint = color.New(color.FgHiBlack).SprintFunc()
)

// plural returns the number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// notLoadedError is why an app is not opened whose scripts do not load.
type notLoadedError struct{ cause error }

// Error tells what to do; the causes have been printed.
func (*notLoadedError) Error() string {
	return "a script does not load, see above: `hooks check` tells more, and without --hooksWatch=false the others run without it"
}

func (e *notLoadedError) Unwrap() error { return e.cause }

// ExitCode is that of the program.
func (*notLoadedError) ExitCode() int { return exitLoad }

// printWhenOpened prints why files do not load when the app is opened, so that
// commands for authors can show it in their own way. Unless files are watched,
// so that they can be mended, the app is not opened.
func (h *host) printWhenOpened(err error) {
	var once sync.Once
	h.app.OnBeforeBootstrap().Bind(hook.Handler[*core.BootstrapEvent]{
		Info: hook.Info{ID: "jsvm.failures", Source: hook.Source{Kind: hook.System}, First: true},
		Func: func(*core.BootstrapEvent) error {
			once.Do(func() { h.printFailure(err) })
			if !h.cfg.HooksWatch {
				return &notLoadedError{err}
			}
			return nil
		},
	})
}

// Place returns the file, line and column that the error came from, "" if unknown.
func (e *scriptError) Place() string {
	match := framePlace.FindStringSubmatch(e.frames)
	if match == nil {
		return ""
	}
	return shownPath(e.origin.cfg.HooksDir, match[1]) + ":" + match[2] + ":" + match[3]
}

// shown returns the path of a file as messages show it.
func (h *host) shown(path string) string { return shownPath(h.cfg.HooksDir, path) }

// shownPath returns a path seen from a folder, if it is below it.
func shownPath(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return path
}
