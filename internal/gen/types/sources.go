package main

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"
)

// module is the import path of this project: its comments are taken over in
// full, those of libraries up to their first sentence.
const module = "github.com/tackleboxdev/tacklebox"

// sources finds doc comments and the names of parameters, which reflection does
// not know.
type sources struct {
	dirs     map[string]string // import path → folder
	packages map[string]*source
}

// source is what is known of one package.
type source struct {
	docs   map[string]string   // "Type", "Type.Member" or "Func" → comment
	params map[string][]string // "Type.Method" or "Func" → names
	embeds map[string][]string // type → embedded types of the same package
}

// newSources asks the go command where the packages below jsvm are.
func newSources(dir string) (*sources, error) {
	cmd := exec.CommandContext(context.Background(), "go", "list", "-deps", "-f", "{{.ImportPath}}\t{{.Dir}}", "./jsvm")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w", err)
	}
	s := &sources{dirs: map[string]string{}, packages: map[string]*source{}}
	for line := range strings.Lines(string(out)) {
		path, folder, _ := strings.Cut(strings.TrimSpace(line), "\t")
		s.dirs[path] = folder
	}
	return s, nil
}

// of returns what is known of a package; unknown ones are empty.
func (s *sources) of(path string) *source {
	if known, ok := s.packages[path]; ok {
		return known
	}
	src := &source{docs: map[string]string{}, params: map[string][]string{}, embeds: map[string][]string{}}
	s.packages[path] = src
	files, _ := filepath.Glob(filepath.Join(s.dirs[path], "*.go"))
	if s.dirs[path] == "" {
		files = nil
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, decl := range parsed.Decls {
			src.read(decl)
		}
	}
	return src
}

// doc returns the comment of a declaration.
func (s *sources) doc(path, name string) string {
	text := strings.TrimSpace(s.of(path).docs[name])
	if !strings.HasPrefix(path, module) {
		text = sentence(text)
	}
	return text
}

// sentence returns the first sentence of a text, on one line.
func sentence(text string) string {
	text, _, _ = strings.Cut(text, "\n\n")
	text = strings.Join(strings.Fields(text), " ")
	if at := strings.Index(text, ". "); at >= 0 {
		text = text[:at+1]
	}
	return text
}

func (src *source) read(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil && len(decl.Recv.List) > 0 {
			name = typeName(decl.Recv.List[0].Type) + "." + name
		}
		src.set(name, decl.Doc.Text(), decl.Type)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok {
				src.readType(spec, decl)
			}
		}
	}
}

func (src *source) set(name, doc string, fn *ast.FuncType) {
	if doc != "" {
		src.docs[name] = doc
	}
	if fn == nil {
		return
	}
	names := []string{}
	for _, field := range fn.Params.List {
		for _, n := range field.Names {
			names = append(names, n.Name)
		}
		if len(field.Names) == 0 {
			names = append(names, "")
		}
	}
	src.params[name] = names
}

func (src *source) readType(spec *ast.TypeSpec, decl *ast.GenDecl) {
	name := spec.Name.Name
	doc := spec.Doc.Text()
	if doc == "" && len(decl.Specs) == 1 {
		doc = decl.Doc.Text()
	}
	src.set(name, doc, nil)
	switch typ := spec.Type.(type) {
	case *ast.StructType:
		for _, field := range typ.Fields.List {
			src.readField(name, field)
		}
	case *ast.InterfaceType:
		for _, field := range typ.Methods.List {
			fn, _ := field.Type.(*ast.FuncType)
			for _, n := range field.Names {
				src.set(name+"."+n.Name, field.Doc.Text(), fn)
			}
		}
	}
}

func (src *source) readField(owner string, field *ast.Field) {
	doc := field.Doc.Text()
	if doc == "" {
		doc = field.Comment.Text()
	}
	if len(field.Names) == 0 {
		src.embeds[owner] = append(src.embeds[owner], typeName(field.Type))
	}
	for _, n := range field.Names {
		src.set(owner+"."+n.Name, doc, nil)
	}
}

// typeName returns the name of a receiver or embedded type without pointer,
// package and type parameters.
func typeName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return typeName(expr.X)
	case *ast.IndexExpr:
		return typeName(expr.X)
	case *ast.IndexListExpr:
		return typeName(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

// comment renders a doc comment for TypeScript.
func comment(indent, text string) string {
	if text == "" {
		return ""
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimSpace(text), "*/", "*\\/"), "\n")
	var b bytes.Buffer
	if len(lines) == 1 {
		fmt.Fprintf(&b, "%s/** %s */\n", indent, lines[0])
		return b.String()
	}
	fmt.Fprintf(&b, "%s/**\n", indent)
	for _, line := range lines {
		b.WriteString(strings.TrimRight(indent+" * "+line, " ") + "\n")
	}
	fmt.Fprintf(&b, "%s */\n", indent)
	return b.String()
}
