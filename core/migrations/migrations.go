// Package migrations holds the system migrations of the two databases of a data
// folder. Their file names are those v0.22 records, so that either program
// accepts what the other has made.
//
// A fresh database is made in its final form by the first migration; the later
// ones are then only recorded. On an old folder they do their work, as far back
// as v0.17.
package migrations

import (
	"context"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/migrate"
)

var (
	// ErrFutureVersion is returned for a data folder that a later version has changed in ways
	// this one does not understand.
	ErrFutureVersion = errors.New("the data folder was written by a newer version (v0.23 or later) and cannot be opened by this one")
	// ErrTooOld is returned for a data folder that this version cannot bring up to date.
	ErrTooOld = errors.New("the data folder is older than v0.17: start it once with v0.22 and then with this version")
	// ErrIrreversible is returned when a system migration is to be reverted.
	ErrIrreversible = errors.New("a system migration cannot be reverted")
)

const initFile = "1640988000_init.go"

// App returns the migrations of data.db, a list of the caller's own.
func App() *migrate.List {
	list := &migrate.List{}
	list.AddGuard(CheckVersion)
	list.Register(initApp, irreversible, initFile)
	for _, m := range []struct {
		file string
		up   migrate.Func
	}{
		{"1673167670_multi_match_migrate.go", tooOld},
		{"1677152688_rename_authentik_to_oidc.go", tooOld},
		{"1679943780_normalize_single_multiple_values.go", tooOld},
		{"1679943781_add_indexes_column.go", tooOld},
		{"1685164450_check_fk.go", tooOld},
		{"1689579878_renormalize_single_multiple_values.go", tooOld},
		{"1690319366_reset_null_values.go", tooOld},
		{"1690454337_transform_relations_to_views.go", tooOld},
		{"1691747913_resave_views.go", resaveViews},
		{"1692609521_copy_display_fields.go", copyDisplayFields},
		{"1701496825_allow_single_oauth2_provider_in_multiple_auth_collections.go", perCollectionProviders},
		{"1702134272_set_default_json_max_size.go", setJSONMaxSize},
		{"1718706525_add_login_alert_column.go", addLoginAlertColumn},
	} {
		list.Add(migrate.Migration{File: m.file, Up: m.up, Down: irreversible, After: initFile})
	}
	return list
}

// Logs returns the migrations of logs.db, a list of the caller's own.
func Logs() *migrate.List {
	list := &migrate.List{}
	list.Register(initLogs, irreversible, initFile)
	for file, up := range map[string]migrate.Func{
		"1660821103_add_user_ip_column.go":  nil, // of a table that the last one drops
		"1677760279_uppsercase_method.go":   nil,
		"1699187560_logs_generalization.go": generalizeLogs,
	} {
		list.Add(migrate.Migration{File: file, Up: up, Down: irreversible, After: initFile})
	}
	return list
}

// CheckVersion returns ErrFutureVersion when data.db has the tables of a later version.
func CheckVersion(ctx context.Context, q db.Querier) error {
	if _, err := q.Dialect().Inspect(ctx, q, "_superusers"); err == nil {
		return ErrFutureVersion
	}
	table, err := q.Dialect().Inspect(ctx, q, "_collections")
	if err != nil {
		return nil //nolint:nilerr // there is none yet
	}
	if !slices.ContainsFunc(table.Columns, func(c db.Column) bool { return c.Name == "schema" }) {
		return ErrFutureVersion
	}
	return nil
}

func irreversible(dbx.Builder) error { return ErrIrreversible }

func tooOld(dbx.Builder) error { return ErrTooOld }

// execAll runs statements one after the other.
func execAll(builder dbx.Builder, statements ...string) error {
	for _, statement := range statements {
		if _, err := builder.NewQuery(statement).Execute(); err != nil {
			return err
		}
	}
	return nil
}
