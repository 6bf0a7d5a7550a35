package apis

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v5"
)

const indexFile = "index.html"

// StaticDirectoryHandler serves the files of a folder for a route that ends in
// "*". A folder is served as its index.html, without a redirect and never as a
// listing. With indexFallback everything that is missing is served as the root
// index.html, which suits single page apps. Paths cannot leave the folder.
func StaticDirectoryHandler(fileSystem fs.FS, indexFallback bool) echo.HandlerFunc {
	return func(c *echo.Context) error {
		name := strings.TrimPrefix(path.Clean("/"+c.Param("*")), "/")
		if name == "" {
			name = "."
		}
		err := serveFile(c, fileSystem, name)
		if indexFallback && errors.Is(err, echo.ErrNotFound) {
			err = serveFile(c, fileSystem, indexFile)
		}
		return err
	}
}

// serveFile answers with a file, or with the index file of a folder.
func serveFile(c *echo.Context, fileSystem fs.FS, name string) error {
	file, info, err := openFile(fileSystem, name)
	if err == nil && info.IsDir() {
		_ = file.Close()
		file, info, err = openFile(fileSystem, path.Join(name, indexFile))
	}
	if err != nil {
		return echo.ErrNotFound
	}
	defer func() { _ = file.Close() }()
	content, ok := file.(io.ReadSeeker)
	if !ok || info.IsDir() {
		return echo.ErrNotFound
	}
	http.ServeContent(c.Response(), c.Request(), info.Name(), info.ModTime(), content)
	return nil
}

func openFile(fileSystem fs.FS, name string) (fs.File, fs.FileInfo, error) {
	file, err := fileSystem.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, info, nil
}
