package jsvm

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/internal/passwordcost"
)

// testName matches the files of the hooks directory that hold tests.
var testName = regexp.MustCompile(`\.test\.pb\.(js|ts)$`)

// isScript reports whether a file of the hooks directory is loaded by the server.
func isScript(name string) bool { return scriptName.MatchString(name) && !testName.MatchString(name) }

func newTestCommand(h *host) *cobra.Command {
	r := &testRunner{host: h}
	var pattern string
	cmd := &cobra.Command{
		Use:   "test [files]",
		Short: "Runs the tests of scripts on a temporary copy of the data folder",
		Long: `Runs the *.test.pb.js and *.test.pb.ts files of the hooks directory, or those given.
Each test gets the scripts, freshly loaded, and its own copy of the data folder with all migrations applied.
Mails and requests to other servers are captured.`,
		Annotations: withoutApp(),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if r.pattern, err = regexp.Compile(pattern); err != nil {
				return fmt.Errorf("read the pattern of names: %w", err)
			}
			r.report = newReport(cmd)
			return r.runFiles(cmd.Context(), args)
		},
	}
	cmd.Flags().StringVar(&pattern, "run", "", "run only the tests whose name matches this regular expression")
	cmd.Flags().BoolVar(&r.bail, "bail", false, "stop at the first failure")
	cmd.Flags().BoolVarP(&r.verbose, "verbose", "v", false, "show what tests and scripts print, also of tests that pass")
	return cmd
}

// testRunner runs test files one after another.
type testRunner struct {
	host    *host
	report  *report
	pattern *regexp.Regexp
	bail    bool
	verbose bool

	origin                  *testFolder
	bundles                 *bundler
	passed, failed, skipped int
}

var errBail = errors.New("stopped at the first failure")

// runFiles runs the given files, or all, and prints a summary.
func (r *testRunner) runFiles(ctx context.Context, args []string) error {
	began := time.Now()
	files, err := r.files(args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		r.report.line("There are no tests: no *.test.pb.js or *.test.pb.ts in %s.", r.host.cfg.HooksDir)
		return r.report.err
	}
	passwordcost.Lower() // of this process, which only runs tests
	r.bundles = newBundler(r.host.cfg.HooksDir)
	if r.origin, err = newTestFolder(ctx, r.host); err != nil {
		return fmt.Errorf("copy the data folder: %w", err)
	}
	defer r.origin.remove()
	for _, file := range files {
		if err := r.runFile(ctx, file); err != nil {
			if !errors.Is(err, errBail) {
				return err
			}
			break
		}
	}
	r.report.line("\n%s, %s: %s, %s, %d skipped in %.1f s", plural(len(files), "file"), plural(r.passed+r.failed+r.skipped, "test"),
		good(fmt.Sprintf("%d passed", r.passed)), failedText(r.failed), r.skipped, time.Since(began).Seconds())
	if r.failed > 0 {
		return fmt.Errorf("%s failed", plural(r.failed, "test"))
	}
	return r.report.err
}

func failedText(n int) string {
	text := fmt.Sprintf("%d failed", n)
	if n > 0 {
		return bad(text)
	}
	return text
}

// files returns the paths of the test files: those given, seen from the hooks
// directory or the working directory, or all below the hooks directory.
func (r *testRunner) files(args []string) ([]string, error) {
	dir := r.host.cfg.HooksDir
	if len(args) == 0 {
		return listTests(dir)
	}
	all, err := listTests(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, arg := range args {
		abs, err := filepath.Abs(arg)
		if err != nil {
			return nil, err
		}
		switch {
		case slices.Contains(all, filepath.Join(dir, arg)):
			files = append(files, filepath.Join(dir, arg))
		case slices.Contains(all, abs):
			files = append(files, abs)
		default:
			return nil, fmt.Errorf("%s is no test file of %s", arg, dir)
		}
	}
	return files, nil
}

// listTests returns the test files below a folder, packages and hidden folders
// left out.
func listTests(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir():
			if name := entry.Name(); path != dir && (name == "node_modules" || strings.HasPrefix(name, ".")) {
				return filepath.SkipDir
			}
		case testName.MatchString(entry.Name()):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list tests: %w", err)
	}
	return files, nil
}

// runFile runs the tests of a file, each in a world of its own.
func (r *testRunner) runFile(ctx context.Context, path string) error {
	r.report.line("%s", r.host.shown(path))
	w, err := r.newWorld(path)
	if err != nil {
		r.failed++
		r.report.line("  %s %s", bad("✗"), strings.ReplaceAll(err.Error(), "\n", "\n    "))
		return r.afterFailure()
	}
	tests := w.tests
	only := slices.ContainsFunc(tests, func(t testCase) bool { return t.mode == "only" })
	for i, t := range tests {
		if t.mode == "skip" || only && t.mode != "only" || !r.pattern.MatchString(t.name) {
			r.skipped++
			r.report.line("  %s", faint("- "+t.name))
			continue
		}
		if w == nil {
			if w, err = r.newWorld(path); err != nil {
				return err
			}
		}
		failed := r.runTest(w, i)
		w = nil
		if failed {
			if err := r.afterFailure(); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if w != nil {
		w.close()
	}
	return nil
}

func (r *testRunner) afterFailure() error {
	if r.bail {
		return errBail
	}
	return nil
}

// runTest runs one test and reports it. The world is used up.
func (r *testRunner) runTest(w *testWorld, index int) (failed bool) {
	defer w.close()
	t := w.tests[index]
	began := time.Now()
	failure := w.run(index)
	took := faint(fmt.Sprintf("%d ms", time.Since(began).Milliseconds()))
	if failure == nil {
		r.passed++
		r.report.line("  %s %s %s", good("✓"), t.name, took)
		if r.verbose {
			r.details(w)
		}
		return false
	}
	r.failed++
	r.report.line("  %s %s %s", bad("✗"), t.name, took)
	r.indented(failure.Error())
	for _, place := range failure.places {
		r.indented("  at " + place)
	}
	r.details(w)
	return true
}

// details shows what happened during a test.
func (r *testRunner) details(w *testWorld) {
	for _, run := range w.failedRuns() {
		text := fmt.Sprintf("%s of %s failed: %s", run.Event, run.Source, run.Error)
		if run.Place != "" {
			text += " at " + run.Place
		}
		r.indented(text)
	}
	if printed := strings.TrimRight(w.console.String(), "\n"); printed != "" {
		r.indented("console:\n" + printed)
	}
}

func (r *testRunner) indented(text string) {
	r.report.line("      %s", strings.ReplaceAll(text, "\n", "\n      "))
}
