package jsvm

import (
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// scriptName matches the files of the hooks directory that are scripts.
var scriptName = regexp.MustCompile(`^.*(\.pb\.js|\.pb\.ts)$`)

// script is one file of the hooks directory: a module with a scope of its own.
type script struct {
	// index is the position of the file in its generation.
	index  int
	name   string
	path   string
	source string
	// declared are the names of the top level, which handlers may use.
	declared map[string]bool
	// program evaluates to the function of the module; replay is the same
	// without statements that only have effects elsewhere.
	program, replay *goja.Program
	// failed tells that evaluating the file ended with an error.
	failed bool
}

// moduleHead and moduleTail make a module of a file. The head stays on the first
// line, so that line numbers are those of the file.
const (
	moduleHead = "(function (exports, require, module, __filename, __dirname) {"
	moduleTail = "\n})"
)

// listScripts returns the paths of the script files of a directory in the order
// of their names. A missing directory has none.
func listScripts(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) || dir == "" {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list scripts: %w", err)
	}
	var paths []string
	for _, entry := range entries {
		if !entry.IsDir() && scriptName.MatchString(entry.Name()) {
			paths = append(paths, filepath.Join(dir, entry.Name()))
		}
	}
	return paths, nil
}

// readScript reads and compiles a file.
func readScript(index int, path string) (*script, error) {
	s := &script{index: index, name: filepath.Base(path), path: path}
	raw, err := os.ReadFile(path)
	if err != nil {
		return s, fmt.Errorf("read script: %w", err)
	}
	s.source = strings.TrimPrefix(string(raw), "\ufeff")
	if strings.HasPrefix(s.source, "#!") {
		s.source = "//" + s.source
	}
	return s, s.compile()
}

func (s *script) compile() error {
	parsed, err := parser.ParseFile(nil, s.path, s.source, 0)
	if err != nil {
		return syntaxError(err)
	}
	s.declared = declaredNames(parsed)
	if s.program, err = goja.Compile(s.path, moduleHead+s.source+moduleTail, false); err != nil {
		return err
	}
	s.replay, err = goja.Compile(s.path, moduleHead+withoutEffects(s.source, parsed, s.declared)+moduleTail, false)
	if err != nil {
		s.replay = s.program
	}
	return nil
}

// syntaxError shortens a list of parse errors to the first one, the cause.
func syntaxError(err error) error {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		first := list[0]
		return fmt.Errorf("SyntaxError: %s:%d:%d %s", filepath.Base(first.Position.Filename), first.Position.Line, first.Position.Column, first.Message)
	}
	return err
}

// outsideNames are objects whose calls act outside of the runtime.
var outsideNames = map[string]bool{
	"$app": true, "$os": true, "$http": true, "$mails": true, "console": true, "sleep": true,
}

// withoutEffects blanks the top-level statements that call something outside of
// the runtime and touch no name of the file. What remains declares the same
// names and registers the same handlers.
func withoutEffects(source string, program *ast.Program, declared map[string]bool) string {
	var out []byte
	for _, statement := range program.Body {
		expr, ok := statement.(*ast.ExpressionStatement)
		if !ok || !actsOutside(expr.Expression, declared) {
			continue
		}
		if out == nil {
			out = []byte(source)
		}
		from, to := int(expr.Idx0())-1, int(expr.Idx1())-1
		for i := max(from, 0); i < min(to, len(out)); i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
	}
	if out == nil {
		return source
	}
	return string(out)
}

func actsOutside(expr ast.Expression, declared map[string]bool) bool {
	root, ok := callRoot(expr)
	if !ok || !outsideNames[root] {
		return false
	}
	for name := range freeNames(expr) {
		if declared[name] || isRegistration(name) {
			return false
		}
	}
	return true
}

// callRoot returns the name that a chain of calls and members begins with.
func callRoot(expr ast.Expression) (string, bool) {
	called := false
	for {
		switch e := expr.(type) {
		case *ast.CallExpression:
			called = true
			expr = e.Callee
		case *ast.DotExpression:
			expr = e.Left
		case *ast.BracketExpression:
			expr = e.Left
		case *ast.Identifier:
			return e.Name.String(), called
		default:
			return "", false
		}
	}
}

// needsScope reports whether a handler uses names that are neither its own nor
// known in every runtime, so that it only works inside its file.
func (s *script) needsScope(source string, known map[string]bool) bool {
	parsed, err := parser.ParseFile(nil, s.path, "("+source+"\n)", 0)
	if err != nil {
		return false
	}
	for name := range freeNames(parsedBody(parsed)...) {
		if s.declared[name] || !known[name] {
			return true
		}
	}
	return false
}

func parsedBody(program *ast.Program) []ast.Node {
	nodes := make([]ast.Node, len(program.Body))
	for i, statement := range program.Body {
		nodes[i] = statement
	}
	return nodes
}

// compileHandler compiles the text of a handler on its own. Errors carry the
// place in the file where the text was found.
func (s *script) compileHandler(source string, line, column int) (*goja.Program, error) {
	padding := strings.Repeat("\n", max(line-1, 0)) + strings.Repeat(" ", max(column-2, 0))
	return goja.Compile(s.path, padding+"("+source+"\n)", true)
}

// locate returns where in the file a piece of source text begins, looking first
// behind the line of the call that mentions it.
func (s *script) locate(text string, callLine int) (line, column int) {
	from := 0
	for range max(callLine-1, 0) {
		next := strings.IndexByte(s.source[from:], '\n')
		if next < 0 {
			break
		}
		from += next + 1
	}
	at := strings.Index(s.source[from:], text)
	if at >= 0 {
		at += from
	} else if at = strings.Index(s.source, text); at < 0 {
		return callLine, 1
	}
	before := s.source[:at]
	return strings.Count(before, "\n") + 1, at - strings.LastIndexByte(before, '\n')
}

// sourceHash identifies the text of a handler.
func sourceHash(source string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(source))
	return h.Sum64()
}
