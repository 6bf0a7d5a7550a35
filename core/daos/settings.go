package daos

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// ErrSettingsKey is returned when the stored settings are encrypted and the key does not open
// them.
var ErrSettingsKey = errors.New("failed to load the stored app settings - missing or invalid encryption key")

// FindSettings loads the stored settings, with defaults for what they leave out. Encrypted ones
// need the key; ErrSettingsKey tells that it is missing or wrong. It returns sql.ErrNoRows when
// none are stored.
func (d *Dao) FindSettings(optEncryptionKey ...string) (*settings.Settings, error) {
	param, err := d.FindParamByKey(models.ParamAppSettings)
	if err != nil {
		return nil, err
	}
	raw := []byte(param.Value)
	if !isPlain(raw) {
		if raw, err = openSettings(raw, firstText(optEncryptionKey)); err != nil {
			return nil, err
		}
	}
	result := settings.New()
	if err := json.Unmarshal(raw, result); err != nil {
		return nil, fmt.Errorf("read the stored app settings: %w", err)
	}
	return result, nil
}

// SaveSettings stores the settings, encrypted when a key (of 32 bytes) is given.
func (d *Dao) SaveSettings(newSettings *settings.Settings, optEncryptionKey ...string) error {
	return d.SaveParam(models.ParamAppSettings, newSettings, optEncryptionKey...)
}

func openSettings(sealed []byte, key string) ([]byte, error) {
	if key == "" {
		return nil, ErrSettingsKey
	}
	raw, err := security.Decrypt(string(sealed), key)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrSettingsKey, err)
	}
	if !isPlain(raw) {
		return nil, ErrSettingsKey
	}
	return raw, nil
}

// isPlain tells settings from their encrypted form.
func isPlain(raw []byte) bool { return json.Valid(raw) && raw[0] == '{' }
