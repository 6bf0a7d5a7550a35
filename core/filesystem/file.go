package filesystem

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
)

// maxDownload bounds what [NewFileFromURL] keeps in memory.
const maxDownload = 256 << 20

// File is a file that is about to be stored.
type File struct {
	Reader       FileReader
	Name         string // the name it will be stored under, see [NewFileFromBytes]
	OriginalName string // the name the client gave it
	Size         int64
}

// FileReader opens the content of a [File]. Each call returns a reader of its
// own that starts at the beginning.
type FileReader interface {
	Open() (io.ReadSeekCloser, error)
}

var (
	_ FileReader = (*PathReader)(nil)
	_ FileReader = (*BytesReader)(nil)
	_ FileReader = (*MultipartReader)(nil)
)

// PathReader reads a local file.
type PathReader struct{ Path string }

// Open opens the file.
func (r *PathReader) Open() (io.ReadSeekCloser, error) {
	return os.Open(r.Path)
}

// BytesReader reads from memory.
type BytesReader struct{ Bytes []byte }

// Open returns a reader over the bytes; it never fails.
func (r *BytesReader) Open() (io.ReadSeekCloser, error) {
	return memoryFile{bytes.NewReader(r.Bytes)}, nil
}

type memoryFile struct{ *bytes.Reader }

func (memoryFile) Close() error { return nil }

// MultipartReader reads an uploaded form file.
type MultipartReader struct{ Header *multipart.FileHeader }

// Open opens the uploaded file.
func (r *MultipartReader) Open() (io.ReadSeekCloser, error) {
	return r.Header.Open()
}

// NewFileFromPath describes the local file at filePath. A missing file is
// reported at once.
func NewFileFromPath(filePath string) (*File, error) {
	info, err := os.Stat(filePath)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a directory", filePath)
	}
	return newFile(&PathReader{Path: filePath}, filepath.Base(filePath), info.Size())
}

// NewFileFromBytes describes content as a file called name. It is stored under
// a name derived from it: snake case, a random suffix, the same extension.
// Empty content is refused.
func NewFileFromBytes(content []byte, name string) (*File, error) {
	if len(content) == 0 {
		return nil, errors.New("cannot create an empty file")
	}
	return newFile(&BytesReader{Bytes: content}, name, int64(len(content)))
}

// NewFileFromMultipart describes an uploaded form file.
func NewFileFromMultipart(fh *multipart.FileHeader) (*File, error) {
	if fh == nil {
		return nil, errors.New("missing multipart file")
	}
	return newFile(&MultipartReader{Header: fh}, fh.Filename, fh.Size)
}

// NewFileFromURL downloads url into memory. It fails with a status of 400 or
// above, and with more than 256 MB of content.
func NewFileFromURL(ctx context.Context, url string) (*File, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode < 200 || res.StatusCode >= 400 {
		return nil, fmt.Errorf("failed to download url %s (%d)", url, res.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(res.Body, maxDownload+1))
	if err != nil {
		return nil, fmt.Errorf("download %s: %w", url, err)
	}
	if len(content) > maxDownload {
		return nil, fmt.Errorf("download %s: more than %d bytes", url, maxDownload)
	}
	return NewFileFromBytes(content, path.Base(req.URL.Path))
}

func newFile(reader FileReader, originalName string, size int64) (*File, error) {
	name, err := storedName(reader, originalName)
	if err != nil {
		return nil, err
	}
	return &File{Reader: reader, Name: name, OriginalName: originalName, Size: size}, nil
}
