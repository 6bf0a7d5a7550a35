package forms

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// randomPasswordLength is that of passwords which nobody is meant to know.
const randomPasswordLength = 30

// errAccountChanged is returned for an account whose sessions ended while the
// provider was asked: whoever began the sign-in may have no say in it any more.
var errAccountChanged = errors.New("the account changed during the sign-in")

// create makes an account of what the client sent and the provider vouches for.
// The address is always the provider's: it is what makes the account verified.
func (f *RecordOAuth2Login) create(data *RecordOAuth2LoginData) error {
	record, user := models.NewRecord(f.collection), data.OAuth2User
	record.RefreshId()
	form := NewRecordUpsert(f.app, record)
	form.SetDao(f.dao)
	form.SetFullManageAccess(true)
	if n := len(user.Username); n >= minUsername && n <= maxUsername && usernamePattern.MatchString(user.Username) {
		form.Username = f.dao.SuggestUniqueAuthRecordUsername(f.collection.Id, user.Username)
	}
	if err := form.LoadData(f.CreateData); err != nil {
		return err
	}
	form.Email, form.Verified = user.Email, true
	if form.Password == "" {
		form.Password = security.RandomString(randomPasswordLength)
		form.PasswordConfirm = form.Password
	}
	if f.beforeCreate != nil {
		if err := f.beforeCreate(form, record, user); err != nil {
			return err
		}
	}
	if err := form.Submit(); err != nil {
		return err
	}
	data.Record = record
	if err := f.link(f.dao, data); err != nil {
		// Without the link nobody could sign in to the account.
		return errors.Join(err, f.dao.DeleteRecord(record))
	}
	return nil
}

// update links an account that exists. As long as its address is not verified,
// somebody else may have made it, in wait for the owner of the address: then
// neither the old password nor sessions, mail tokens and other links survive.
func (f *RecordOAuth2Login) update(data *RecordOAuth2LoginData) error {
	wasVerified, key := data.Record.Verified(), data.Record.TokenKey()
	// Outside of the transaction, as hashing a password takes long.
	changed, err := f.refresh(data.Record, data.OAuth2User)
	if err != nil {
		return err
	}
	return f.dao.RunInTransaction(func(txDao *daos.Dao) error {
		if stored, err := txDao.FindRecordById(f.collection.Id, data.Record.Id); err != nil || stored.TokenKey() != key {
			return errors.Join(errAccountChanged, err)
		}
		if !wasVerified {
			if err := f.unlinkOthers(txDao, data); err != nil {
				return err
			}
		}
		if changed {
			if err := txDao.SaveRecord(data.Record); err != nil {
				return err
			}
		}
		return f.link(txDao, data)
	})
}

// refresh changes the account in memory.
func (f *RecordOAuth2Login) refresh(record *models.Record, user *auth.AuthUser) (changed bool, err error) {
	hadEmail := record.Email() != ""
	if hadEmail && !record.Verified() && !f.isSignedIn(record) {
		if err := record.SetPassword(security.RandomString(randomPasswordLength)); err != nil {
			return false, err
		}
		changed = true
	}
	if !hadEmail && user.Email != "" {
		if err := record.SetEmail(user.Email); err != nil {
			return false, err
		}
		changed = true
	}
	if !record.Verified() && (!hadEmail || record.Email() == user.Email) {
		if err := record.SetVerified(true); err != nil {
			return false, err
		}
		changed = true
	}
	if !record.LastLoginAlertSentAt().IsZero() {
		if err := record.SetLastLoginAlertSentAt(types.DateTime{}); err != nil {
			return false, err
		}
		changed = true
	}
	return changed, nil
}

func (f *RecordOAuth2Login) isSignedIn(record *models.Record) bool {
	return f.authRecord != nil && f.authRecord.Id == record.Id && f.authRecord.Collection().Id == record.Collection().Id
}

// unlinkOthers removes all links but the one of this sign-in.
func (f *RecordOAuth2Login) unlinkOthers(dao *daos.Dao, data *RecordOAuth2LoginData) error {
	links, err := dao.FindAllExternalAuthsByRecord(data.Record)
	if err != nil {
		return err
	}
	for _, link := range links {
		if link.Provider == f.Provider && link.ProviderId == data.OAuth2User.Id {
			continue
		}
		if err := dao.DeleteExternalAuth(link); err != nil {
			return fmt.Errorf("remove other link: %w", err)
		}
	}
	return nil
}

// link connects the account with the user of the provider, unless it is already.
func (f *RecordOAuth2Login) link(dao *daos.Dao, data *RecordOAuth2LoginData) error {
	existing, err := dao.FindExternalAuthByRecordAndProvider(data.Record, f.Provider)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return fmt.Errorf("look up link: %w", err)
	case existing.ProviderId == data.OAuth2User.Id:
		data.ExternalAuth = existing
		return nil
	}
	data.ExternalAuth = &models.ExternalAuth{
		CollectionId: f.collection.Id,
		RecordId:     data.Record.Id,
		Provider:     f.Provider,
		ProviderId:   data.OAuth2User.Id,
	}
	if err := dao.SaveExternalAuth(data.ExternalAuth); err != nil {
		return fmt.Errorf("link account: %w", err)
	}
	return nil
}
