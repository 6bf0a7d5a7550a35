package forms

import (
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// mailToken checks the tokens of one kind of mail to the accounts of a collection.
type mailToken struct {
	app        *core.App
	collection *models.Collection
	config     func(s *settings.Settings) settings.TokenConfig
}

// find returns the account that the token was made for, whichever collection it
// belongs to.
func (t mailToken) find(dao *daos.Dao, token string) (*models.Record, error) {
	return dao.FindAuthRecordByToken(token, settings.Get(t.app.Settings(), t.config).Secret)
}

// check returns the account that the token was made for. Its error is that of a field.
func (t mailToken) check(dao *daos.Dao, token string) (*models.Record, error) {
	record, err := t.find(dao, token)
	if err != nil {
		return nil, validation.NewError(codeInvalidToken, "Invalid or expired token")
	}
	if record.Collection().Id != t.collection.Id {
		return nil, validation.NewError(codeTokenCollection, "The provided token is for different auth collection")
	}
	return record, nil
}

// claim returns a claim of a token as text. Who signed it is not checked.
func claim(token, name string) string {
	claims, _ := security.ParseUnverifiedJWT(token) // an expired one has claims, too
	return cast.ToString(claims[name])
}
