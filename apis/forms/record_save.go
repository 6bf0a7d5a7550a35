package forms

import (
	"errors"
	"fmt"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// Save stores a record together with the new files of the form, and deletes the
// files that it no longer has.
//
// The files are written after the before hooks of the model and right before its
// row. When the row is not stored they are removed again. Values that a unique
// index refuses give validation.Errors.
func (f *RecordUpsert) Save(record *models.Record) error {
	if record == nil {
		return errors.New("save record: there is none")
	}
	if len(f.filesToUpload) == 0 && len(f.filesToDelete) == 0 {
		return uniqueErrors(record, f.dao.SaveRecord(record))
	}
	s := fileSaver{form: f, record: record}
	return uniqueErrors(record, s.save())
}

// fileSaver keeps the files of one record in step with its row.
type fileSaver struct {
	form     *RecordUpsert
	record   *models.Record
	uploaded []string // storage keys
	stored   bool     // the row is committed
	joined   bool     // the row is part of a transaction that is still open
}

// save stores the row and then removes the files that have no use any more: the
// old ones, or the new ones when the row is not stored. In a transaction of the
// caller it is the end of that which decides.
func (s *fileSaver) save() error {
	defer func() {
		switch {
		case s.stored:
			s.deleteOld()
		case !s.joined: // failed, or a hook panicked
			s.removeUploads()
		}
	}()
	err := s.dao().SaveRecord(s.record)
	if err == nil && !s.stored && s.form.dao.IsTransaction() {
		s.joined = true
		daos.OnRollback(s.form.dao, s.removeUploads)
	}
	return err
}

// dao returns a dao that writes the files along with the row of the record.
func (s *fileSaver) dao() *daos.Dao {
	dao := s.form.dao.Clone()
	dao.BeforeCreateFunc = s.before(dao.BeforeCreateFunc)
	dao.BeforeUpdateFunc = s.before(dao.BeforeUpdateFunc)
	dao.AfterCreateFunc = s.after(dao.AfterCreateFunc)
	dao.AfterUpdateFunc = s.after(dao.AfterUpdateFunc)
	return dao
}

func (s *fileSaver) before(next daos.BeforeFunc) daos.BeforeFunc {
	return func(eventDao *daos.Dao, m models.Model, action func() error) error {
		if m != models.Model(s.record) {
			return runBefore(next, eventDao, m, action)
		}
		return runBefore(next, eventDao, m, func() error {
			if err := s.upload(); err != nil {
				return err
			}
			return action()
		})
	}
}

func runBefore(next daos.BeforeFunc, dao *daos.Dao, m models.Model, action func() error) error {
	if next == nil {
		return action()
	}
	return next(dao, m, action)
}

func (s *fileSaver) after(next daos.AfterFunc) daos.AfterFunc {
	return func(eventDao *daos.Dao, m models.Model) error {
		if m == models.Model(s.record) {
			s.stored = true
			if s.joined {
				s.deleteOld()
			}
		}
		if next == nil {
			return nil
		}
		return next(eventDao, m)
	}
}

func (s *fileSaver) upload() error {
	if len(s.form.filesToUpload) == 0 {
		return nil
	}
	return s.withFiles(func(files *filesystem.System) error {
		for _, list := range s.form.filesToUpload {
			for _, file := range list {
				key := s.record.BaseFilesPath() + "/" + file.Name
				s.uploaded = append(s.uploaded, key)
				if err := files.UploadFile(file, key); err != nil {
					return fmt.Errorf("store file %s: %w", file.Name, err)
				}
			}
		}
		return nil
	})
}

func (s *fileSaver) removeUploads() {
	s.deleteFiles(s.uploaded)
}

func (s *fileSaver) deleteOld() {
	keys := make([]string, len(s.form.filesToDelete))
	for i, name := range s.form.filesToDelete {
		keys[i] = s.record.BaseFilesPath() + "/" + name
	}
	s.deleteFiles(keys)
}

// deleteFiles removes files and their thumbs. What cannot be removed is logged:
// the record is not affected by it.
func (s *fileSaver) deleteFiles(keys []string) {
	if len(keys) == 0 {
		return
	}
	err := s.withFiles(func(files *filesystem.System) error {
		var errs []error
		for _, key := range keys {
			if err := files.Delete(key); err != nil && !errors.Is(err, filesystem.ErrNotFound) {
				errs = append(errs, err)
			}
			folder, name := key[:strings.LastIndexByte(key, '/')+1], key[strings.LastIndexByte(key, '/')+1:]
			errs = append(errs, files.DeletePrefix(folder+"thumbs_"+name+"/")...)
		}
		return errors.Join(errs...)
	})
	if err != nil {
		s.form.app.Logger().Warn("delete files of record", "record", s.record.Id, "error", err.Error())
	}
}

func (s *fileSaver) withFiles(fn func(*filesystem.System) error) error {
	files, err := s.form.app.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open storage: %w", err)
	}
	defer func() { _ = files.Close() }()
	return fn(files)
}

// uniqueErrors turns the violation of a unique index into the errors of the
// fields it is made of. An index over other columns stays a plain error.
func uniqueErrors(record *models.Record, err error) error {
	errs := validation.Errors{}
	for _, column := range daos.UniqueColumns(record.TableName(), err) {
		if record.Collection().Schema.GetFieldByName(column) != nil {
			errs[column] = schema.ErrNotUnique
		}
	}
	if len(errs) == 0 {
		return err
	}
	return errs
}
