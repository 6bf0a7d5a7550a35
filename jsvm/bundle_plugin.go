package jsvm

import (
	"embed"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// nodeFiles are the modules of Node that bundles may import, as far as they make
// sense here.
//
//go:embed node/*.js
var nodeFiles embed.FS

const (
	// nodeNamespace holds our own modules of Node's names.
	nodeNamespace = "node"
	// lackingNamespace holds modules that throw when they are evaluated,
	// because they need something that scripts do not have.
	lackingNamespace = "lacking"
	// globalsModule defines the common globals that the runtime lacks.
	globalsModule = "tacklebox:globals"
)

// lackingModules are the modules of Node that scripts do not have, with what to
// use instead.
var lackingModules = map[string]string{
	"async_hooks": "", "child_process": "use $os.cmd", "cluster": "", "console": "use the global console", "constants": "",
	"dgram": "scripts have no sockets", "diagnostics_channel": "", "dns": "", "domain": "", "fs": "use $os.readFile, $os.writeFile and $filesystem",
	"fs/promises": "use $os.readFile, $os.writeFile and $filesystem", "http": "use $http.send or fetch", "http2": "use $http.send or fetch",
	"https": "use $http.send or fetch", "inspector": "", "module": "", "net": "scripts have no sockets", "os": "use $os", "path/posix": "use node:path",
	"path/win32": "use node:path", "perf_hooks": "use performance.now", "punycode": "install the package punycode", "readline": "",
	"repl": "", "sqlite": "use $app.dao()", "test": "", "tls": "scripts have no sockets", "trace_events": "", "tty": "", "v8": "", "vm": "", "wasi": "",
	"worker_threads": "", "zlib": "",
}

// guardData marks a look-up of the plugin's own.
type guardData struct{}

// plug connects the bundler to a build: modules of Node, text imports, and what
// is left to `require`.
func (b *bundler) plug(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		return b.resolve(build, args), nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: nodeNamespace}, loadNode)
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: lackingNamespace}, loadLacking)
	build.OnLoad(api.OnLoadOptions{Filter: `^tacklebox:`, Namespace: "tacklebox"}, b.loadGlobals)
	build.OnLoad(api.OnLoadOptions{Filter: `\.(node|wasm)$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		what := "native add-ons"
		if strings.HasSuffix(args.Path, ".wasm") {
			what = "WebAssembly"
		}
		return throwing(fmt.Sprintf("%s: scripts do not have %s", b.shown(args.Path), what)), nil
	})
}

// resolve decides about imports that the bundler would not find by itself. An
// empty result leaves the decision to it.
func (b *bundler) resolve(build api.PluginBuild, args api.OnResolveArgs) api.OnResolveResult {
	switch {
	case args.Path == globalsModule:
		return api.OnResolveResult{Path: globalsModule, Namespace: "tacklebox", SideEffects: api.SideEffectsFalse}
	case args.PluginData == guardData{} || args.Kind == api.ResolveEntryPoint:
		return api.OnResolveResult{}
	case args.Namespace == nodeNamespace && isRuntimeModule(args.Path):
		return api.OnResolveResult{Path: args.Path, External: true}
	}
	name := strings.TrimPrefix(args.Path, "node:")
	isNode := name != args.Path || isNodeModule(name)
	required := args.Kind == api.ResolveJSRequireCall || args.Kind == api.ResolveJSRequireResolve || args.Kind == api.ResolveJSDynamicImport
	if !isNode && (!required || inPackage(args.Importer)) {
		return api.OnResolveResult{}
	}
	found := build.Resolve(args.Path, api.ResolveOptions{
		Importer: args.Importer, Namespace: args.Namespace, ResolveDir: args.ResolveDir, Kind: args.Kind, PluginData: guardData{},
	})
	if len(found.Errors) == 0 && args.Namespace != nodeNamespace {
		return api.OnResolveResult{}
	}
	switch {
	case isNode && hasNodeModule(name):
		return api.OnResolveResult{Path: name, Namespace: nodeNamespace, SideEffects: api.SideEffectsFalse}
	case isNode && required:
		return api.OnResolveResult{Path: name, Namespace: lackingNamespace, PluginData: b.shown(args.Importer)}
	case !isNode && args.Kind == api.ResolveJSRequireCall:
		return api.OnResolveResult{Path: args.Path, External: true} // `require` may know
	}
	return api.OnResolveResult{}
}

// shown returns the path of a file as messages show it.
func (b *bundler) shown(file string) string {
	if rel, err := filepath.Rel(b.real, file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}

func isNodeModule(name string) bool {
	_, lacking := lackingModules[name]
	return lacking || hasNodeModule(name)
}

func hasNodeModule(name string) bool {
	_, err := nodeFiles.Open(nodeFile(name))
	return err == nil
}

// nodeFile returns the file of a module; the parts of its name are joined by dashes.
func nodeFile(name string) string {
	return path.Join("node", strings.ReplaceAll(name, "/", "-")+".js")
}

// runtimeModules are modules that the runtime has itself, for ours to build on.
var runtimeModules = []string{"buffer", "url", "tacklebox:crypto", "tacklebox:intl"}

func isRuntimeModule(name string) bool { return slices.Contains(runtimeModules, name) }

func loadNode(args api.OnLoadArgs) (api.OnLoadResult, error) {
	content, err := nodeFiles.ReadFile(nodeFile(args.Path))
	if err != nil {
		return api.OnLoadResult{}, err
	}
	text := string(content)
	return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS, ResolveDir: "/"}, nil
}

func loadLacking(args api.OnLoadArgs) (api.OnLoadResult, error) {
	importer, _ := args.PluginData.(string)
	return throwing(lacks(args.Path) + " (needed by " + importer + ")"), nil
}

// lacks says that scripts do not have a module of Node.
func lacks(name string) string {
	text := "scripts do not have node:" + name
	if instead := lackingModules[name]; instead != "" {
		text += ", " + instead
	}
	return text
}

// throwing is a module that throws when it is evaluated.
func throwing(text string) api.OnLoadResult {
	source := fmt.Sprintf("throw new Error(%q); module.exports = {}", text)
	return api.OnLoadResult{Contents: &source, Loader: api.LoaderJS}
}

// loadGlobals makes the module with the globals that the runtime lacks.
func (b *bundler) loadGlobals(api.OnLoadArgs) (api.OnLoadResult, error) {
	var text strings.Builder
	for _, name := range shimmedGlobals {
		if !b.known[name] {
			fmt.Fprintf(&text, "export { %s } from %q;\n", name, "node:internal/"+strings.ToLower(name))
		}
	}
	source := text.String()
	return api.OnLoadResult{Contents: &source, Loader: api.LoaderJS, ResolveDir: "/"}, nil
}

// shimmedGlobals are the globals that bundles bring along when they use them and
// the runtime lacks them.
var shimmedGlobals = []string{"Intl"}

var unresolved = regexp.MustCompile(`^Could not resolve "([^"]+)"`)

// explained returns the text of a message in terms of scripts.
func explained(message api.Message) string {
	if match := unresolved.FindStringSubmatch(message.Text); match != nil {
		name := strings.TrimPrefix(match[1], "node:")
		switch {
		case isNodeModule(name) || name != match[1]:
			return lacks(name)
		case !strings.HasPrefix(name, ".") && !filepath.IsAbs(name):
			return fmt.Sprintf("cannot find the package %q, install it beside the scripts: npm install %s", name, packageName(name))
		}
		return fmt.Sprintf("cannot find the file %q", name)
	}
	if strings.HasPrefix(message.Text, "Top-level await") {
		return "await works in functions only, not at the top level of a file"
	}
	return message.Text
}

// packageName returns the part of an import that names the package.
func packageName(name string) string {
	parts := strings.SplitN(name, "/", 3)
	if strings.HasPrefix(name, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
