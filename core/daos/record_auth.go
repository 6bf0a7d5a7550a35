package daos

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// ErrInvalidToken is returned for a token that cannot belong to anybody.
var ErrInvalidToken = errors.New("missing or invalid token claims")

// usernameTries bounds the search for a free username.
const usernameTries = 10

// FindAuthRecordByToken returns the record a token was made for, once its signature and expiry
// are verified with the record's token key and baseTokenKey.
func (d *Dao) FindAuthRecordByToken(token string, baseTokenKey string) (*models.Record, error) {
	claims, err := security.ParseUnverifiedJWT(token)
	if err != nil {
		return nil, err
	}
	id, _ := claims["id"].(string)
	collectionID, _ := claims["collectionId"].(string)
	if id == "" || collectionID == "" {
		return nil, ErrInvalidToken
	}
	record, err := d.FindRecordById(collectionID, id)
	if err != nil {
		return nil, err
	}
	if !record.Collection().IsAuth() {
		return nil, fmt.Errorf("the token does not belong to an auth collection: %w", ErrInvalidToken)
	}
	if _, err := security.ParseJWT(token, record.TokenKey()+baseTokenKey); err != nil {
		return nil, err
	}
	return record, nil
}

// FindAuthRecordByEmail returns the account with exactly this email, or sql.ErrNoRows.
func (d *Dao) FindAuthRecordByEmail(collectionNameOrId string, email string) (*models.Record, error) {
	c, err := d.authCollection(collectionNameOrId)
	if err != nil {
		return nil, err
	}
	return firstRecord(d.queryRecords(c, 1, d.recordSelect(c)+" WHERE "+d.emailIs(email, d.q.Dialect().Placeholder(1))+" LIMIT 1", email))
}

// FindAuthRecordByUsername returns the account with the username in any letter case, or
// sql.ErrNoRows.
func (d *Dao) FindAuthRecordByUsername(collectionNameOrId string, username string) (*models.Record, error) {
	c, err := d.authCollection(collectionNameOrId)
	if err != nil {
		return nil, err
	}
	value := d.q.Dialect().Placeholder(1)
	records, err := d.queryRecords(c, 1, d.recordSelect(c)+" WHERE "+d.quote(schema.FieldNameUsername)+" = "+value+" LIMIT 1", username)
	if err == nil && len(records) == 0 {
		records, err = d.queryRecords(c, 1, d.recordSelect(c)+" WHERE "+d.usernameInAnyCase(c, value)+" LIMIT 1", username)
	}
	return firstRecord(records, err)
}

// emailIs returns the condition that the email is the value, which the placeholder stands for.
// The index of emails leaves empty ones out, so it has to be told that none is asked for.
func (d *Dao) emailIs(value any, placeholder string) string {
	column := d.quote(schema.FieldNameEmail)
	condition := column + " = " + placeholder
	if value != "" {
		condition += " AND " + column + " != ''"
	}
	return condition
}

// usernameInAnyCase returns the condition that the username is the value of the placeholder in
// any letter case. LOWER() would have to be worked out for every account. This spells the value
// letter by letter, in both cases, as long as there are usernames that begin like that: the
// index of usernames knows.
func (d *Dao) usernameInAnyCase(c *models.Collection, placeholder string) string {
	table, username := d.quote(c.Name), d.quote(schema.FieldNameUsername)
	step := func(fold string) string {
		longer := "_spelling.text || " + fold + "(SUBSTR(_spelling.wanted, LENGTH(_spelling.text) + 1, 1))"
		return " UNION SELECT wanted, " + longer + " FROM _spelling WHERE LENGTH(text) < LENGTH(wanted) AND " + longer +
			" = (SELECT SUBSTR(" + username + ", 1, LENGTH(_spelling.text) + 1) FROM " + table +
			" WHERE " + username + " >= " + longer + " ORDER BY " + username + " LIMIT 1)"
	}
	return username + " IN (WITH RECURSIVE _spelling(wanted, text) AS (SELECT " + placeholder + ", ''" + step("LOWER") + step("UPPER") +
		") SELECT text FROM _spelling WHERE LOWER(text) = LOWER(wanted))"
}

// SuggestUniqueAuthRecordUsername returns the base username, followed by as many random digits
// as it takes to make it free, tried a bounded number of times.
func (d *Dao) SuggestUniqueAuthRecordUsername(collectionNameOrId string, baseUsername string, excludeIds ...string) string {
	username := baseUsername
	for i := range usernameTries {
		if i > 0 {
			username = baseUsername + security.RandomStringWithAlphabet(2+i, "123456789")
		}
		if d.IsRecordValueUnique(collectionNameOrId, schema.FieldNameUsername, username, excludeIds...) {
			break
		}
	}
	return username
}

func (d *Dao) authCollection(nameOrID string) (*models.Collection, error) {
	c, err := d.collection(nameOrID)
	if err != nil {
		return nil, err
	}
	if !c.IsAuth() {
		return nil, fmt.Errorf("%q is not an auth collection", c.Name)
	}
	return c, nil
}

// checkAuthID makes sure that no account of any collection has the id.
func (d *Dao) checkAuthID(id string) error {
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return err
	}
	var parts []string
	var args []any
	for _, c := range set.all {
		if c.IsAuth() {
			args = append(args, id)
			parts = append(parts, "SELECT 1 FROM "+d.quote(c.Name)+" WHERE "+d.quote(schema.FieldNameId)+" = "+d.q.Dialect().Placeholder(len(args)))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	taken := false
	err = d.queryRows(strings.Join(parts, " UNION ALL "), args, func([]any) error {
		taken = true
		return nil
	})
	if err == nil && taken {
		err = errors.New("the auth record id must be unique across all auth collections")
	}
	return err
}

// becomesVerified reports whether the save turns an unverified account into a verified one.
// The stored row decides, as the record may have been saved since it was loaded.
func (d *Dao) becomesVerified(record *models.Record) (bool, error) {
	if record.IsNew() || !record.Verified() || record.OriginalCopy().Verified() {
		return false, nil
	}
	var verified bool
	err := d.DB().Select(schema.FieldNameVerified).From(record.TableName()).
		Where(dbx.HashExp{schema.FieldNameId: record.Id}).WithContext(d.ctx).Row(&verified)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil && !verified, err
}

// dropExternalAuths removes the links of an account that has just proved to own its email: who
// made them before may not be its owner. Sessions end along with them.
func (d *Dao) dropExternalAuths(record *models.Record) error {
	before, err := d.FindAllExternalAuthsByRecord(record)
	if err != nil || len(before) == 0 {
		return err
	}
	if err := d.deleteExternalAuths(record); err != nil {
		return err
	}
	return record.RefreshTokenKey()
}
