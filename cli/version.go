package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
)

func newVersionCommand(app *core.App) *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       "Prints the version",
		Args:        cobra.NoArgs,
		Annotations: map[string]string{core.CommandWithoutApp: "true"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s version %s\n", cmd.Root().Name(), app.Version())
			return err
		},
	}
}
