package jsvm

import (
	"fmt"
	"os"
	"path/filepath"
)

// typesFile is the name of the declarations in the data directory.
const typesFile = "types.d.ts"

// typesReference is the line by which a script in dir finds the declarations.
func typesReference(dir, dataDir string) string {
	path := filepath.Join(dataDir, typesFile)
	if rel, err := filepath.Rel(dir, path); err == nil {
		path = rel
	}
	return fmt.Sprintf("/// <reference path=%q />", filepath.ToSlash(path))
}

// writeAtomically writes a file so that readers see all of it or none.
func writeAtomically(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
