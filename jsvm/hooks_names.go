package jsvm

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"

	"github.com/tackleboxdev/tacklebox/core"
)

// nameChecker looks for names that nobody declares, in scripts and in the
// modules of the author that they require.
type nameChecker struct {
	host    *host
	bundles *bundler
	// known are the global names, members those of the `$name` objects.
	known   map[string]bool
	members map[string][]string
	// elsewhere tells which file declares a name at its top level.
	elsewhere map[string]string
	seen      map[string]bool
}

// moduleNames are the names that every file has.
var moduleNames = []string{"exports", "require", "module", "__filename", "__dirname", "arguments"}

func newNameChecker(h *host) (*nameChecker, error) {
	g := newGeneration(h)
	env, err := g.newRuntime()
	if err != nil {
		return nil, err
	}
	n := &nameChecker{
		host: h, bundles: newBundler(h.cfg.HooksDir), known: globalNames(env),
		members: map[string][]string{}, elsewhere: map[string]string{}, seen: map[string]bool{},
	}
	n.bundles.know(maps.Clone(n.known))
	for name := range n.known {
		if strings.HasPrefix(name, "$") {
			n.members[name] = env.vm.Get(name).ToObject(env.vm).Keys()
		}
	}
	for name := range env.registrations {
		n.known[name] = true
	}
	for name := range webGlobals {
		n.known[name] = true
	}
	for _, name := range moduleNames {
		n.known[name] = true
	}
	if current := h.current.Load(); current != nil {
		for _, s := range current.scripts {
			n.shares(s)
		}
	}
	g.discard()
	return n, nil
}

// shares takes note of what a script declares and of what it adds to globalThis.
func (n *nameChecker) shares(s *script) {
	for name := range s.declared {
		n.elsewhere[name] = s.name
	}
	parsed, err := parseText(s.path, s.source, s.positions)
	if err != nil {
		return
	}
	inspect(parsed, func(node any) {
		assign, ok := node.(*ast.AssignExpression)
		if !ok {
			return
		}
		if dot, ok := assign.Left.(*ast.DotExpression); ok {
			if root, ok := dot.Left.(*ast.Identifier); ok && root.Name == "globalThis" {
				n.known[dot.Identifier.Name.String()] = true
			}
		}
	})
}

// check returns the problems of a file and of the modules it requires.
func (n *nameChecker) check(path string) []problem {
	if n.seen[path] {
		return nil
	}
	n.seen[path] = true
	raw, err := os.ReadFile(path)
	if err != nil {
		return []problem{{file: n.host.shown(path), text: err.Error()}}
	}
	c, err := n.bundles.compile(path, plainText(raw))
	if err != nil {
		p := problemOf(n.host, n.host.shown(path), err.Error())
		return []problem{p}
	}
	parsed, err := parseText(path, c.source, c.positions)
	if err != nil {
		return []problem{problemOf(n.host, n.host.shown(path), err.Error())}
	}
	problems := n.names(path, parsed, c)
	inspect(parsed, func(node any) {
		switch e := node.(type) {
		case *ast.DotExpression:
			problems = append(problems, n.member(parsed, e)...)
		case *ast.CallExpression:
			problems = append(problems, n.required(parsed, e)...)
		}
	})
	return problems
}

// names finds the free names that are not known.
func (n *nameChecker) names(path string, parsed *ast.Program, c compiled) (problems []problem) {
	w := &scopeWalker{free: map[string]bool{}, places: map[string]file.Idx{}, asked: map[string]bool{}}
	for _, node := range parsedBody(parsed) {
		w.visit(reflect.ValueOf(node), nil)
	}
	for _, name := range slices.Sorted(maps.Keys(w.free)) {
		switch {
		case c.declared[name] || n.known[name] || w.asked[name]:
			continue
		case testName.MatchString(path) && slices.Contains(testGlobals, name):
			continue
		}
		at := placeOf(parsed, w.places[name])
		if inPackage(at.Filename) || isVirtual(at.Filename) {
			continue // not the author's
		}
		text, hint := n.explain(name, path, c.declared)
		problems = append(problems, problem{file: n.host.shown(at.Filename), line: at.Line, column: at.Column, text: text, hint: hint})
	}
	return problems
}

// explain says what is wrong with an unknown name and what may help.
func (n *nameChecker) explain(name, path string, declared map[string]bool) (text, hint string) {
	text = fmt.Sprintf("unknown name %q", name)
	if len(name) > 2 && strings.HasPrefix(name, "on") && strings.ToUpper(name[2:3]) == name[2:3] {
		text = fmt.Sprintf("unknown event %q", name)
		events := make([]string, 0, len(core.HookBindings))
		for _, b := range core.HookBindings {
			if b.JS {
				events = append(events, "on"+b.Name)
			}
		}
		if near := nearest(name, events); near != "" {
			return text, fmt.Sprintf("did you mean %s?", near)
		}
		return text, "docs/events.md lists all events"
	}
	if other := n.elsewhere[name]; other != "" && other != filepath.Base(path) {
		return text, fmt.Sprintf("%s declares it for itself: put it into a module and require that in both files", other)
	}
	if other := replacedNames[name]; other != "" {
		return text, other
	}
	if slices.Contains(testGlobals, name) {
		return text, "only files called *.test.pb.js or *.test.pb.ts have it"
	}
	candidates := slices.Concat(slices.Sorted(maps.Keys(declared)), slices.Sorted(maps.Keys(n.known)))
	if near := nearest(name, candidates); near != "" {
		return text, fmt.Sprintf("did you mean %s?", near)
	}
	return text, "declare it with const, let or function, or get it with require"
}

// replacedNames are names of other environments, with what to use here.
var replacedNames = map[string]string{
	"window":       "scripts run on the server; globalThis is the global object",
	"document":     "scripts run on the server, there is no page",
	"localStorage": "use $app.store() for memory that all requests share, or a collection",
	"unmarshal":    "use JSON.parse(JSON.stringify(value))",
	"Middleware":   "pass the function itself: (next) => (c) => next(c)",
	"Deno":         "use $os and $filesystem",
	"Bun":          "use $os and $filesystem",
}

// member checks a member of a `$name` object.
func (n *nameChecker) member(parsed *ast.Program, e *ast.DotExpression) []problem {
	root, ok := e.Left.(*ast.Identifier)
	if !ok {
		return nil
	}
	members := n.members[root.Name.String()]
	name := e.Identifier.Name.String()
	if members == nil || slices.Contains(members, name) {
		return nil
	}
	at := placeOf(parsed, e.Identifier.Idx)
	if inPackage(at.Filename) {
		return nil
	}
	p := problem{
		file: n.host.shown(at.Filename), line: at.Line, column: at.Column,
		text: fmt.Sprintf("%s has no member %q", root.Name, name),
	}
	if near := nearest(name, members); near != "" {
		p.hint = fmt.Sprintf("did you mean %s?", near)
	}
	return []problem{p}
}

// required checks a module of the author that a file requires by its path.
func (n *nameChecker) required(parsed *ast.Program, e *ast.CallExpression) []problem {
	callee, ok := e.Callee.(*ast.Identifier)
	if !ok || callee.Name != "require" || len(e.ArgumentList) == 0 {
		return nil
	}
	name := n.moduleName(e.ArgumentList[0])
	if name == "" || !isRelative(name) && !filepath.IsAbs(name) {
		return nil
	}
	at := placeOf(parsed, e.ArgumentList[0].Idx0())
	target := resolveModule(filepath.Dir(at.Filename), name)
	if !moduleExists(target) {
		return []problem{{
			file: n.host.shown(at.Filename), line: at.Line, column: at.Column,
			text: fmt.Sprintf("there is no module %q", name), hint: "paths are seen from the file, or begin with ${__hooks}/",
		}}
	}
	for _, ending := range []string{"", ".js", ".ts"} {
		candidate := target + ending
		if fileExists(candidate) && !inPackage(candidate) && slices.Contains([]string{".js", ".ts", ".mjs", ".mts", ".cjs"}, filepath.Ext(candidate)) {
			return n.check(candidate)
		}
	}
	return nil
}

// moduleName returns the name in a require call, as far as it is fixed.
func (n *nameChecker) moduleName(argument ast.Expression) string {
	switch a := argument.(type) {
	case *ast.StringLiteral:
		return a.Value.String()
	case *ast.TemplateLiteral:
		if len(a.Expressions) == 1 && len(a.Elements) == 2 && a.Elements[0].Literal == "" {
			if root, ok := a.Expressions[0].(*ast.Identifier); ok && root.Name == "__hooks" {
				return n.host.cfg.HooksDir + a.Elements[1].Literal
			}
		}
	}
	return ""
}

// placeOf returns the author's place of a position.
func placeOf(parsed *ast.Program, at file.Idx) file.Position {
	return parsed.File.Position(int(at) - parsed.File.Base())
}

// inspect calls fn for every node of a syntax tree.
func inspect(node any, fn func(node any)) { inspectValue(reflect.ValueOf(node), fn) }

func inspectValue(v reflect.Value, fn func(node any)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*file.File]() {
			return
		}
		if v.Kind() == reflect.Pointer && v.CanInterface() {
			fn(v.Interface())
		}
		inspectValue(v.Elem(), fn)
	case reflect.Slice:
		for i := range v.Len() {
			inspectValue(v.Index(i), fn)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && field.Name != "DeclarationList" {
				inspectValue(v.Field(i), fn)
			}
		}
	}
}
