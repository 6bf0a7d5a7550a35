package jsvm

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/evanw/esbuild/pkg/api"
)

// bundler makes one plain script of a file that the engine does not run as it
// is: TypeScript, and files with imports. Everything a file imports becomes part
// of the result. Results are kept in memory and used again as long as no file
// that went into them has changed. Safe for concurrent use.
type bundler struct {
	// dir is the folder of the scripts, which paths in messages are relative
	// to; real is the same without symbolic links.
	dir, real string
	// known are the global names of the runtimes; bundles bring the others
	// that packages commonly use.
	known map[string]bool

	mu   sync.Mutex
	kept map[string]*bundle
	// lookedAt are the files that the last build for a file read, or did not find.
	lookedAt map[string][]string
}

// bundle is the result for one file.
type bundle struct {
	// text is the plain script.
	text string
	// positions leads from the text back to the files it was made of.
	positions sourceMap
	inputs    inputs
	// compiled is what the loader makes of the text.
	compiled *compiled
}

func newBundler(dir string) *bundler {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		resolved = dir
	}
	return &bundler{dir: dir, real: resolved, kept: map[string]*bundle{}, lookedAt: map[string][]string{}}
}

// moved returns the path of a file below one folder as it is below another, and
// any other path unchanged.
func moved(path, from, to string) string {
	rel, err := filepath.Rel(from, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return path
	}
	return filepath.Join(to, rel)
}

// know tells which global names the runtimes have.
func (b *bundler) know(names map[string]bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known = names
}

// bundle returns the script made of the file at path. The error names the place
// in the author's files.
func (b *bundler) bundle(path string) (*bundle, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if kept := b.kept[path]; kept != nil && kept.inputs.unchanged() {
		return kept, nil
	}
	delete(b.kept, path)
	began := time.Now()
	var looked lookedAt
	options := b.options(path)
	options.Plugins = append(options.Plugins, api.Plugin{Name: "files", Setup: looked.plug})
	result := api.Build(options)
	looked.missed(b.real, result.Errors)
	b.lookedAt[path] = looked.paths
	if len(result.Errors) > 0 {
		return nil, b.failure(result.Errors)
	}
	made := &bundle{}
	for _, file := range result.OutputFiles {
		if !strings.HasSuffix(file.Path, ".map") {
			made.text = string(file.Contents)
			continue
		}
		var err error
		if made.positions, err = b.sourceMap(file.Contents); err != nil {
			return nil, fmt.Errorf("read source map: %w", err)
		}
	}
	var settled bool
	made.inputs, settled = b.inputsOf(result.Metafile, began)
	if settled {
		b.kept[path] = made
	}
	return made, nil
}

// options asks for a script in the language that the engine knows: ES2022
// without asynchronous iteration. Packages are taken in their form for browsers,
// which needs the least of a host.
func (b *bundler) options(path string) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints:       []string{moved(path, b.dir, b.real)},
		Bundle:            true,
		Outfile:           filepath.Join(b.real, "bundle.js"),
		AbsWorkingDir:     b.real,
		Format:            api.FormatCommonJS,
		Platform:          api.PlatformBrowser,
		Target:            api.ES2022,
		Supported:         unsupportedSyntax,
		Conditions:        []string{"tacklebox", "module"},
		ResolveExtensions: []string{".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".tsx", ".jsx", ".json"},
		NodePaths:         workingPackages(),
		Loader:            textLoaders,
		Define:            buildDefinitions(),
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		Sourcemap:         api.SourceMapExternal,
		SourcesContent:    api.SourcesContentExclude,
		Metafile:          true,
		LogLevel:          api.LogLevelSilent,
		Plugins:           []api.Plugin{{Name: "tacklebox", Setup: b.plug}},
		Inject:            []string{globalsModule},
	}
}

// unsupportedSyntax is what the engine lacks of the target. Regular expressions
// of that kind are made when they are used, so that a package that never uses
// them loads.
var unsupportedSyntax = map[string]bool{
	"async-generator": false, "for-await": false, "decorators": false, "hashbang": false, "top-level-await": false,
	"regexp-match-indices": false, "regexp-set-notation": false,
}

// textLoaders tells which files are imported as text.
var textLoaders = map[string]api.Loader{
	".txt": api.LoaderText, ".md": api.LoaderText, ".html": api.LoaderText, ".tmpl": api.LoaderText, ".sql": api.LoaderText,
	".css": api.LoaderText, ".csv": api.LoaderText, ".xml": api.LoaderText, ".svg": api.LoaderText, ".yaml": api.LoaderText,
	".yml": api.LoaderText, ".hbs": api.LoaderText, ".mustache": api.LoaderText, ".graphql": api.LoaderText, ".pem": api.LoaderText,
}

// buildDefinitions replaces names that are known before a script runs.
func buildDefinitions() map[string]string {
	mode := os.Getenv("NODE_ENV")
	if mode == "" {
		mode = "production"
	}
	return map[string]string{
		"process.env.NODE_ENV": fmt.Sprintf("%q", mode),
		"import.meta.filename": "__filename",
		"import.meta.dirname":  "__dirname",
		"global":               "globalThis",
	}
}

// workingPackages is the folder of packages of the working directory, where
// `require` looks as well.
func workingPackages() []string {
	wd, err := os.Getwd()
	if err != nil {
		return nil
	}
	return []string{filepath.Join(wd, "node_modules")}
}

// failure makes one error of what went wrong: the first messages, each with
// its place and a hint.
func (b *bundler) failure(messages []api.Message) error {
	const most = 3
	var failed []error
	for i, message := range messages {
		if i == most {
			failed = append(failed, fmt.Errorf("and %d more errors", len(messages)-most))
			break
		}
		failed = append(failed, b.explain(message))
	}
	return errors.Join(failed...)
}

func (b *bundler) explain(message api.Message) error {
	text := explained(message)
	if message.Location == nil {
		return errors.New(text)
	}
	at := message.Location
	return fmt.Errorf("%s:%d:%d: %s", filepath.ToSlash(at.File), at.Line, at.Column+1, text)
}
