package forms

import (
	"fmt"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// SettingsUpsert changes the settings of the app.
type SettingsUpsert struct {
	*settings.Settings

	app *core.App
	dao *daos.Dao
	err error // why the live settings could not be copied
}

// NewSettingsUpsert returns a form that starts with a copy of the live settings.
// Decoding JSON into it changes what the JSON names and nothing else.
func NewSettingsUpsert(app *core.App) *SettingsUpsert {
	f := &SettingsUpsert{app: app, dao: app.Dao()}
	if f.Settings, f.err = app.Settings().Clone(); f.err != nil {
		f.Settings = &settings.Settings{}
	}
	return f
}

// SetDao replaces the dao of the form.
func (f *SettingsUpsert) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks all settings. Masked secrets count as those that are stored,
// and are replaced by them.
func (f *SettingsUpsert) Validate() error {
	if f.err != nil {
		return f.err
	}
	settings.KeepMasked(f.Settings, f.app.Settings())
	return f.Settings.Validate()
}

// Save stores the settings, encrypted if the app has a key, and makes them the
// live ones.
func (f *SettingsUpsert) Save(s *settings.Settings) error {
	key, err := core.EncryptionKey(f.app)
	if err != nil {
		return err
	}
	if err := f.dao.SaveSettings(s, key); err != nil {
		return err
	}
	if err := f.app.RefreshSettings(); err != nil {
		return fmt.Errorf("activate settings: %w", err)
	}
	return nil
}

// Submit validates the form and stores the settings.
func (f *SettingsUpsert) Submit(interceptors ...InterceptorFunc[*settings.Settings]) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return intercept(f.Settings, f.Save, interceptors)
}
