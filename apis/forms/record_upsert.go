package forms

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// RecordUpsert creates or changes a record, its files and, in auth collections,
// its account.
type RecordUpsert struct {
	app          *core.App
	dao          *daos.Dao
	record       *models.Record
	manageAccess bool
	prechecked   bool           // the values are known to be valid
	pending      *models.Record // see Pending

	data          map[string]any // schema fields, in normal form
	filesToUpload map[string][]*filesystem.File
	filesToDelete []string

	Id string `form:"id" json:"id"`

	// Of auth collections only.
	Username        string `form:"username" json:"username"`
	Email           string `form:"email" json:"email"`
	EmailVisibility bool   `form:"emailVisibility" json:"emailVisibility"`
	Verified        bool   `form:"verified" json:"verified"`
	Password        string `form:"password" json:"password"`
	PasswordConfirm string `form:"passwordConfirm" json:"passwordConfirm"`
	OldPassword     string `form:"oldPassword" json:"oldPassword"`
}

// NewRecordUpsert returns a form that starts with the values of the record,
// which may be a new one.
func NewRecordUpsert(app *core.App, record *models.Record) *RecordUpsert {
	f := &RecordUpsert{
		app:           app,
		dao:           app.Dao(),
		record:        record,
		Id:            record.Id,
		data:          map[string]any{},
		filesToUpload: map[string][]*filesystem.File{},
	}
	if record.Collection() == nil {
		return f
	}
	f.data = record.SchemaData()
	if record.Collection().IsAuth() {
		f.Username = record.Username()
		f.Email = record.Email()
		f.EmailVisibility = record.EmailVisibility()
		f.Verified = record.Verified()
	}
	return f
}

// SetDao replaces the dao of the form.
func (f *RecordUpsert) SetDao(dao *daos.Dao) { f.dao = dao }

// SetFullManageAccess lets the form change what only admins and managers of an
// auth collection may: email, verified state, and the password without the old one.
func (f *RecordUpsert) SetFullManageAccess(fullManageAccess bool) { f.manageAccess = fullManageAccess }

// Data returns the loaded values of the collection's fields. It is the form's own map.
func (f *RecordUpsert) Data() map[string]any { return f.data }

// FilesToUpload returns the new files by field. It is the form's own map.
func (f *RecordUpsert) FilesToUpload() map[string][]*filesystem.File { return f.filesToUpload }

// FilesToDelete returns the names of the stored files that the record no longer has.
func (f *RecordUpsert) FilesToDelete() []string { return f.filesToDelete }

// AddFiles puts new files into a file field: in place of the current one, or
// after the current ones of a field that holds several.
func (f *RecordUpsert) AddFiles(key string, files ...*filesystem.File) error {
	field, err := f.fileField(key)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return nil
	}
	if !schema.IsMultiple(field) {
		if err := f.RemoveFiles(key); err != nil {
			return err
		}
		last := files[len(files)-1]
		f.filesToUpload[key] = []*filesystem.File{last}
		f.data[key] = last.Name
		return nil
	}
	names := schema.UniqueStrings(f.data[key])
	for _, file := range files {
		names = append(names, file.Name)
	}
	f.filesToUpload[key] = append(f.filesToUpload[key], files...)
	f.data[key] = names
	return nil
}

// RemoveFiles takes files out of a file field, all of them if none is named.
func (f *RecordUpsert) RemoveFiles(key string, toDelete ...string) error {
	field, err := f.fileField(key)
	if err != nil {
		return err
	}
	current := schema.UniqueStrings(f.data[key])
	if len(toDelete) == 0 {
		toDelete = current
	}
	kept := slices.DeleteFunc(slices.Clone(current), func(name string) bool {
		return slices.Contains(toDelete, name)
	})
	f.setFileNames(field, kept)
	return nil
}

// setFileNames replaces the names in a file field. Stored files that are left
// out will be deleted, new ones will not be uploaded.
func (f *RecordUpsert) setFileNames(field *schema.SchemaField, names []string) {
	for _, stored := range f.record.GetStringSlice(field.Name) {
		if !slices.Contains(names, stored) && !slices.Contains(f.filesToDelete, stored) {
			f.filesToDelete = append(f.filesToDelete, stored)
		}
	}
	uploads := slices.DeleteFunc(slices.Clone(f.filesToUpload[field.Name]), func(file *filesystem.File) bool {
		return !slices.Contains(names, file.Name)
	})
	if len(uploads) == 0 {
		delete(f.filesToUpload, field.Name)
	} else {
		f.filesToUpload[field.Name] = uploads
	}
	f.data[field.Name] = field.PrepareValue(names)
}

func (f *RecordUpsert) fileField(key string) (*schema.SchemaField, error) {
	if c := f.record.Collection(); c != nil {
		if field := c.Schema.GetFieldByName(key); field != nil && field.Type == schema.FieldTypeFile {
			return field, nil
		}
	}
	return nil, fmt.Errorf("%q is not a file field", key)
}

// ValidateAndFill validates the form and copies it to the record.
func (f *RecordUpsert) ValidateAndFill() error {
	if !f.prechecked {
		if err := f.Validate(); err != nil {
			return err
		}
	}
	return f.fill(f.record, f.record.SetPassword)
}

// fill copies the form to a record. Hashing a password is slow, so how it is set
// is up to the caller.
func (f *RecordUpsert) fill(record *models.Record, setPassword func(string) error) error {
	if record.IsNew() && f.Id != "" {
		record.SetId(f.Id)
	}
	if record.Collection().IsAuth() {
		if err := f.fillAccount(record, setPassword); err != nil {
			return err
		}
	}
	record.Load(f.data)
	return nil
}

func (f *RecordUpsert) fillAccount(record *models.Record, setPassword func(string) error) error {
	if record.IsNew() && f.Username == "" {
		c := record.Collection()
		f.Username = f.dao.SuggestUniqueAuthRecordUsername(c.Id,
			c.Name+security.RandomStringWithAlphabet(usernameDigits, usernameAlphabet))
	}
	errs := []error{record.SetEmailVisibility(f.EmailVisibility)}
	if f.Username != "" {
		errs = append(errs, record.SetUsername(f.Username))
	}
	if record.IsNew() || f.manageAccess {
		errs = append(errs, record.SetEmail(f.Email), record.SetVerified(f.Verified))
	}
	if f.Password != "" {
		errs = append(errs, setPassword(f.Password))
	}
	return errors.Join(errs...)
}

const (
	usernameDigits   = 5
	usernameAlphabet = "123456789"
)

// Submit validates the form and stores the record and its files.
func (f *RecordUpsert) Submit(interceptors ...InterceptorFunc[*models.Record]) error {
	if err := f.ValidateAndFill(); err != nil {
		return err
	}
	return intercept(f.record, f.Save, interceptors)
}

// errDryRun ends the transaction of a dry run.
var errDryRun = errors.New("dry run")

// DrySubmit validates the form and stores a copy of the record in a transaction
// that is always rolled back, without firing events or touching files. The
// callback sees the stored row through the dao of the transaction. The record of
// the form is not changed.
func (f *RecordUpsert) DrySubmit(callback func(txDao *daos.Dao) error) error {
	if err := f.Validate(); err != nil {
		return err
	}
	record := f.record.CleanCopy()
	if err := f.fill(record, func(string) error { return setPlaceholderPassword(record) }); err != nil {
		return err
	}
	return f.dryRun(record, callback)
}

func (f *RecordUpsert) dryRun(record *models.Record, callback func(txDao *daos.Dao) error) error {
	err := f.dao.WithoutHooks().RunInTransaction(func(txDao *daos.Dao) error {
		if err := txDao.SaveRecord(record); err != nil {
			return uniqueErrors(record, err)
		}
		if callback != nil {
			if err := callback(txDao); err != nil {
				return err
			}
		}
		return errDryRun
	})
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

// setPlaceholderPassword stands in for SetPassword on records that are not kept.
func setPlaceholderPassword(record *models.Record) error {
	record.Set(schema.FieldNamePasswordHash, "-")
	return record.RefreshTokenKey()
}

// Precheck validates the form as if a manager created an unverified account. It
// spares [RecordUpsert.ValidateAndFill] the same work where rights make no
// difference.
func (f *RecordUpsert) Precheck() error {
	dry := f.elevated()
	if err := dry.Validate(); err != nil {
		return err
	}
	f.prechecked = !f.record.Collection().IsAuth()
	return nil
}

// Pending is [RecordUpsert.Precheck] followed by filling a copy of the record,
// with the values that the row would have.
func (f *RecordUpsert) Pending() (*models.Record, error) {
	if f.pending != nil {
		return f.pending, nil
	}
	if err := f.Precheck(); err != nil {
		return nil, err
	}
	dry, pending := f.elevated(), f.record.CleanCopy()
	if err := dry.fill(pending, func(string) error { return setPlaceholderPassword(pending) }); err != nil {
		return nil, err
	}
	f.Username = dry.Username
	if !pending.HasId() {
		pending.RefreshId()
	}
	pending.RefreshCreated()
	pending.RefreshUpdated()
	f.pending = pending
	return pending, nil
}

// DryCreate is [RecordUpsert.Pending] followed by a dry run: a copy of the
// record is stored in a transaction that is always rolled back. The callback
// gets the copy and the dao of the transaction.
func (f *RecordUpsert) DryCreate(callback func(txDao *daos.Dao, pending *models.Record) error) error {
	pending, err := f.Pending()
	if err != nil {
		return err
	}
	return f.dryRun(pending, func(txDao *daos.Dao) error { return callback(txDao, pending) })
}

// elevated returns a copy of the form with the rights of a manager.
func (f *RecordUpsert) elevated() *RecordUpsert {
	dry := *f
	dry.data = maps.Clone(f.data)
	dry.manageAccess = true
	dry.Verified = false
	return &dry
}

// NeedsDryCreate reports whether a create has to be tried before it may fire
// events: only the database knows whether a unique index refuses the row, or
// whether an account of another collection has the submitted id.
func (f *RecordUpsert) NeedsDryCreate() bool {
	if f.Id != "" && f.record.Collection().IsAuth() {
		return true
	}
	for _, statement := range f.record.Collection().Indexes {
		if strings.Contains(strings.ToUpper(statement), "UNIQUE") {
			return true
		}
	}
	return false
}
