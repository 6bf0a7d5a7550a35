package backup

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// What is wrong with an archive that is refused.
var (
	// ErrUnsafe is an archive with an entry that may not be unpacked: a link,
	// a path out of the folder, the same file twice.
	ErrUnsafe = errors.New("unsafe archive")
	// ErrTooLarge is an archive that would take more room than allowed.
	ErrTooLarge = errors.New("the archive unpacks to more than is allowed")
)

// maxDirectory bounds the list of entries of an archive, which is read into
// memory as a whole.
const maxDirectory = 256 << 20

// Extract unpacks the archive into the existing folder dir, which should be
// empty. Top-level names that skip names are left out. At most limit bytes are
// written, whatever the archive says about itself.
//
// Nothing is written outside dir, no link is made, and no file is overwritten.
// After an error dir holds a part of the archive.
func Extract(ctx context.Context, archive, dir string, limit int64, skip func(name string) bool) error {
	file, err := os.Open(archive)
	if err != nil {
		return fmt.Errorf("open archive: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open archive: %w", err)
	}
	bounded := &boundedReaderAt{r: file, left: maxDirectory}
	content, err := zip.NewReader(bounded, info.Size())
	if err != nil {
		return fmt.Errorf("read archive: %w", err)
	}
	bounded.left = -1
	if err := check(content.File, info.Size(), limit); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open %s: %w", dir, err)
	}
	defer func() { _ = root.Close() }() // nothing was written through it
	for _, entry := range content.File {
		top, _, _ := strings.Cut(entry.Name, "/")
		if strings.HasSuffix(entry.Name, "/") || skip(top) {
			continue
		}
		if err := extractFile(ctx, root, entry); err != nil {
			return fmt.Errorf("unpack %q: %w", entry.Name, err)
		}
	}
	return nil
}

// check refuses an archive before anything of it is written. Entries that share
// bytes of the archive, as bombs do, promise more than it holds.
func check(entries []*zip.File, size, limit int64) error {
	var packed, unpacked uint64
	for _, entry := range entries {
		if err := checkName(entry.Name); err != nil {
			return err
		}
		if mode := entry.Mode(); !mode.IsRegular() && !mode.IsDir() {
			return fmt.Errorf("%w: %q is neither a file nor a folder", ErrUnsafe, entry.Name)
		}
		packed, unpacked = packed+entry.CompressedSize64, unpacked+entry.UncompressedSize64
		if packed > uint64(size) {
			return fmt.Errorf("%w: its entries overlap", ErrUnsafe)
		}
		if unpacked > uint64(limit) {
			return ErrTooLarge
		}
	}
	return nil
}

func checkName(name string) error {
	local := filepath.IsLocal(filepath.FromSlash(name)) && path.Clean(name) == strings.TrimSuffix(name, "/")
	if !local || strings.ContainsAny(name, "\\\x00") {
		return fmt.Errorf("%w: %q is no path inside of the folder", ErrUnsafe, name)
	}
	return nil
}

func extractFile(ctx context.Context, root *os.Root, entry *zip.File) (err error) {
	if err := root.MkdirAll(path.Dir(entry.Name), 0o755); err != nil {
		return err
	}
	// The owner can always read and write, nobody else can write.
	mode := entry.Mode().Perm()&0o755 | 0o600
	file, err := root.OpenFile(entry.Name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%w: the name is taken", ErrUnsafe)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	content, err := entry.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // a bad checksum is reported by reading
	// One byte more than promised shows that the promise is broken.
	n, err := io.CopyN(file, reader{ctx, content}, int64(entry.UncompressedSize64)+1)
	if err == nil || n > int64(entry.UncompressedSize64) {
		return ErrTooLarge
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	if err := root.Chtimes(entry.Name, entry.Modified, entry.Modified); err != nil {
		return err
	}
	return syncFile(file)
}

// boundedReaderAt fails once more than left bytes were read; below zero it does
// not count.
type boundedReaderAt struct {
	r    io.ReaderAt
	left int64
}

func (b *boundedReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	if b.left >= 0 {
		if b.left -= int64(len(p)); b.left < 0 {
			b.left = 0
			return 0, ErrTooLarge
		}
	}
	return b.r.ReadAt(p, offset)
}
