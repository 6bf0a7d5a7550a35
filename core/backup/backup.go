// Package backup packs the files of a data folder into a zip archive and
// replaces the content of a data folder by that of an archive, so that the
// folder is whole at every moment: with the old content or with the new one.
//
// It works on files and folders only. What a database needs to be copied
// consistently is the business of the caller, see [Source].
package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Source is one file or folder of an archive.
type Source struct {
	// Name is the slash separated path in the archive.
	Name string
	// Path is where its content is. The path itself may be a link; links below
	// a folder are left out, as is everything else that is no regular file.
	Path string
}

// Write writes a zip archive of the sources to w. Its memory does not depend on
// the size of the files. Files that vanish meanwhile are left out.
func Write(ctx context.Context, w io.Writer, sources ...Source) error {
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	for _, source := range sources {
		if err := addSource(ctx, archive, source); err != nil {
			return fmt.Errorf("archive %s: %w", source.Name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("finish archive: %w", err)
	}
	return nil
}

func addSource(ctx context.Context, archive *zip.Writer, source Source) error {
	root, err := filepath.EvalSymlinks(source.Path)
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
		if !entry.Type().IsRegular() {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		return addFile(ctx, archive, path.Join(source.Name, filepath.ToSlash(rel)), name)
	})
}

func addFile(ctx context.Context, archive *zip.Writer, name, from string) error {
	file, err := os.Open(from)
	if err != nil {
		return ignoreMissing(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	header, err := zip.FileInfoHeader(info)
	if err != nil {
		return err
	}
	header.Name, header.Method = name, zip.Deflate
	entry, err := archive.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = io.Copy(entry, reader{ctx, file})
	return err
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// reader ends a long copy when its context does.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
