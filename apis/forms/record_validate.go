package forms

import (
	"errors"
	"regexp"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/gabriel-vasile/mimetype"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

const (
	minUsername = 3
	maxUsername = 150
)

var usernamePattern = regexp.MustCompile(`^[\w][\w\.\-]*$`)

// Validate checks the account first and, if nothing is wrong with it, the values
// of the collection's fields. The error is a validation.Errors.
func (f *RecordUpsert) Validate() error {
	collection := f.record.Collection()
	if collection == nil {
		return errors.New("validate record: the record has no collection")
	}
	fields := []*validation.FieldRules{validation.Field(&f.Id, idRules(f.dao, f.record)...)}
	if collection.IsAuth() {
		fields = append(fields, f.accountRules(collection.AuthOptions())...)
	}
	if err := validation.ValidateStruct(f, fields...); err != nil {
		return err
	}
	return f.validateData(collection)
}

func (f *RecordUpsert) accountRules(o models.CollectionAuthOptions) []*validation.FieldRules {
	isNew := f.record.IsNew()
	newPassword := f.Password != "" || f.PasswordConfirm != ""
	return []*validation.FieldRules{
		validation.Field(&f.Username,
			validation.When(!isNew, validation.Required),
			validation.Length(minUsername, maxUsername),
			validation.Match(usernamePattern),
			validation.By(f.checkUsername)),
		validation.Field(&f.Email,
			validation.When(o.RequireEmail, validation.Required),
			validation.When(!isNew && !f.manageAccess, validation.In(f.record.Email())),
			validation.Length(1, maxTextLength),
			is.EmailFormat,
			validation.By(func(any) error { return schema.CheckEmailDomain(f.Email, o.OnlyEmailDomains, o.ExceptEmailDomains) }),
			validation.By(f.checkEmail)),
		validation.Field(&f.Verified,
			validation.When(!f.manageAccess, validation.In(f.record.Verified()))),
		validation.Field(&f.Password,
			validation.When(isNew || newPassword || f.OldPassword != "", validation.Required),
			validation.Length(o.MinPasswordLength, maxPasswordLength)),
		validation.Field(&f.PasswordConfirm,
			validation.When(isNew || newPassword, validation.Required),
			equals(f.Password, textMismatch)),
		validation.Field(&f.OldPassword,
			validation.When(!isNew && !f.manageAccess && newPassword,
				validation.Required, validation.By(f.checkOldPassword))),
	}
}

func (f *RecordUpsert) checkUsername(any) error {
	if f.Username == "" || f.isUnique(schema.FieldNameUsername, f.Username) {
		return nil
	}
	return validation.NewError(codeInvalidUsername, "The username is invalid or already in use")
}

func (f *RecordUpsert) checkEmail(any) error {
	if f.Email == "" || f.isUnique(schema.FieldNameEmail, f.Email) {
		return nil
	}
	return validation.NewError(codeInvalidEmail, "The email is invalid or already in use")
}

// isUnique asks the database only for values that differ from the stored ones.
func (f *RecordUpsert) isUnique(key, value string) bool {
	if !f.record.IsNew() && f.record.GetString(key) == value {
		return true
	}
	return f.dao.IsRecordValueUnique(f.record.Collection().Id, key, value, f.record.Id)
}

func (f *RecordUpsert) checkOldPassword(any) error {
	if f.OldPassword == "" || f.record.ValidatePassword(f.OldPassword) {
		return nil
	}
	return validation.NewError(codeInvalidOldPassword, "Missing or invalid old password")
}

// validateData checks the values of the collection's fields.
func (f *RecordUpsert) validateData(collection *models.Collection) error {
	errs := validation.Errors{}
	for _, field := range collection.Schema.Fields() {
		if err := f.validateField(field); err != nil {
			errs[field.Name] = err
		}
	}
	return errs.Filter()
}

func (f *RecordUpsert) validateField(field *schema.SchemaField) error {
	value := field.PrepareValue(f.data[field.Name])
	if err := schema.ValidateValue(field, value); err != nil {
		return err
	}
	switch field.Type {
	case schema.FieldTypeFile:
		return f.validateUploads(field)
	case schema.FieldTypeRelation:
		return f.validateRelation(field, value)
	}
	return nil
}

func (f *RecordUpsert) validateUploads(field *schema.SchemaField) error {
	files := f.filesToUpload[field.Name]
	if len(files) == 0 {
		return nil
	}
	uploads := make([]schema.Upload, len(files))
	for i, file := range files {
		uploads[i] = schema.Upload{
			Name:         file.Name,
			OriginalName: file.OriginalName,
			Size:         file.Size,
			IsMime:       mimeOf(file),
		}
	}
	return schema.ValidateUploads(field, uploads)
}

// mimeOf returns a check of the file's content, which is read once at most.
func mimeOf(file *filesystem.File) func(string) bool {
	var detected *mimetype.MIME
	return func(mime string) bool {
		if detected == nil {
			content, err := file.Reader.Open()
			if err != nil {
				return false
			}
			defer func() { _ = content.Close() }()
			if detected, err = mimetype.DetectReader(content); err != nil {
				return false
			}
		}
		return detected.Is(mime)
	}
}

// validateRelation checks that the related records exist. Ids that the stored
// record has already are not looked up again.
func (f *RecordUpsert) validateRelation(field *schema.SchemaField, value any) error {
	var stored []string
	if !f.record.IsNew() {
		stored = schema.UniqueStrings(f.record.Get(field.Name))
	}
	ids := slices.DeleteFunc(schema.UniqueStrings(value), func(id string) bool {
		return slices.Contains(stored, id)
	})
	if len(ids) == 0 {
		return nil
	}
	if err := field.InitOptions(); err != nil {
		return schema.ErrMissingRelCollection
	}
	options, ok := field.Options.(*schema.RelationOptions)
	if !ok {
		return schema.ErrMissingRelCollection
	}
	target, err := f.dao.CachedCollection(options.CollectionId)
	if err != nil {
		return schema.ErrMissingRelCollection
	}
	total, err := daos.CountIDs(f.dao, target.Name, ids...)
	if err != nil || total != len(ids) {
		return schema.ErrMissingRelRecords
	}
	return nil
}
