package filesystem

import (
	"bytes"
	"context"
	"crypto/md5" //nolint:gosec // a content checksum fixed by the storage format, not a security measure
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/security"
)

const (
	sidecarSuffix = ".attrs"
	// tempPrefix marks files that are still being written; a crash may leave
	// one behind, so they are never listed.
	tempPrefix  = ".tmp-"
	tempNameLen = 16
	// blobMode lets others on the machine read files, as far as the umask does.
	blobMode = 0o644
)

// localDriver keeps every blob in a file of its own below root.
type localDriver struct{ root string }

var _ driver = (*localDriver)(nil)

// sidecar is the JSON stored next to a blob. The member names and their order
// are the on-disk format.
type sidecar struct {
	CacheControl       string            `json:"user.cache_control"`
	ContentDisposition string            `json:"user.content_disposition"`
	ContentEncoding    string            `json:"user.content_encoding"`
	ContentLanguage    string            `json:"user.content_language"`
	ContentType        string            `json:"user.content_type"`
	Metadata           map[string]string `json:"user.metadata"`
	MD5                []byte            `json:"md5"`
}

// path maps a key to its file and refuses keys that would leave the root.
func (d *localDriver) path(key string) (string, error) {
	rel := filepath.FromSlash(escapeKey(key, reservedInNames))
	if !filepath.IsLocal(rel) || strings.HasSuffix(rel, sidecarSuffix) {
		return "", fmt.Errorf("invalid storage key %q", key)
	}
	return filepath.Join(d.root, rel), nil
}

func (d *localDriver) stat(_ context.Context, key string) (*Attributes, error) {
	path, err := d.path(key)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, notFound(err)
	}
	return d.attributes(path, info)
}

func (d *localDriver) open(_ context.Context, key string) (io.ReadSeekCloser, *Attributes, error) {
	path, err := d.path(key)
	if err != nil {
		return nil, nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, notFound(err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	attrs, err := d.attributes(path, info)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, attrs, nil
}

// attributes joins what the file system and the sidecar know about a blob. A
// blob without a sidecar is readable, its content type is then unknown.
func (d *localDriver) attributes(path string, info fs.FileInfo) (*Attributes, error) {
	if info.IsDir() {
		return nil, ErrNotFound
	}
	raw, err := os.ReadFile(path + sidecarSuffix)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var s sidecar
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, fmt.Errorf("read attributes of %s: %w", filepath.Base(path), err)
		}
	}
	return &Attributes{
		CacheControl:       s.CacheControl,
		ContentDisposition: s.ContentDisposition,
		ContentEncoding:    s.ContentEncoding,
		ContentLanguage:    s.ContentLanguage,
		ContentType:        s.ContentType,
		Metadata:           s.Metadata,
		CreateTime:         info.ModTime(),
		ModTime:            info.ModTime(),
		Size:               info.Size(),
		MD5:                s.MD5,
		ETag:               fmt.Sprintf("\"%x-%x\"", info.ModTime().UnixNano(), info.Size()),
	}, nil
}

// write stores a blob so that a reader sees the old file or the whole new one.
// The sidecar goes first: a blob never appears without its attributes.
func (d *localDriver) write(ctx context.Context, key string, content io.Reader, a writeAttributes) error {
	path, err := d.path(key)
	if err != nil {
		return err
	}
	sum := md5.New() //nolint:gosec // see the import
	temp, err := writeTemp(filepath.Dir(path), io.TeeReader(contextReader{ctx, content}, sum))
	if err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	attrs, err := json.Marshal(sidecar{ContentType: a.contentType, Metadata: a.metadata, MD5: sum.Sum(nil)})
	if err == nil {
		err = writeSidecar(path+sidecarSuffix, append(attrs, '\n'))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store %s: %w", key, err), os.Remove(temp))
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(fmt.Errorf("store %s: %w", key, err), os.Remove(temp), os.Remove(path+sidecarSuffix))
	}
	return nil
}

// writeSidecar writes a new sidecar in place: nobody looks at it before its
// blob is there. One that is in use is replaced as a whole.
func writeSidecar(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, blobMode)
	if err == nil {
		_, err = file.Write(content)
		if err := errors.Join(err, file.Close()); err != nil {
			return errors.Join(err, os.Remove(path))
		}
		return nil
	}
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	temp, err := writeTemp(filepath.Dir(path), bytes.NewReader(content))
	if err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return nil
}

// writeTemp writes content to a new file in dir and returns its path. On an
// error nothing is left behind.
func writeTemp(dir string, content io.Reader) (path string, err error) {
	file, err := createTemp(dir)
	if err != nil {
		return "", err
	}
	defer func() {
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			_ = os.Remove(file.Name()) // the first error is the one to report
		}
	}()
	_, err = io.Copy(file, content)
	return file.Name(), err
}

// createTemp makes the directory if it is missing. It retries because a
// clean-up of empty directories may take that away again.
func createTemp(dir string) (*os.File, error) {
	for attempt := 1; ; attempt++ {
		name := filepath.Join(dir, tempPrefix+security.PseudorandomString(tempNameLen))
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, blobMode)
		if err == nil || attempt == 5 || !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
}

func (d *localDriver) remove(_ context.Context, key string) error {
	path, err := d.path(key)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return ErrNotFound
	}
	if err := os.Remove(path); err != nil {
		return notFound(err)
	}
	if err := os.Remove(path + sidecarSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete attributes of %s: %w", key, err)
	}
	d.removeEmptyParents(path)
	return nil
}

// removeEmptyParents drops the directories that held nothing but the path.
func (d *localDriver) removeEmptyParents(path string) {
	for dir := filepath.Dir(path); len(dir) > len(d.root); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			return // it holds something else
		}
	}
}

func (d *localDriver) sweep(ctx context.Context, prefix string, objects []*ListObject) []error {
	var failed []error
	for _, o := range objects {
		if err := d.remove(ctx, o.Key); err != nil && !errors.Is(err, ErrNotFound) {
			failed = append(failed, err)
		}
	}
	d.removeEmptyDirs(prefix)
	return failed
}

func (d *localDriver) list(ctx context.Context, prefix string) ([]*ListObject, error) {
	start, err := d.prefixDir(prefix)
	if err != nil {
		return nil, err
	}
	objects := []*ListObject{}
	err = filepath.WalkDir(start, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		object, err := d.object(path, entry, prefix)
		if object != nil {
			objects = append(objects, object)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list stored files: %w", err)
	}
	sort.Slice(objects, func(i, j int) bool { return objects[i].Key < objects[j].Key })
	return objects, nil
}

// object returns the list entry of a walked path, nil if it is not a blob
// with the prefix.
func (d *localDriver) object(path string, entry fs.DirEntry, prefix string) (*ListObject, error) {
	name := entry.Name()
	if entry.IsDir() || strings.HasSuffix(name, sidecarSuffix) || strings.HasPrefix(name, tempPrefix) {
		return nil, nil
	}
	rel, err := filepath.Rel(d.root, path)
	if err != nil {
		return nil, err
	}
	key := unescapeKey(filepath.ToSlash(rel))
	if !strings.HasPrefix(key, prefix) {
		return nil, nil
	}
	info, err := entry.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	attrs, err := d.attributes(path, info)
	if err != nil {
		return nil, err
	}
	return &ListObject{Key: key, ModTime: attrs.ModTime, Size: attrs.Size, MD5: attrs.MD5}, nil
}

// prefixDir returns the deepest directory that holds every key with prefix.
func (d *localDriver) prefixDir(prefix string) (string, error) {
	dir := ""
	if i := strings.LastIndexByte(prefix, '/'); i > 0 {
		dir = prefix[:i]
	}
	if dir == "" {
		return d.root, nil
	}
	return d.path(dir)
}

// removeEmptyDirs drops the empty directories whose keys begin with prefix,
// deepest first. A directory that is not empty stays, which makes the errors
// of os.Remove uninteresting.
func (d *localDriver) removeEmptyDirs(prefix string) {
	start, err := d.prefixDir(prefix)
	if err != nil {
		return
	}
	var dirs []string
	_ = filepath.WalkDir(start, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || path == d.root {
			return nil
		}
		rel, relErr := filepath.Rel(d.root, path)
		if relErr == nil && strings.HasPrefix(unescapeKey(filepath.ToSlash(rel))+"/", prefix) {
			dirs = append(dirs, path)
		}
		return nil
	})
	for _, dir := range slices.Backward(dirs) {
		_ = os.Remove(dir)
	}
}

func notFound(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}

// contextReader ends a long copy when its context does.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
