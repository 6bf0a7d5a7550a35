package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/fatih/color"
	"github.com/pocketbase/dbx"
	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const typesReference = "/// <reference path=\"../pb_data/types.d.ts\" />\n"

const blankMigration = typesReference + `migrate((db) => {
  // add up queries...
}, (db) => {
  // add down queries...
})
`

const snapshotMigration = typesReference + `migrate((db) => {
  const snapshot = %s;

  const collections = snapshot.map((item) => new Collection(item));

  return Dao(db).importCollections(collections, %t, null);
}, (db) => {
  return null;
})
`

func createMigration(cmd *cobra.Command, dir string, args []string) error {
	if len(args) == 0 || strings.TrimSpace(args[0]) == "" {
		return errMigrationName
	}
	return writeMigration(cmd, dir, args[0], blankMigration)
}

// snapshotCollections writes a migration that brings about the collections as
// they are. Applied, it deletes all others unless only some were asked for.
func snapshotCollections(app *core.App, cmd *cobra.Command, dir string, names []string) error {
	collections, err := selectCollections(app, names)
	if err != nil {
		return err
	}
	var snapshot bytes.Buffer
	encoder := json.NewEncoder(&snapshot)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("  ", "  ")
	if err := encoder.Encode(collections); err != nil {
		return fmt.Errorf("encode collections: %w", err)
	}
	text := fmt.Sprintf(snapshotMigration, bytes.TrimSpace(snapshot.Bytes()), len(names) == 0)
	return writeMigration(cmd, dir, "collections_snapshot", text)
}

// selectCollections returns the named collections, or all, oldest first.
func selectCollections(app *core.App, names []string) ([]*models.Collection, error) {
	query := app.Dao().CollectionQuery().OrderBy("created ASC", "rowid ASC")
	if len(names) > 0 {
		ids := make([]any, len(names))
		for i, name := range names {
			c, err := app.Dao().FindCollectionByNameOrId(name)
			if err != nil {
				return nil, fmt.Errorf("Missing collection %q", name) //nolint:staticcheck // shown as a sentence
			}
			ids[i] = c.Id
		}
		query.AndWhere(dbx.In("id", ids...))
	}
	collections := []*models.Collection{}
	if err := query.All(&collections); err != nil {
		return nil, fmt.Errorf("Failed to fetch collections list: %w", err) //nolint:staticcheck // shown as a sentence
	}
	return collections, nil
}

// writeMigration asks and then writes a new file; an existing one is never
// overwritten.
func writeMigration(cmd *cobra.Command, dir, name, text string) error {
	path := filepath.Join(dir, fmt.Sprintf("%d_%s.js", time.Now().Unix(), fileWord(name)))
	if err := confirm(cmd, fmt.Sprintf("Do you really want to create migration %q?", path)); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("create the migrations folder: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("create migration: %w", err)
	}
	if _, err := file.WriteString(text); err != nil {
		_ = file.Close()
		return fmt.Errorf("write migration: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write migration: %w", err)
	}
	return say(cmd, color.FgGreen, "Successfully created file %q", path)
}

var (
	wordBoundary = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	nonWord      = regexp.MustCompile(`[^a-z0-9]+`)
)

// fileWord turns a name into snake case.
func fileWord(name string) string {
	name = strings.ToLower(wordBoundary.ReplaceAllString(name, "${1}_${2}"))
	return strings.Trim(nonWord.ReplaceAllString(name, "_"), "_")
}
