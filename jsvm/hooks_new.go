package jsvm

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// templateFiles are what `hooks new` writes. The first line of each says what
// it is; NAME.test.pb.js belongs to NAME.pb.js.
//
//go:embed templates/*
var templateFiles embed.FS

// fileStem matches the names that new files may have.
var fileStem = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)

func newNewCommand(h *host) *cobra.Command {
	return &cobra.Command{
		Use:         "new [template] [name]",
		Short:       "Creates a script and its test from a template",
		Long:        "Creates NAME.pb.js (or .ts) and its test in the hooks directory. The name is that of the template if none is given.\nExisting files are never overwritten. Without arguments the templates are listed.",
		Args:        cobra.MaximumNArgs(2),
		Annotations: withoutApp(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listTemplates(newReport(cmd))
			}
			return writeTemplate(newReport(cmd), h.cfg.HooksDir, args[0], args[len(args)-1])
		},
	}
}

// templateNames returns the script files of the templates.
func templateNames() []string {
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if isScript(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names
}

func listTemplates(r *report) error {
	table := tabwriter.NewWriter(r, 0, 0, 2, ' ', 0)
	for _, name := range templateNames() {
		content, err := templateFiles.ReadFile(path.Join("templates", name))
		if err != nil {
			return err
		}
		first, _, _ := strings.Cut(string(content), "\n")
		stem, _, _ := strings.Cut(name, ".")
		fmt.Fprintf(table, "%s\t%s\n", stem, strings.TrimPrefix(first, "// "))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return r.err
}

func writeTemplate(r *report, dir, template, stem string) error {
	if dir == "" {
		return errors.New("there is no hooks directory")
	}
	if !fileStem.MatchString(stem) {
		return fmt.Errorf("%q is no name for a file: use letters, digits, dashes and dots", stem)
	}
	files := map[string]string{} // target → template
	for _, ending := range []string{".pb.js", ".pb.ts", ".test.pb.js", ".test.pb.ts"} {
		if _, err := fs.Stat(templateFiles, path.Join("templates", template+ending)); err == nil {
			files[filepath.Join(dir, stem+ending)] = path.Join("templates", template+ending)
		}
	}
	if len(files) == 0 {
		return fmt.Errorf("there is no template %q, `hooks new` lists them", template)
	}
	for target := range files {
		if _, err := os.Lstat(target); err == nil {
			return fmt.Errorf("%s exists already", target)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("create the hooks directory: %w", err)
	}
	for target, source := range files {
		content, err := templateFiles.ReadFile(source)
		if err != nil {
			return err
		}
		if err := writeNew(target, content); err != nil {
			return err
		}
		r.line("%s %s", good("created"), target)
	}
	return r.err
}

// writeNew writes a file that must not exist yet.
func writeNew(target string, content []byte) error {
	file, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("create script: %w", err)
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write script: %w", err)
	}
	return nil
}
