package jsvm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja_nodejs/require"
)

// newModules returns the registry behind `require` of the runtimes of one
// generation: it compiles each module file once, while every runtime evaluates
// it for itself. The given functions are told the files, their texts and what these need.
func newModules(b *bundler, noted ...func(path, text string, n needs)) *require.Registry {
	reg := require.NewRegistry(
		require.WithLoader(func(path string) ([]byte, error) {
			text, n, err := b.loadModule(path)
			for _, note := range noted {
				note(path, string(text), n)
			}
			return text, err
		}),
		require.WithGlobalFolders("node_modules"), // of the working directory
		require.WithPathResolver(resolveModule),
	)
	for _, name := range []string{"console", "process"} {
		for _, id := range []string{name, require.NodePrefix + name} {
			reg.RegisterNativeModule(id, globalModule(name))
		}
	}
	registerNative(reg)
	registerWebModules(reg)
	return reg
}

// loadModule returns the text of a required file: the file itself, or the bundle
// made of it with the way back to the author's lines, and what it needs.
func (b *bundler) loadModule(path string) ([]byte, needs, error) {
	raw, err := require.DefaultSourceLoader(path)
	if err != nil || filepath.Ext(path) == ".json" {
		return raw, needs{"JSON": true}, err
	}
	source := plainText(raw)
	if err := checkDepth(source); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if !isTypeScript(path) {
		parsed, err := parser.ParseFile(nil, path, source, 0, parser.WithDisableSourceMaps)
		if err == nil {
			return []byte(expandText(parsed, source)), needsOf(parsed, source), nil
		}
		if !moduleSyntax.MatchString(source) {
			return raw, functionNeeds(path, source), nil // or the engine says what is wrong with it
		}
	}
	made, err := b.bundle(path)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := parser.ParseFile(nil, path, made.text, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, nil, syntaxError(err, made.positions)
	}
	return []byte(expandText(parsed, made.text) + made.positions.comment()), needsOf(parsed, made.text), nil
}

// functionNeeds returns what a text needs that may be one of a function only.
func functionNeeds(path, source string) needs {
	parsed, err := parser.ParseFile(nil, path, "(function () {"+source+"\n})", 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil
	}
	return needsOf(parsed, source)
}

// requireGlobal makes `require`.
func requireGlobal(env *environment) (goja.Value, error) {
	env.moduleRegistry().Enable(env.vm)
	return env.guardedRequire(nativeOf(env.vm.Get("require"))), nil
}

// globalModule makes a module of the global of that name.
func globalModule(name string) require.ModuleLoader {
	return func(vm *goja.Runtime, module *goja.Object) {
		_ = module.Set("exports", vm.Get(name))
	}
}

// resolveModule turns the name of a module into a path. A relative name means a
// file beside the one that requires it; when there is none, as of old, a file
// seen from the working directory.
func resolveModule(base, name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return withEnding(filepath.Clean(name))
	}
	beside := filepath.Join(base, name)
	if !isRelative(name) || moduleExists(beside) {
		return withEnding(beside)
	}
	if abs, err := filepath.Abs(name); err == nil && moduleExists(abs) {
		return withEnding(abs)
	}
	return beside
}

// withEnding completes the path of a TypeScript module that was named without
// its ending. The others are completed by `require`.
func withEnding(path string) string {
	for _, ending := range []string{"", ".js", ".json"} {
		if _, err := os.Stat(path + ending); err == nil {
			return path
		}
	}
	if _, err := os.Stat(path + ".ts"); err == nil {
		return path + ".ts"
	}
	return path
}

// isRelative reports whether a name starts at a folder rather than being looked up.
func isRelative(name string) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(name), "/")
	return first == "." || first == ".."
}

// moduleExists reports whether require finds a module at path.
func moduleExists(path string) bool {
	for _, ending := range []string{"", ".js", ".json", ".ts"} {
		if _, err := os.Stat(path + ending); err == nil {
			return true
		}
	}
	return false
}
