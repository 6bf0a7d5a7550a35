package jsvm

import (
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// inputs are the files and folders that a bundle was made of. A file is known by
// its content; size and time only save reading it again.
type inputs struct {
	files   []inputFile
	folders []inputFolder
}

type inputFile struct {
	path     string
	size     int64
	modified time.Time
	sum      [sha256.Size]byte
}

// inputFolder is a folder of the author's, known by the names in it: a new file
// may be what an import means from then on.
type inputFolder struct {
	path string
	sum  [sha256.Size]byte
}

// unchanged reports whether a bundle made now would be the same.
func (in inputs) unchanged() bool {
	for i := range in.files {
		if !in.files[i].unchanged() {
			return false
		}
	}
	for _, folder := range in.folders {
		if sumOfFolder(folder.path) != folder.sum {
			return false
		}
	}
	return true
}

func (f *inputFile) unchanged() bool {
	now := readInput(f.path, f)
	if now.sum != f.sum {
		return false
	}
	*f = now
	return true
}

// readInput describes a file as it is. It is not read when it looks as before.
// A file that does not exist has no content.
func readInput(path string, before *inputFile) inputFile {
	f := inputFile{path: path}
	info, err := os.Stat(path)
	if err != nil {
		return f
	}
	f.size, f.modified = info.Size(), info.ModTime()
	if before != nil && before.size == f.size && before.modified.Equal(f.modified) {
		f.sum = before.sum
		return f
	}
	if content, err := os.ReadFile(path); err == nil {
		f.sum = sha256.Sum256(content)
	}
	return f
}

func sumOfFolder(path string) [sha256.Size]byte {
	entries, err := os.ReadDir(path)
	if err != nil {
		return [sha256.Size]byte{}
	}
	var names strings.Builder
	for _, entry := range entries {
		names.WriteString(entry.Name())
		names.WriteByte('\n')
	}
	return sha256.Sum256([]byte(names.String()))
}

// settleTime is how old a file must be for its time to tell that it was not
// written while it was read.
const settleTime = 20 * time.Millisecond

// inputsOf reads from the report of a build what went into it. It reports false
// when a file has changed since the build began, so that the result may be old.
func (b *bundler) inputsOf(report string, began time.Time) (in inputs, settled bool) {
	var meta struct {
		Inputs map[string]struct{} `json:"inputs"`
	}
	if json.Unmarshal([]byte(report), &meta) != nil {
		return in, false
	}
	folders := map[string]bool{}
	settled = true
	for name := range meta.Inputs {
		if isVirtual(name) {
			continue
		}
		path := filepath.FromSlash(name)
		if !filepath.IsAbs(path) {
			path = filepath.Join(b.real, path)
		}
		f := readInput(path, nil)
		if f.modified.IsZero() || f.modified.After(began.Add(-settleTime)) {
			settled = false
		}
		in.files = append(in.files, f)
		if !inPackage(path) {
			folders[filepath.Dir(path)] = true
		}
	}
	for path := range folders {
		in.folders = append(in.folders, inputFolder{path: path, sum: sumOfFolder(path)})
		for _, name := range []string{"package.json", "tsconfig.json", filepath.Join("node_modules", ".package-lock.json")} {
			in.files = append(in.files, readInput(filepath.Join(path, name), nil))
		}
	}
	return in, settled
}

// isVirtual reports whether an input is none on disk.
func isVirtual(name string) bool {
	scheme, _, ok := strings.Cut(name, ":")
	return ok && len(scheme) > 1 && !strings.ContainsAny(scheme, `/\`)
}

// inPackage reports whether a file belongs to an installed package.
func inPackage(path string) bool {
	return strings.Contains(filepath.ToSlash(path), "/node_modules/")
}

// isDeclaration reports whether a file only declares types.
func isDeclaration(entry fs.DirEntry) bool {
	name := entry.Name()
	return strings.HasSuffix(name, ".d.ts") || strings.HasSuffix(name, ".d.mts") || strings.HasSuffix(name, ".d.cts")
}
