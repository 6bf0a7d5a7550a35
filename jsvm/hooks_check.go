package jsvm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
)

func newCheckCommand(h *host) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Checks the scripts without running the server",
		Long: `Reads, bundles and loads all scripts and their tests, and reports what does not parse or load, names that nobody
declares, unknown events and members, and tags that no collection has. The collections are those of the data
folder after all migrations, which are applied to a temporary copy.`,
		Args:        cobra.NoArgs,
		Annotations: withoutApp(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c := &checker{host: h}
			files, err := c.check(cmd.Context())
			if err != nil {
				return err
			}
			return c.print(newReport(cmd), files)
		},
	}
}

// problem is something wrong with a script.
type problem struct {
	file         string // as shown
	line, column int    // 0 if unknown
	text, hint   string
}

// checker collects the problems of all scripts.
type checker struct {
	host     *host
	problems []problem
}

// check looks at all files and returns how many there are.
func (c *checker) check(ctx context.Context) (files int, err error) {
	names, err := newNameChecker(c.host)
	if err != nil {
		return 0, err
	}
	scripts, err := listScripts(c.host.cfg.HooksDir)
	if err != nil {
		return 0, err
	}
	tests, err := listTests(c.host.cfg.HooksDir)
	if err != nil {
		return 0, err
	}
	for _, path := range append(scripts, tests...) {
		c.problems = append(c.problems, names.check(path)...)
	}
	files = len(names.seen)
	c.loadFailures()
	c.tags(ctx)
	slices.SortStableFunc(c.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	c.problems = slices.Compact(c.problems)
	return files, nil
}

// add takes a problem unless there is one at the same line already.
func (c *checker) add(p problem) {
	for i, known := range c.problems {
		if known.file == p.file && (known.line == p.line || p.line == 0) {
			c.problems[i].hint = cmp.Or(known.hint, p.hint)
			return
		}
	}
	c.problems = append(c.problems, p)
}

// loadFailures adds why files did not load when the app was made.
func (c *checker) loadFailures() {
	for _, failed := range c.host.loadFailures {
		if failure, ok := errors.AsType[*loadError](failed); ok {
			p := problemOf(c.host, failure.file, reason(failure.err))
			p.hint = fmt.Sprintf("%s does not load: nothing of it runs, and with --hooksWatch=false the server does not start", failure.file)
			c.add(p)
			continue
		}
		c.add(problem{text: failed.Error()})
	}
}

var (
	// leadingPlace matches messages that begin with their place.
	leadingPlace = regexp.MustCompile(`^(?:SyntaxError: )?(\S+?):(\d+):(\d+):? (?s:(.*))$`)
	// engineSyntax matches syntax errors in the words of the engine.
	engineSyntax = regexp.MustCompile(`^SyntaxError: (\S+): Line (\d+):(\d+) (.*?)(?: \(and \d+ more errors\))?$`)
	// framePlace matches the place in a stack frame.
	framePlace = regexp.MustCompile(`\(([^()]+):(\d+):(\d+)\)`)
)

// problemOf makes a problem of a message about a file, with the place that the
// message names.
func problemOf(h *host, file, message string) problem {
	if match := leadingPlace.FindStringSubmatch(message); match != nil {
		p := problem{file: h.shown(match[1]), text: match[4]}
		p.line, _ = strconv.Atoi(match[2])
		p.column, _ = strconv.Atoi(match[3])
		if strings.HasPrefix(message, "SyntaxError: ") {
			p.text = "SyntaxError: " + p.text
			p.file = file
		}
		return p
	}
	if match := engineSyntax.FindStringSubmatch(message); match != nil {
		p := problem{file: h.shown(match[1]), text: "SyntaxError: " + match[4]}
		p.line, _ = strconv.Atoi(match[2])
		p.column, _ = strconv.Atoi(match[3])
		return p
	}
	text, frames, _ := strings.Cut(message, "\n")
	p := problem{file: file, text: text}
	if match := framePlace.FindStringSubmatch(frames); match != nil {
		path := match[1]
		if !filepath.IsAbs(path) {
			path = filepath.Join(h.cfg.HooksDir, path)
		}
		p.file = h.shown(path)
		p.line, _ = strconv.Atoi(match[2])
		p.column, _ = strconv.Atoi(match[3])
	}
	return p
}

// tags adds the tags that match nothing in the data folder.
func (c *checker) tags(ctx context.Context) {
	g := c.host.current.Load()
	if g == nil || !slices.ContainsFunc(g.hooks, func(h registeredHook) bool { return len(h.info.Tags) > 0 }) {
		return
	}
	collections, tables, err := knownTags(ctx, c.host)
	if err != nil {
		c.problems = append(c.problems, problem{text: "cannot read the collections of the data folder: " + err.Error()})
		return
	}
	for _, registered := range g.hooks {
		known := collections
		if strings.HasPrefix(registered.binding.Name, "Model") || strings.HasPrefix(registered.binding.Name, "File") {
			known = slices.Concat(collections, tables)
		}
		for _, tag := range registered.info.Tags {
			if slices.Contains(known, tag) {
				continue
			}
			file, line, _ := strings.Cut(registered.info.Source.Name, ":")
			p := problem{file: file, text: fmt.Sprintf("on%s: no collection has the name or id %q, the handler never runs", registered.binding.Name, tag)}
			p.line, _ = strconv.Atoi(line)
			if near := nearest(tag, known); near != "" {
				p.hint = fmt.Sprintf("did you mean %q?", near)
			} else {
				p.hint = "create the collection in a migration, or remove the tag"
			}
			c.problems = append(c.problems, p)
		}
	}
}

// knownTags returns the ids and names of the collections and the names of all
// other tables of the data folder.
func knownTags(ctx context.Context, h *host) (collections, tables []string, err error) {
	folder, err := newTestFolder(ctx, &host{app: h.app, cfg: h.cfg})
	if err != nil {
		return nil, nil, err
	}
	defer folder.remove()
	app := core.New(testConfig(h.app, folder.data))
	if err := app.Bootstrap(); err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, app.ResetBootstrapState()) }()
	var rows []struct{ Id, Name string }
	if err := app.DB().NewQuery("SELECT id, name FROM _collections").All(&rows); err != nil {
		return nil, nil, err
	}
	for _, row := range rows {
		collections = append(collections, row.Id, row.Name)
	}
	err = app.DB().NewQuery("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '\\_%' ESCAPE '\\'").Column(&tables)
	return collections, tables, err
}

// show prints the problems.
func (c *checker) show(r *report) {
	for _, p := range c.problems {
		place := p.file
		if p.line > 0 {
			place = fmt.Sprintf("%s:%d", place, p.line)
			if p.column > 0 {
				place = fmt.Sprintf("%s:%d", place, p.column)
			}
		}
		if place != "" {
			place += ": "
		}
		r.line("%s%s", place, bad(p.text))
		if p.hint != "" {
			r.line("    %s", p.hint)
		}
	}
}

// print shows the problems and fails when there are any.
func (c *checker) print(r *report, files int) error {
	c.show(r)
	if n := len(c.problems); n > 0 {
		r.line("%s checked", plural(files, "file"))
		return fmt.Errorf("%s found", plural(n, "problem"))
	}
	r.line("%s checked, %s", plural(files, "file"), good("no problems"))
	return r.err
}

// nearest returns the name that is close to another one, "" when none is.
func nearest(name string, names []string) string {
	best, distance := "", max(len(name)/3, 1)+1
	for _, candidate := range names {
		if d := editDistance(strings.ToLower(name), strings.ToLower(candidate), distance); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// editDistance counts the characters to change or to swap, up to a limit.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(next[j]+1, row[j+1]+1, row[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}

// fileExists reports whether a path is a file.
func fileExists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
