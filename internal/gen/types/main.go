// Command types writes the TypeScript declarations of everything that scripts
// see, jsvm/types/base.d.ts, and the reference docs/jsvm-reference.md. Both come
// from the Go declarations and their doc comments; what has no counterpart in Go
// is in globals.go, what Go types cannot tell in overrides.go. It is run by
// "go generate ./jsvm" with jsvm as working directory.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("types/base.d.ts", "../docs/jsvm-reference.md"); err != nil {
		fmt.Fprintln(os.Stderr, "types:", err)
		os.Exit(1)
	}
}

func run(declarations, reference string) error {
	sources, err := newSources("..")
	if err != nil {
		return err
	}
	w := newWriter(sources)
	if err := os.MkdirAll(filepath.Dir(declarations), 0o755); err != nil {
		return err
	}
	text, err := w.declarations()
	if err != nil {
		return err
	}
	if err := os.WriteFile(declarations, text, 0o644); err != nil {
		return err
	}
	return os.WriteFile(reference, w.reference(), 0o644)
}
