package jsvm

import "github.com/tackleboxdev/tacklebox/core"

// tokensNamespace is the tokens that the API gives out.
var tokensNamespace = namespace{
	Name:       "$tokens",
	Doc:        "Signed tokens of admins and auth records.",
	Migrations: true,
	Bind: func(*environment) members {
		return members{
			"adminAuthToken":           core.NewAdminAuthToken,
			"adminFileToken":           core.NewAdminFileToken,
			"adminResetPasswordToken":  core.NewAdminResetPasswordToken,
			"recordAuthToken":          core.NewRecordAuthToken,
			"recordChangeEmailToken":   core.NewRecordChangeEmailToken,
			"recordFileToken":          core.NewRecordFileToken,
			"recordResetPasswordToken": core.NewRecordResetPasswordToken,
			"recordVerifyToken":        core.NewRecordVerifyToken,
		}
	},
}
