package jsvm

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core"
)

// migrationFile matches the names of migration files.
var migrationFile = regexp.MustCompile(`\.(js|ts)$`)

// migrationFunc is one direction of a migration. The database is the
// transaction that all pending migrations share.
type migrationFunc = func(db dbx.Builder) error

// registerMigrations evaluates the migration files of a folder in the order of
// their names and adds what they declare to the migrations of the app. A missing
// folder holds none. The error names the file that does not load.
func registerMigrations(app *core.App, cfg Config) error {
	if cfg.MigrationsDir == "" {
		return nil
	}
	entries, err := os.ReadDir(cfg.MigrationsDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() || !migrationFile.MatchString(entry.Name()) || isDeclaration(entry) || isLock(entry) {
			continue
		}
		up, down, err := loadMigration(app, cfg, entry.Name())
		if err != nil {
			return fmt.Errorf("load migration %s: %w", entry.Name(), err)
		}
		if up != nil {
			app.Migrations().Register(up, down, entry.Name())
		}
	}
	return nil
}

// loadMigration evaluates one file in a runtime of its own. Both functions are
// nil when the file declares no migration.
func loadMigration(app *core.App, cfg Config, name string) (up, down migrationFunc, err error) {
	path := filepath.Join(cfg.MigrationsDir, name)
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	bundles := newBundler(cfg.MigrationsDir)
	env := newEnvironment(app, cfg, newModules(bundles))
	if err := env.bind(); err != nil {
		return nil, nil, err
	}
	bundles.know(globalNames(env))
	run, err := bundles.migration(env, path, plainText(source))
	if err != nil {
		return nil, nil, err
	}
	var declared migration
	if err := env.vm.Set("migrate", env.function("migrate", declared.add)); err != nil {
		return nil, nil, err
	}
	newWatchdog(cfg.ScriptMemory).add(env.machine)
	if err := env.evaluate(run); err != nil {
		return nil, nil, located(err, path)
	}
	up, down = declared.functions(path)
	return up, down, nil
}

// migration returns what evaluates a migration file: a plain one as a script, in
// the scope of the runtime; one that needs the bundler as a module.
func (b *bundler) migration(env *environment, path, source string) (func() error, error) {
	if !isTypeScript(path) {
		program, err := goja.Compile(path, source, false)
		if err == nil && hasProperties(source) {
			program, err = compileText(path, source, false, sourceMap{})
		}
		if err == nil {
			return func() error {
				_, err := env.vm.RunProgram(program)
				return env.caught(err)
			}, nil
		}
		if !moduleSyntax.MatchString(source) {
			return nil, err
		}
	}
	c, err := b.compile(path, source)
	if err != nil {
		return nil, err
	}
	return func() error { return env.runModule(c.program, path) }, nil
}

// evaluate runs a file as one call of the runtime.
func (env *environment) evaluate(run func() error) error {
	m := env.machine
	if err := m.take(callbackWait); err != nil {
		return err
	}
	defer m.release()
	m.begin(context.Background(), env.cfg.loadBudget())
	defer m.end()
	return run()
}

// migration collects the calls of `migrate` in one file.
type migration struct {
	ups, downs []migrationFunc
}

// add is `migrate` for scripts.
func (m *migration) add(up, down migrationFunc) error {
	if up == nil {
		return errors.New("migrate: the first argument must be a function")
	}
	m.ups = append(m.ups, up)
	if down != nil {
		m.downs = append(m.downs, down)
	}
	return nil
}

// functions joins what was declared: ups in order, downs backwards.
func (m *migration) functions(path string) (up, down migrationFunc) {
	if len(m.ups) == 0 {
		return nil, nil
	}
	up = func(db dbx.Builder) error {
		for _, fn := range m.ups {
			if err := fn(db); err != nil {
				return located(err, path)
			}
		}
		return nil
	}
	down = func(db dbx.Builder) error {
		for i := range m.downs {
			if err := m.downs[len(m.downs)-1-i](db); err != nil {
				return located(err, path)
			}
		}
		return nil
	}
	return up, down
}

// located puts the line of a script file in front of an error thrown there.
func located(err error, path string) error {
	var thrown *scriptError
	if !errors.As(err, &thrown) {
		return err
	}
	for frame := range strings.Lines(thrown.frames) {
		_, place, ok := strings.Cut(strings.TrimSpace(frame), path+":")
		if !ok {
			continue
		}
		line, _, _ := strings.Cut(strings.TrimSuffix(place, ")"), ":")
		return fmt.Errorf("line %s: %w", line, err)
	}
	return err
}
