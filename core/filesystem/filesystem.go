// Package filesystem stores uploaded files by key: "<collection>/<record>/<name>".
//
// A [System] is the one way to the stored files. Its behaviour does not depend
// on where they are kept: in a local directory (see [NewLocal]) or in a bucket
// of an S3 compatible server (see [NewS3]).
package filesystem

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"
)

// ErrNotFound is reported for a key without a stored file. It matches
// [fs.ErrNotExist] with errors.Is.
var ErrNotFound = fmt.Errorf("stored file: %w", fs.ErrNotExist)

// maxOriginalName bounds the original-filename metadata, in bytes.
const maxOriginalName = 255

// originalNameKey is the metadata entry that holds the client's file name.
const originalNameKey = "original-filename"

// driver is one place where files can live. Keys are slash separated and
// relative; a missing key is reported as ErrNotFound.
type driver interface {
	reader
	writer
}

type reader interface {
	stat(ctx context.Context, key string) (*Attributes, error)
	open(ctx context.Context, key string) (io.ReadSeekCloser, *Attributes, error)
	list(ctx context.Context, prefix string) ([]*ListObject, error)
}

type writer interface {
	write(ctx context.Context, key string, content io.Reader, a writeAttributes) error
	remove(ctx context.Context, key string) error
	// sweep removes what list returned for the prefix, and goes on after a
	// failure.
	sweep(ctx context.Context, prefix string, objects []*ListObject) []error
}

// writeAttributes is what a caller says about the content it stores.
type writeAttributes struct {
	contentType string
	metadata    map[string]string
	size        int64 // of the content
}

// System stores and serves files. Its methods are safe for concurrent use,
// except [System.SetContext] and [System.Close].
type System struct {
	ctx    context.Context
	id     string // says which storage it is
	driver driver
	thumbs *Thumbs
}

// Option changes how a System works.
type Option func(s *System)

// WithThumbs makes a System share the bounds for thumbs with others. Without it
// a System has bounds of its own.
func WithThumbs(thumbs *Thumbs) Option {
	return func(s *System) { s.thumbs = thumbs }
}

func newSystem(id string, d driver, options []Option) *System {
	s := &System{ctx: context.Background(), id: id, driver: d}
	for _, option := range options {
		option(s)
	}
	if s.thumbs == nil {
		s.thumbs = NewThumbs()
	}
	return s
}

// Share returns another System on the same storage, with a context of its own.
func Share(s *System) *System {
	shared := *s
	shared.ctx = context.Background()
	return &shared
}

// NewLocal returns a System that keeps its files below dir, in the layout of
// v0.22: the blob under its key and an ".attrs" sidecar next to it. The
// directory is created with the first file.
func NewLocal(dir string, options ...Option) (*System, error) {
	if dir == "" {
		return nil, errors.New("open local storage: the directory is empty")
	}
	return newSystem("local "+dir, &localDriver{root: dir}, options), nil
}

// SetContext binds the calls that follow to ctx.
func (s *System) SetContext(ctx context.Context) {
	if ctx != nil {
		s.ctx = ctx
	}
}

// Close releases what the storage holds open. The System must not be used
// afterwards.
func (s *System) Close() error { return nil }

// Exists reports whether a file is stored under fileKey.
func (s *System) Exists(fileKey string) (bool, error) {
	_, err := s.driver.stat(s.ctx, fileKey)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Attributes describes the file stored under fileKey.
func (s *System) Attributes(fileKey string) (*Attributes, error) {
	return s.driver.stat(s.ctx, fileKey)
}

// GetFile opens the file stored under fileKey. The caller closes it.
func (s *System) GetFile(fileKey string) (*Reader, error) {
	content, attrs, err := s.driver.open(s.ctx, fileKey)
	if err != nil {
		return nil, err
	}
	return &Reader{ReadSeekCloser: content, attrs: attrs}, nil
}

// Copy stores the content and the attributes of srcKey under dstKey as well.
func (s *System) Copy(srcKey, dstKey string) error {
	content, attrs, err := s.driver.open(s.ctx, srcKey)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	return s.driver.write(s.ctx, dstKey, content, writeAttributes{
		contentType: attrs.ContentType,
		metadata:    attrs.Metadata,
		size:        attrs.Size,
	})
}

// List returns the files whose key begins with prefix, sorted by key.
func (s *System) List(prefix string) ([]*ListObject, error) {
	return s.driver.list(s.ctx, prefix)
}

// Upload stores content under fileKey, replacing what was there. The content
// type is detected from the bytes.
func (s *System) Upload(content []byte, fileKey string) error {
	return s.driver.write(s.ctx, fileKey, bytes.NewReader(content), writeAttributes{
		contentType: mimetype.Detect(content).String(),
		size:        int64(len(content)),
	})
}

// UploadFile stores file under fileKey and remembers its original name.
func (s *System) UploadFile(file *File, fileKey string) error {
	content, err := file.Reader.Open()
	if err != nil {
		return fmt.Errorf("open upload %q: %w", file.OriginalName, err)
	}
	defer func() { _ = content.Close() }()
	return s.uploadSeeker(content, file.OriginalName, fileKey)
}

// UploadMultipart stores the uploaded form file fh under fileKey and remembers
// its original name.
func (s *System) UploadMultipart(fh *multipart.FileHeader, fileKey string) error {
	content, err := fh.Open()
	if err != nil {
		return fmt.Errorf("open upload %q: %w", fh.Filename, err)
	}
	defer func() { _ = content.Close() }()
	return s.uploadSeeker(content, fh.Filename, fileKey)
}

func (s *System) uploadSeeker(content io.ReadSeeker, originalName, fileKey string) error {
	kind, err := mimetype.DetectReader(content)
	if err != nil {
		return fmt.Errorf("detect the type of %q: %w", originalName, err)
	}
	size, err := content.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = content.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("rewind %q: %w", originalName, err)
	}
	if len(originalName) > maxOriginalName {
		originalName = strings.ToValidUTF8(originalName[:maxOriginalName], "")
	}
	return s.driver.write(s.ctx, fileKey, content, writeAttributes{
		contentType: kind.String(),
		metadata:    map[string]string{originalNameKey: originalName},
		size:        size,
	})
}

// Delete removes the file stored under fileKey and its attributes.
func (s *System) Delete(fileKey string) error {
	return s.driver.remove(s.ctx, fileKey)
}

// DeletePrefix removes every file whose key begins with prefix and the
// directories that become empty. It goes on after a failure and returns all
// of them; an empty prefix is refused.
func (s *System) DeletePrefix(prefix string) []error {
	if strings.Trim(prefix, "/") == "" {
		return []error{errors.New("delete stored files: the prefix must not be empty")}
	}
	objects, err := s.driver.list(s.ctx, prefix)
	if err != nil {
		return []error{err}
	}
	return s.driver.sweep(s.ctx, prefix, objects)
}

// IsEmptyDir reports whether no file is stored below the directory key dir.
func (s *System) IsEmptyDir(dir string) bool {
	objects, err := s.driver.list(s.ctx, strings.TrimSuffix(dir, "/")+"/")
	return err == nil && len(objects) == 0
}

// Attributes describes a stored file.
type Attributes struct {
	CacheControl       string
	ContentDisposition string
	ContentEncoding    string
	ContentLanguage    string
	ContentType        string
	Metadata           map[string]string
	CreateTime         time.Time
	ModTime            time.Time
	Size               int64
	MD5                []byte
	ETag               string
}

// As exists for compatibility: no storage specific type is exposed, so it
// always reports false.
func (a *Attributes) As(any) bool { return false }

// OriginalName returns the name the file had when it was uploaded, or "".
func (a *Attributes) OriginalName() string { return a.Metadata[originalNameKey] }

// ListObject is one entry of [System.List].
type ListObject struct {
	Key     string
	ModTime time.Time
	Size    int64
	MD5     []byte
	IsDir   bool
}

// Reader reads a stored file. It belongs to one goroutine at a time.
type Reader struct {
	io.ReadSeekCloser
	attrs *Attributes
}

// ContentType returns the stored content type.
func (r *Reader) ContentType() string { return r.attrs.ContentType }

// ModTime returns when the file was stored.
func (r *Reader) ModTime() time.Time { return r.attrs.ModTime }

// Size returns the length of the whole file in bytes.
func (r *Reader) Size() int64 { return r.attrs.Size }
