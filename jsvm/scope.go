package jsvm

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// freeNames returns the names that a piece of script uses without declaring
// them itself: those of its file and those of the runtime. Names that are only
// asked for their type do not count.
func freeNames(nodes ...ast.Node) map[string]bool {
	w := &scopeWalker{free: map[string]bool{}}
	for _, node := range nodes {
		w.visit(reflect.ValueOf(node), nil)
	}
	return w.free
}

// declaredNames returns the names that the top level of a file declares.
func declaredNames(program *ast.Program) map[string]bool {
	top := &scope{names: map[string]bool{}}
	for _, declaration := range program.DeclarationList {
		top.declareBindings(declaration.List)
	}
	top.declareStatements(program.Body)
	return top.names
}

// scope is one level of declared names.
type scope struct {
	outer *scope
	names map[string]bool
}

func (s *scope) inner() *scope { return &scope{outer: s, names: map[string]bool{}} }

func (s *scope) has(name string) bool {
	for ; s != nil; s = s.outer {
		if s.names[name] {
			return true
		}
	}
	return false
}

// declare adds the names of a declaration target: a name or a pattern.
func (s *scope) declare(target ast.Node) {
	switch t := target.(type) {
	case *ast.Identifier:
		if t != nil {
			s.names[t.Name.String()] = true
		}
	case *ast.ArrayPattern:
		for _, element := range t.Elements {
			s.declare(element)
		}
		s.declare(t.Rest)
	case *ast.ObjectPattern:
		for _, property := range t.Properties {
			switch p := property.(type) {
			case *ast.PropertyShort:
				s.names[p.Name.Name.String()] = true
			case *ast.PropertyKeyed:
				s.declare(p.Value)
			}
		}
		s.declare(t.Rest)
	case *ast.AssignExpression: // a target with a default
		s.declare(t.Left)
	case *ast.Binding:
		s.declare(t.Target)
	}
}

func (s *scope) declareBindings(list []*ast.Binding) {
	for _, binding := range list {
		s.declare(binding.Target)
	}
}

// declareStatements adds what a block declares at its own level.
func (s *scope) declareStatements(list []ast.Statement) {
	for _, statement := range list {
		switch t := statement.(type) {
		case *ast.LexicalDeclaration:
			s.declareBindings(t.List)
		case *ast.VariableStatement:
			s.declareBindings(t.List)
		case *ast.FunctionDeclaration:
			s.declare(t.Function.Name)
		case *ast.ClassDeclaration:
			s.declare(t.Class.Name)
		}
	}
}

// scopeWalker visits a syntax tree and collects free names. The tree is walked
// by reflection: only nodes that declare or use names need code.
type scopeWalker struct {
	free map[string]bool
	// places, if there is a map, gets where each name is used first, and asked
	// the names that are asked for their type.
	places map[string]file.Idx
	asked  map[string]bool
}

func (w *scopeWalker) use(id *ast.Identifier, s *scope) {
	name := id.Name.String()
	if s.has(name) {
		return
	}
	if w.places != nil && !w.free[name] {
		w.places[name] = id.Idx
	}
	w.free[name] = true
}

func (w *scopeWalker) visit(v reflect.Value, s *scope) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Pointer && v.CanInterface() && w.special(v.Interface(), s) {
			return
		}
		w.visit(v.Elem(), s)
	case reflect.Slice:
		for i := range v.Len() {
			w.visit(v.Index(i), s)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[file.File]() {
			return
		}
		if property, ok := reflect.TypeAssert[ast.LexicalDeclaration](v); ok {
			w.visit(reflect.ValueOf(property.List), s)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				w.visit(v.Field(i), s)
			}
		}
	}
}

// special handles the nodes that matter for names and reports whether it has
// visited all there is below.
func (w *scopeWalker) special(node any, s *scope) bool {
	switch n := node.(type) {
	case *ast.Identifier:
		w.use(n, s)
	case *ast.PropertyShort:
		w.use(&n.Name, s)
		w.visit(reflect.ValueOf(n.Initializer), s)
	case *ast.DotExpression:
		w.visit(reflect.ValueOf(n.Left), s)
	case *ast.PrivateDotExpression:
		w.visit(reflect.ValueOf(n.Left), s)
	case *ast.UnaryExpression:
		// Asking for the type of a name works without it, and answered
		// "undefined" for names of the file in v0.22.
		name, plain := n.Operand.(*ast.Identifier)
		if !plain || n.Operator != token.TYPEOF {
			w.visit(reflect.ValueOf(n.Operand), s)
		} else if w.asked != nil {
			w.asked[name.Name.String()] = true
		}
	case *ast.MetaProperty, *ast.BranchStatement:
	case *ast.LabelledStatement:
		w.visit(reflect.ValueOf(n.Statement), s)
	case *ast.PropertyKeyed:
		w.key(n.Key, n.Computed, s)
		w.visit(reflect.ValueOf(n.Value), s)
	case *ast.FieldDefinition:
		w.key(n.Key, n.Computed, s)
		w.visit(reflect.ValueOf(n.Initializer), s)
	case *ast.MethodDefinition:
		w.key(n.Key, n.Computed, s)
		w.visit(reflect.ValueOf(n.Body), s)
	default:
		return w.scoped(node, s)
	}
	return true
}

// key visits the name of a property, which is an expression when computed.
func (w *scopeWalker) key(key ast.Expression, computed bool, s *scope) {
	if _, plain := key.(*ast.Identifier); !plain || computed {
		w.visit(reflect.ValueOf(key), s)
	}
}

// scoped handles the nodes that open a scope.
func (w *scopeWalker) scoped(node any, s *scope) bool {
	inner := s.inner()
	switch n := node.(type) {
	case *ast.FunctionLiteral:
		inner.declare(n.Name)
		inner.names["arguments"] = true
		w.function(n.ParameterList, n.DeclarationList, n.Body, inner)
	case *ast.ArrowFunctionLiteral:
		w.function(n.ParameterList, n.DeclarationList, n.Body, inner)
	case *ast.ClassLiteral:
		inner.declare(n.Name)
		w.visit(reflect.ValueOf(n.SuperClass), inner)
		w.visit(reflect.ValueOf(n.Body), inner)
	case *ast.BlockStatement:
		inner.declareStatements(n.List)
		w.visit(reflect.ValueOf(n.List), inner)
	case *ast.CatchStatement:
		if n.Parameter != nil {
			inner.declare(n.Parameter)
			w.visit(reflect.ValueOf(n.Parameter), inner)
		}
		w.visit(reflect.ValueOf(n.Body), inner)
	case *ast.ForStatement, *ast.ForInStatement, *ast.ForOfStatement:
		declareLoop(n, inner)
		w.visit(reflect.ValueOf(n).Elem(), inner)
	case *ast.SwitchStatement:
		for _, part := range n.Body {
			inner.declareStatements(part.Consequent)
		}
		w.visit(reflect.ValueOf(n).Elem(), inner)
	default:
		return false
	}
	return true
}

func (w *scopeWalker) function(params *ast.ParameterList, vars []*ast.VariableDeclaration, body ast.Node, s *scope) {
	if params != nil {
		s.declareBindings(params.List)
		if params.Rest != nil {
			s.declare(params.Rest)
		}
		w.visit(reflect.ValueOf(params), s)
	}
	for _, declaration := range vars {
		s.declareBindings(declaration.List)
	}
	w.visit(reflect.ValueOf(body), s)
}

func declareLoop(node any, s *scope) {
	into := func(target ast.ForInto) {
		switch t := target.(type) {
		case *ast.ForIntoVar:
			s.declare(t.Binding)
		case *ast.ForDeclaration:
			s.declare(t.Target)
		}
	}
	switch n := node.(type) {
	case *ast.ForInStatement:
		into(n.Into)
	case *ast.ForOfStatement:
		into(n.Into)
	case *ast.ForStatement:
		switch t := n.Initializer.(type) {
		case *ast.ForLoopInitializerVarDeclList:
			s.declareBindings(t.List)
		case *ast.ForLoopInitializerLexicalDecl:
			s.declareBindings(t.LexicalDeclaration.List)
		}
	}
}
