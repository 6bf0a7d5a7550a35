package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestImports(t *testing.T) {
	t.Parallel()
	for pkg, imports := range packages(t, filepath.Join("..", "..")) {
		for _, imported := range imports {
			if reason := violation(pkg, imported); reason != "" {
				t.Errorf("%s imports %s: %s", orRoot(pkg), imported, reason)
			}
		}
	}
}

func TestViolation(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pkg, imported string
		ok            bool
	}{
		{"", module + "/jsvm", true},
		{"cli", module + "/jsvm", false},
		{"core", module + "/core/daos", true},
		{"core", module + "/apis", false},
		{"core/daos", module + "/core", false},
		{"core/daos", module + "/core/web", false},
		{"core/db", module + "/core/db/sqlite", true},
		{"core/db/sqlite", module + "/core/db", true},
		{"core/db", module + "/core/models", false},
		{"core/models", "net/http", false},
		{"core/models", module + "/core/types", true},
		{"core/cron", module + "/core/web", false},
		{"core/cron", module + "/core/types", true},
		{"apis/forms", module + "/apis", false},
		{"apis", module + "/apis/forms", true},
		{"jsvm", module + "/core/daos", true},
		{"core/unheardof", "fmt", false},
		{"tests/crash", module + "/jsvm", true},
	}
	for _, tt := range tests {
		t.Run(tt.pkg+" "+tt.imported, func(t *testing.T) {
			t.Parallel()
			if reason := violation(tt.pkg, tt.imported); (reason == "") != tt.ok {
				t.Fatalf("violation = %q, want ok %t", reason, tt.ok)
			}
		})
	}
}

// packages returns the imports of every package below root, without its tests.
func packages(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg = strings.TrimPrefix(filepath.ToSlash(pkg), ".")
		found[pkg] = append(found[pkg], fileImports(t, path)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func fileImports(t *testing.T, path string) []string {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	imports := make([]string, 0, len(file.Imports))
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imports = append(imports, imported)
	}
	return imports
}

// reference is the module that this project speaks the protocol of.
const reference = "github.com/pocketbase" + "/pocketbase"

// violation says which rule an import breaks, or nothing.
func violation(pkg, imported string) string {
	if below(pkg, free...) {
		return ""
	}
	if imported == reference || strings.HasPrefix(imported, reference+"/") {
		return "this project is not built on it"
	}
	target, ours := strings.CutPrefix(imported, module)
	target = strings.TrimPrefix(target, "/")
	r, ok := ruleOf(pkg)
	switch {
	case !ok:
		return "the package has no rule in rules_test.go"
	case slices.Contains(r.Not, imported), ours && below(target, r.Not...):
		return "nothing there deals with it"
	case !ours:
		return ""
	case inFamily(pkg, r, target), below(target, r.May...):
		return ""
	case below(target, leaves...) && !below(pkg, leaves...):
		return ""
	}
	return "not among what the package may import"
}

// inFamily reports whether both packages stand under one rule. The folders of
// core and apis are no family: nothing below imports the top.
func inFamily(pkg string, r rule, target string) bool {
	if pkg == target {
		return true
	}
	switch r.Path {
	case "":
		return false
	case "apis":
		return below(target, "apis")
	}
	family, ok := ruleOf(target)
	return ok && family.Path == r.Path
}

// ruleOf returns the rule of a package.
func ruleOf(pkg string) (rule, bool) {
	if below(pkg, leaves...) {
		return rule{Path: pkg, May: basics}, true
	}
	var best rule
	found := pkg == ""
	for _, r := range rules {
		if r.Path == "" && pkg == "" {
			return r, true
		}
		exact := r.Path == "core" || r.Path == "apis"
		if exact && pkg != r.Path {
			continue
		}
		if r.Path != "" && below(pkg, r.Path) && len(r.Path) > len(best.Path) {
			best, found = r, true
		}
	}
	return best, found
}

// below reports whether a package is one of the folders or inside one.
func below(pkg string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return pkg == folder || strings.HasPrefix(pkg, folder+"/")
	})
}

func orRoot(pkg string) string {
	if pkg == "" {
		return "main"
	}
	return pkg
}
