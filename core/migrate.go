package core

import (
	"github.com/tackleboxdev/tacklebox/core/migrate"
	"github.com/tackleboxdev/tacklebox/core/migrations"
)

// Migrations returns the migrations of the application data. Programs and
// scripts add theirs before [App.Migrate].
func (a *App) Migrations() *migrate.List { return a.migrations }

// Migrate applies the pending migrations to both databases and reloads the
// settings. It returns the names of the files it applied to the application
// data. All pending migrations of a database are applied or none.
func (a *App) Migrate() ([]string, error) {
	open := a.open.Load()
	if open == nil {
		return nil, errNotBootstrapped
	}
	applied, err := migrateUp(open.data, a.migrations)
	if err != nil {
		return nil, err
	}
	if len(applied) > 0 {
		a.Dao().ForgetCollections() // migrations write past the app's dao
	}
	if _, err := migrateUp(open.logs, migrations.Logs()); err != nil {
		return nil, err
	}
	return applied, a.RefreshSettings()
}

func migrateUp(database migrate.Database, list *migrate.List) ([]string, error) {
	runner, err := migrate.NewRunner(database, list)
	if err != nil {
		return nil, err
	}
	return runner.Up()
}

// NewMigrationsRunner returns what applies and reverts single migrations of the
// application data.
func NewMigrationsRunner(app *App) (*migrate.Runner, error) {
	open := app.open.Load()
	if open == nil {
		return nil, errNotBootstrapped
	}
	return migrate.NewRunner(open.data, app.migrations)
}
