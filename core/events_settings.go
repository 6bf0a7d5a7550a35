package core

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/settings"
)

// SettingsListEvent is the payload of OnSettingsListRequest.
type SettingsListEvent struct {
	HttpContext *echo.Context
	// RedactedSettings is a copy; changing it changes the answer.
	RedactedSettings *settings.Settings
}

// SettingsUpdateEvent is the payload of the settings update events.
type SettingsUpdateEvent struct {
	HttpContext *echo.Context
	// OldSettings is the live object.
	OldSettings *settings.Settings
	NewSettings *settings.Settings
}
