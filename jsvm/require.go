package jsvm

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/require"
)

// newModules returns the registry behind `require` of the runtimes of one
// generation: it compiles each module file once, while every runtime evaluates
// it for itself.
func newModules() *require.Registry {
	reg := require.NewRegistry(
		require.WithGlobalFolders("node_modules"), // of the working directory
		require.WithPathResolver(resolveModule),
	)
	for _, name := range []string{"console", "process"} {
		for _, id := range []string{name, require.NodePrefix + name} {
			reg.RegisterNativeModule(id, globalModule(name))
		}
	}
	return reg
}

// bindModules sets `require`.
func bindModules(env *environment) error {
	env.moduleRegistry().Enable(env.vm)
	return nil
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
		return filepath.Clean(name)
	}
	beside := filepath.Join(base, name)
	if !isRelative(name) || moduleExists(beside) {
		return beside
	}
	if abs, err := filepath.Abs(name); err == nil && moduleExists(abs) {
		return abs
	}
	return beside
}

// isRelative reports whether a name starts at a folder rather than being looked up.
func isRelative(name string) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(name), "/")
	return first == "." || first == ".."
}

// moduleExists reports whether require finds a module at path.
func moduleExists(path string) bool {
	for _, ending := range []string{"", ".js", ".json"} {
		if _, err := os.Stat(path + ending); err == nil {
			return true
		}
	}
	return false
}
