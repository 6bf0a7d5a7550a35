package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
)

//nolint:staticcheck // these texts are shown as sentences
var (
	errCancelled     = errors.New("The command has been cancelled")
	errMigrationName = errors.New("Missing migration file name")
)

const migrateHelp = `Supported arguments are:
- up                   - runs all available migrations (the default)
- down [number]        - reverts the last [number] applied migrations (1 by default, a negative number reverts all)
- create name          - creates a new blank migration file
- collections [name..] - creates a new migration file with a snapshot of all collections, or of those named
- history-sync         - removes from the history the migrations whose file is gone
`

func newMigrateCommand(app *core.App, flags *Flags) *cobra.Command {
	return &cobra.Command{
		Use:       "migrate [command]",
		Short:     "Executes app DB migration scripts",
		Long:      migrateHelp,
		ValidArgs: []string{"up", "down", "create", "collections", "history-sync"},
		Args:      cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "up"
			if len(args) > 0 {
				name, args = args[0], args[1:]
			}
			dir := flags.sibling(flags.MigrationsDir, "pb_migrations")
			switch name {
			case "up":
				return migrateUp(app, cmd)
			case "down":
				return migrateDown(app, cmd, args)
			case "create":
				return createMigration(cmd, dir, args)
			case "collections":
				return snapshotCollections(app, cmd, dir, args)
			case "history-sync":
				return syncHistory(app, cmd)
			default:
				return fmt.Errorf("Unsupported command: %q", name) //nolint:staticcheck // shown as a sentence
			}
		},
	}
}

func migrateUp(app *core.App, cmd *cobra.Command) error {
	runner, err := core.NewMigrationsRunner(app)
	if err != nil {
		return err
	}
	applied, err := runner.Up()
	if err != nil {
		return err
	}
	if len(applied) == 0 {
		return say(cmd, color.FgGreen, "No new migrations to apply.")
	}
	for _, file := range applied {
		if err := say(cmd, color.FgGreen, "Applied %s", file); err != nil {
			return err
		}
	}
	// A key given with the first migration takes effect with it.
	return app.RefreshSettings()
}

func migrateDown(app *core.App, cmd *cobra.Command, args []string) error {
	count := 1
	if len(args) > 0 {
		n, err := strconv.Atoi(args[0])
		if err != nil {
			return fmt.Errorf("Invalid number of migrations to revert: %q", args[0]) //nolint:staticcheck // shown as a sentence
		}
		count = n
	}
	question := fmt.Sprintf("Do you really want to revert the last %d applied migration(s)?", count)
	if count < 0 {
		question = "Do you really want to revert all applied migrations?"
	}
	if err := confirm(cmd, question); err != nil {
		return err
	}
	runner, err := core.NewMigrationsRunner(app)
	if err != nil {
		return err
	}
	reverted, err := runner.Down(count)
	if err != nil {
		return err
	}
	if len(reverted) == 0 {
		return say(cmd, color.FgGreen, "No migrations to revert.")
	}
	for _, file := range reverted {
		if err := say(cmd, color.FgGreen, "Reverted %s", file); err != nil {
			return err
		}
	}
	return nil
}

func syncHistory(app *core.App, cmd *cobra.Command) error {
	runner, err := core.NewMigrationsRunner(app)
	if err != nil {
		return err
	}
	if err := runner.RemoveMissing(); err != nil {
		return err
	}
	return say(cmd, color.FgGreen, "The _migrations table was synced with the available migrations.")
}

// confirm asks a question on the console. Everything but a yes, the end of the
// input included, is errCancelled.
func confirm(cmd *cobra.Command, question string) error {
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s (y/N) ", question); err != nil {
		return err
	}
	answer, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the answer: %w", err)
	}
	if _, err := fmt.Fprintln(cmd.OutOrStdout()); err != nil {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	default:
		return errCancelled
	}
}
