package schema

// Names of the columns that every collection, or every auth collection, has.
const (
	FieldNameId                     = "id"
	FieldNameCreated                = "created"
	FieldNameUpdated                = "updated"
	FieldNameCollectionId           = "collectionId"
	FieldNameCollectionName         = "collectionName"
	FieldNameExpand                 = "expand"
	FieldNameUsername               = "username"
	FieldNameEmail                  = "email"
	FieldNameEmailVisibility        = "emailVisibility"
	FieldNameVerified               = "verified"
	FieldNameTokenKey               = "tokenKey"
	FieldNamePasswordHash           = "passwordHash"
	FieldNameLastResetSentAt        = "lastResetSentAt"
	FieldNameLastVerificationSentAt = "lastVerificationSentAt"
	FieldNameLastLoginAlertSentAt   = "lastLoginAlertSentAt"
)

// Kinds of fields.
const (
	FieldTypeText     = "text"
	FieldTypeNumber   = "number"
	FieldTypeBool     = "bool"
	FieldTypeEmail    = "email"
	FieldTypeUrl      = "url"
	FieldTypeEditor   = "editor"
	FieldTypeDate     = "date"
	FieldTypeSelect   = "select"
	FieldTypeJson     = "json"
	FieldTypeFile     = "file"
	FieldTypeRelation = "relation"
)

// Modifiers that may follow a field name in submitted data.
const (
	FieldValueModifierAdd      = "+"
	FieldValueModifierSubtract = "-"
)

// FieldValueModifiers returns the modifiers in the order they are applied.
func FieldValueModifiers() []string {
	return []string{FieldValueModifierAdd, FieldValueModifierSubtract}
}

// BaseModelFieldNames returns the columns every table has.
func BaseModelFieldNames() []string {
	return []string{FieldNameId, FieldNameCreated, FieldNameUpdated}
}

// SystemFieldNames returns the keys every exported record may carry besides its
// own fields.
func SystemFieldNames() []string {
	return []string{FieldNameCollectionId, FieldNameCollectionName, FieldNameExpand}
}

// AuthFieldNames returns the columns an auth collection adds.
func AuthFieldNames() []string {
	return []string{
		FieldNameUsername, FieldNameEmail, FieldNameEmailVisibility, FieldNameVerified,
		FieldNameTokenKey, FieldNamePasswordHash, FieldNameLastResetSentAt,
		FieldNameLastVerificationSentAt, FieldNameLastLoginAlertSentAt,
	}
}

// ReservedAuthFieldNames returns the names a field of an auth collection must
// not have: its columns and the keys of its forms.
func ReservedAuthFieldNames() []string {
	return append(AuthFieldNames(), "password", "passwordConfirm", "oldPassword")
}

// FieldTypes returns all kinds of fields.
func FieldTypes() []string {
	return []string{
		FieldTypeText, FieldTypeNumber, FieldTypeBool, FieldTypeEmail, FieldTypeUrl, FieldTypeEditor,
		FieldTypeDate, FieldTypeSelect, FieldTypeJson, FieldTypeFile, FieldTypeRelation,
	}
}

// ArraybleFieldTypes returns the kinds that may hold several values.
func ArraybleFieldTypes() []string {
	return []string{FieldTypeSelect, FieldTypeFile, FieldTypeRelation}
}
