package jsvm

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// scriptName matches the files of the hooks directory that are scripts.
var scriptName = regexp.MustCompile(`^.*(\.pb\.js|\.pb\.ts)$`)

// script is one file of the hooks directory: a module with a scope of its own.
type script struct {
	// index is the position of the file in its generation.
	index int
	name  string
	path  string
	// state is that of the file right before it was read.
	state fileState
	compiled
	// failed tells that evaluating the file ended with an error.
	failed bool
}

// compiled is the text of a script with what the loader makes of it.
type compiled struct {
	// source is what is run: the file, or the bundle made of it.
	source string
	// positions leads from a bundle back to the author's files.
	positions sourceMap
	// declared are the names of the top level, which handlers may use.
	declared map[string]bool
	// needs are the guards that a runtime must have that runs it.
	needs needs
	// program evaluates to the function of the module; replay is the same
	// without statements that only have effects elsewhere.
	program, replay *goja.Program
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
		if !entry.IsDir() && isScript(entry.Name()) && !isLock(entry) {
			paths = append(paths, filepath.Join(dir, entry.Name()))
		}
	}
	return paths, nil
}

// isLock reports whether an entry is the link that Emacs puts beside a file for
// as long as there are changes of it that are not saved. It leads nowhere.
func isLock(entry fs.DirEntry) bool {
	return strings.HasPrefix(entry.Name(), ".#") && entry.Type()&fs.ModeSymlink != 0
}

// readScript reads and compiles a file. TypeScript and what the engine does not
// understand as it is go through the bundler first.
func readScript(b *bundler, index int, path string) (*script, error) {
	s := &script{index: index, name: filepath.Base(path), path: path, state: stateOf(path)}
	raw, err := os.ReadFile(path)
	if err != nil {
		return s, fmt.Errorf("read script: %w", err)
	}
	source := plainText(raw)
	if err := checkDepth(source); err != nil {
		return s, err
	}
	s.compiled, err = b.compile(path, source)
	return s, err
}

// plainText is the text of a file without what only marks its kind.
func plainText(raw []byte) string {
	source := strings.TrimPrefix(string(raw), "\ufeff")
	if strings.HasPrefix(source, "#!") {
		source = "//" + source
	}
	return source
}

// moduleSyntax matches the statements that only modules have.
var moduleSyntax = regexp.MustCompile(`(?m)(^|[;}])\s*(import|export)\b|\bimport\s*\(`)

// compile compiles the text of a file, or the bundle made of it.
func (b *bundler) compile(path, source string) (compiled, error) {
	var plainErr error
	if !isTypeScript(path) {
		var c compiled
		if c, plainErr = compileModule(path, source, sourceMap{}); plainErr == nil {
			return c, nil
		}
	}
	made, err := b.bundle(path)
	switch {
	case err != nil && plainErr != nil && !moduleSyntax.MatchString(source):
		return compiled{}, plainErr // it is meant as a plain script
	case err != nil:
		return compiled{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if made.compiled == nil {
		c, err := compileModule(path, made.text, made.positions)
		if err != nil {
			return compiled{}, err
		}
		made.compiled = &c
	}
	return *made.compiled, nil
}

func isTypeScript(path string) bool {
	switch filepath.Ext(path) {
	case ".ts", ".mts", ".cts", ".tsx":
		return true
	}
	return false
}

func compileModule(path, source string, positions sourceMap) (compiled, error) {
	c := compiled{source: source, positions: positions}
	parsed, err := parseText(path, source, positions)
	if err != nil {
		return c, err
	}
	c.declared = declaredNames(parsed)
	c.needs = needsOf(parsed, source)
	if c.program, err = compileText(path, moduleHead+source+moduleTail, false, positions); err != nil {
		return c, err
	}
	stripped := withoutEffects(source, parsed, c.declared)
	if stripped == source {
		c.replay = c.program
		return c, nil
	}
	c.replay, err = compileText(path, moduleHead+stripped+moduleTail, false, positions)
	if err != nil {
		c.replay = c.program
	}
	return c, nil
}

// parseText parses a piece of a file, or of a bundle.
func parseText(path, text string, positions sourceMap) (*ast.Program, error) {
	var options []parser.Option
	if positions.consumer != nil {
		options = append(options, parser.WithDisableSourceMaps)
	}
	parsed, err := parser.ParseFile(nil, path, text, 0, options...)
	if err != nil {
		return nil, syntaxError(err, positions)
	}
	if positions.consumer != nil {
		parsed.File.SetSourceMap(positions.consumer)
	}
	expandRegExps(parsed, text)
	return parsed, nil
}

// compileText compiles a piece of a file, or of a bundle.
func compileText(path, text string, strict bool, positions sourceMap) (*goja.Program, error) {
	parsed, err := parseText(path, text, positions)
	if err != nil {
		return nil, err
	}
	return goja.CompileAST(parsed, strict)
}

// syntaxError shortens a list of parse errors to the first one, the cause.
func syntaxError(err error, positions sourceMap) error {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		first := list[0]
		at := positions.original(first.Position.Filename, first.Position.Line, first.Position.Column)
		return fmt.Errorf("SyntaxError: %s:%d:%d %s", filepath.Base(at.Filename), at.Line, at.Column, first.Message)
	}
	return err
}

// outsideNames are objects whose calls act outside of the runtime.
var outsideNames = map[string]bool{
	"$app": true, "$os": true, "$http": true, "$mails": true, "console": true, "sleep": true, "fetch": true,
	"setTimeout": true, "setInterval": true, "setImmediate": true,
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
func (s *script) compileHandler(source string, line, column int) (*goja.Program, needs, error) {
	padding := strings.Repeat("\n", max(line-1, 0)) + strings.Repeat(" ", max(column-2, 0))
	parsed, err := parseText(s.path, padding+"("+source+"\n)", s.positions)
	if err != nil {
		return nil, nil, err
	}
	program, err := goja.CompileAST(parsed, true)
	return program, needsOf(parsed, source), err
}

// locate returns where a piece of source text begins, looking first behind the
// call that mentions it.
func (s *script) locate(text string, call file.Position) place {
	best := place{line: call.Line, column: 1, at: call}
	line, lineStart := 1, 0
	for from, found := 0, false; text != ""; {
		next := strings.Index(s.source[from:], text)
		if next < 0 {
			break
		}
		at := from + next
		line += strings.Count(s.source[from:at], "\n")
		lineStart = strings.LastIndexByte(s.source[:at], '\n') + 1
		p := place{line: line, column: at - lineStart + 1}
		p.at = s.positions.original(s.path, p.line, p.column)
		behind := p.at.Filename == call.Filename && p.at.Line >= call.Line
		if behind || !found {
			best, found = p, true
		}
		if behind {
			break
		}
		from = at + 1
		line += strings.Count(s.source[at:from], "\n")
	}
	return best
}

// sourceHash identifies the text of a handler.
func sourceHash(source string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(source))
	return h.Sum64()
}
