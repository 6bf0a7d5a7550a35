package core

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// encryptionKeyLength is the length of the settings encryption key in bytes.
const encryptionKeyLength = 32

// EncryptionKey returns the settings encryption key, or "" when the settings
// are not to be encrypted.
func EncryptionKey(a *App) (string, error) {
	name := a.EncryptionEnv()
	if name == "" {
		return "", nil
	}
	key := os.Getenv(name)
	if len(key) != encryptionKeyLength {
		return "", fmt.Errorf("The environment variable %s must hold the settings encryption key of exactly %d characters.", name, encryptionKeyLength) //nolint:staticcheck // shown as a sentence
	}
	return key, nil
}

// loadSettings is RefreshSettings for a folder whose tables may not exist yet.
func (a *App) loadSettings() error {
	if !a.Dao().HasTable((&models.Param{}).TableName()) {
		return nil
	}
	return a.RefreshSettings()
}

// RefreshSettings makes the live settings those that are stored. Missing ones
// are stored with their defaults. With an encryption key, settings stored in
// plain text are encrypted at once; a wrong or missing key is an error and
// leaves the live settings as they are.
func (a *App) RefreshSettings() error {
	dao := a.Dao()
	if dao == nil {
		return errNotBootstrapped
	}
	key, err := EncryptionKey(a)
	if err != nil {
		return err
	}
	plain, err := a.settingsArePlain()
	if errors.Is(err, sql.ErrNoRows) {
		return a.storeSettings(settings.New(), key)
	}
	if err != nil {
		return fmt.Errorf("load settings: %w", err)
	}
	stored, err := dao.FindSettings(key)
	if err != nil {
		return a.settingsError(err, plain, key)
	}
	if key != "" && plain {
		return a.storeSettings(stored, key)
	}
	return a.useSettings(stored)
}

// settingsArePlain tells whether the stored settings are readable JSON.
func (a *App) settingsArePlain() (bool, error) {
	param, err := a.Dao().FindParamByKey(models.ParamAppSettings)
	if err != nil {
		return false, err
	}
	return bytes.HasPrefix(bytes.TrimSpace(param.Value), []byte("{")), nil
}

func (a *App) settingsError(cause error, plain bool, key string) error {
	switch {
	case plain:
		return fmt.Errorf("The stored settings cannot be read: %w.", cause) //nolint:staticcheck // shown as a sentence
	case key == "":
		return &folderError{
			text:  "The stored settings are encrypted: start with --encryptionEnv and the name of the environment variable that holds their key.",
			cause: cause,
		}
	default:
		return &folderError{
			text:  fmt.Sprintf("The encryption key in %s is not the one the stored settings were encrypted with.", a.EncryptionEnv()),
			cause: cause,
		}
	}
}

// storeSettings saves s without firing model events: this is housekeeping, not
// a change of the settings.
func (a *App) storeSettings(s *settings.Settings, key string) error {
	if err := a.Dao().WithoutHooks().SaveSettings(s, key); err != nil {
		return fmt.Errorf("store settings: %w", err)
	}
	return a.useSettings(s)
}

func (a *App) useSettings(s *settings.Settings) error {
	if err := a.settings.Merge(s); err != nil {
		return fmt.Errorf("load settings: %w", err)
	}
	a.applyLogSettings()
	a.scheduleBackups()
	return nil
}
