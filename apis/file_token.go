package apis

import (
	"github.com/labstack/echo/v5"
	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// findFileTokenOwner returns the account of the file token in the query, or
// nothing when there is no valid one. Tokens of another kind are signed with
// another secret and do not pass.
func findFileTokenOwner(app *core.App, c *echo.Context) (*models.Admin, *models.Record) {
	token := c.QueryParam(fileTokenParam)
	if token == "" {
		return nil, nil
	}
	claims, err := security.ParseUnverifiedJWT(token)
	if err != nil {
		return nil, nil
	}
	dao := requestDao(app, c)
	switch cast.ToString(claims[core.TokenClaimType]) {
	case core.TokenTypeAdmin:
		admin, err := dao.FindAdminByToken(token, settings.Get(app.Settings(), adminFileSecret))
		if err == nil {
			return admin, nil
		}
	case core.TokenTypeAuthRecord:
		record, err := dao.FindAuthRecordByToken(token, settings.Get(app.Settings(), recordFileSecret))
		if err == nil {
			return nil, record
		}
	}
	return nil, nil
}

func adminFileSecret(s *settings.Settings) string  { return s.AdminFileToken.Secret }
func recordFileSecret(s *settings.Settings) string { return s.RecordFileToken.Secret }
