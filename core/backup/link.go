package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Link gives every regular file below the folder from the same name below to,
// as a hard link, so that it stays readable there whatever happens to the
// original. Files that are there already are left alone, those that skip names
// are left out. A missing folder is an empty one.
//
// The error matches [errors.ErrUnsupported] when the place of to cannot hold
// links to the files.
func Link(ctx context.Context, from, to string, skip func(name string) bool) error {
	root, err := filepath.EvalSymlinks(from)
	if err != nil {
		return ignoreMissing(err)
	}
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return ignoreMissing(err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if !entry.Type().IsRegular() || skip(entry.Name()) {
			return nil
		}
		return linkFile(name, target)
	})
}

func linkFile(name, target string) error {
	err := os.Link(name, target)
	switch {
	case err == nil, errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.EXDEV), errors.Is(err, fs.ErrPermission), errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.EMLINK):
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}
