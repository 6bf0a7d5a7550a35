package cli

import (
	"errors"
	"fmt"

	"github.com/fatih/color"
	"github.com/pocketbase/ozzo-validation/v4/is"
	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// minAdminPassword is less than the API asks for: whoever has a shell on the
// machine may choose.
const minAdminPassword = 8

//nolint:staticcheck // these texts are shown as sentences
var (
	errAdminArgs   = errors.New("Missing email and password arguments.")
	errAdminEmail  = errors.New("Missing or invalid email address.")
	errDeleteEmail = errors.New("Invalid or missing email address.")
	errNotMigrated = errors.New("Migration are not initialized yet. Please run 'migrate up' and try again.")
)

func newAdminCommand(app *core.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:         "admin",
		Short:       "Manages admin accounts",
		Args:        cobra.NoArgs, // an unknown sub-command is an error, not a reason for help
		Annotations: map[string]string{core.CommandWithoutApp: "true"},
		RunE:        func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:     "create",
			Short:   "Creates a new admin account",
			Example: "admin create test@example.com 1234567890",
			RunE:    func(cmd *cobra.Command, args []string) error { return createAdmin(app, cmd, args) },
		},
		&cobra.Command{
			Use:     "update",
			Short:   "Changes the password of a single admin account",
			Example: "admin update test@example.com 1234567890",
			RunE:    func(cmd *cobra.Command, args []string) error { return updateAdmin(app, cmd, args) },
		},
		&cobra.Command{
			Use:     "delete",
			Short:   "Deletes an existing admin account",
			Example: "admin delete test@example.com",
			RunE:    func(cmd *cobra.Command, args []string) error { return deleteAdmin(app, cmd, args) },
		},
	)
	return cmd
}

// credentials checks the two arguments of create and update.
func credentials(app *core.App, args []string, passwordLabel string) (email, password string, err error) {
	if len(args) != 2 {
		return "", "", errAdminArgs
	}
	email, password = args[0], args[1]
	if email == "" || is.EmailFormat.Validate(email) != nil {
		return "", "", errAdminEmail
	}
	if len(password) < minAdminPassword {
		return "", "", fmt.Errorf("%s must be at least %d chars long.", passwordLabel, minAdminPassword) //nolint:staticcheck // shown as a sentence
	}
	return email, password, requireAdmins(app)
}

// requireAdmins reports a data folder that was never migrated.
func requireAdmins(app *core.App) error {
	if !app.Dao().HasTable((&models.Admin{}).TableName()) {
		return errNotMigrated
	}
	return nil
}

func createAdmin(app *core.App, cmd *cobra.Command, args []string) error {
	email, password, err := credentials(app, args, "The password")
	if err != nil {
		return err
	}
	admin := &models.Admin{Email: email}
	if err := admin.SetPassword(password); err != nil {
		return fmt.Errorf("Failed to create new admin account: %w", err) //nolint:staticcheck // shown as a sentence
	}
	if err := app.Dao().SaveAdmin(admin); err != nil {
		if errors.Is(err, db.ErrUnique) {
			err = errors.New("UNIQUE constraint failed: _admins.email")
		}
		return fmt.Errorf("Failed to create new admin account: %w", err) //nolint:staticcheck // shown as a sentence
	}
	return say(cmd, color.FgGreen, "Successfully created new admin %s!", email)
}

func updateAdmin(app *core.App, cmd *cobra.Command, args []string) error {
	email, password, err := credentials(app, args, "The new password")
	if err != nil {
		return err
	}
	admin, err := app.Dao().FindAdminByEmail(email)
	if err != nil {
		return fmt.Errorf("Admin with email %s doesn't exist.", email) //nolint:staticcheck // shown as a sentence
	}
	if err := admin.SetPassword(password); err != nil {
		return fmt.Errorf("Failed to change admin %s password: %w", email, err) //nolint:staticcheck // shown as a sentence
	}
	if err := app.Dao().SaveAdmin(admin); err != nil {
		return fmt.Errorf("Failed to change admin %s password: %w", email, err) //nolint:staticcheck // shown as a sentence
	}
	return say(cmd, color.FgGreen, "Successfully changed admin %s password!", email)
}

func deleteAdmin(app *core.App, cmd *cobra.Command, args []string) error {
	if len(args) == 0 || args[0] == "" || is.EmailFormat.Validate(args[0]) != nil {
		return errDeleteEmail
	}
	if err := requireAdmins(app); err != nil {
		return err
	}
	email := args[0]
	admin, err := app.Dao().FindAdminByEmail(email)
	if err != nil {
		return say(cmd, color.FgYellow, "Admin %s is already deleted.", email)
	}
	if err := app.Dao().DeleteAdmin(admin); err != nil {
		return fmt.Errorf("Failed to delete admin %s: %w", email, err) //nolint:staticcheck // shown as a sentence
	}
	return say(cmd, color.FgGreen, "Successfully deleted admin %s!", email)
}

// say prints one coloured line on standard output.
func say(cmd *cobra.Command, attribute color.Attribute, format string, args ...any) error {
	_, err := fmt.Fprintln(cmd.OutOrStdout(), color.New(attribute).Sprintf(format, args...))
	return err
}
