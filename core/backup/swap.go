package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// SwapFolder is the folder, inside of the data folder, that a swap works in.
const SwapFolder = ".pb_restore"

// Swap replaces the content of a data folder. The new content is put into
// [Swap.Staging], then [Swap.Commit] exchanges the entries of the folder one by
// one. What is to be done is written down before; a process that ends in
// between leaves the rest to [Swap.Recover] of the next one. The old content is
// kept until [Swap.Finish], so that [Swap.Undo] can bring it back.
//
// A folder may be swapped by one goroutine of one process at a time, and
// nobody may have files of it open; see [Lock].
type Swap struct {
	// Dir is the data folder.
	Dir string
	// Keep are the entries of Dir that belong to neither content.
	Keep []string
}

// journal says which entries have to move. It exists from the moment on at
// which the swap counts as decided.
type journal struct {
	// Undo is set when the old content has to come back.
	Undo bool     `json:"undo"`
	Old  []string `json:"old"`
	New  []string `json:"new"`
}

func (s Swap) path(names ...string) string {
	return filepath.Join(append([]string{s.Dir, SwapFolder}, names...)...)
}

// Staging returns the folder for the new content.
func (s Swap) Staging() string { return s.path("new") }

// Prepare makes an empty staging folder. It refuses while a swap is pending.
func (s Swap) Prepare() error {
	if pending, err := s.Pending(); err != nil || pending {
		return errors.Join(errors.New("a restore is pending, start the app again first"), err)
	}
	if err := os.RemoveAll(s.path()); err != nil {
		return fmt.Errorf("empty the staging folder: %w", err)
	}
	if err := os.MkdirAll(s.Staging(), 0o755); err != nil {
		return fmt.Errorf("make the staging folder: %w", err)
	}
	return nil
}

// Discard removes a staged content that is not wanted.
func (s Swap) Discard() error { return os.RemoveAll(s.path()) }

// Pending reports whether a decided swap was not finished.
func (s Swap) Pending() (bool, error) {
	_, err := os.Stat(s.path("journal.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Commit exchanges the contents. If that fails the old one is back when it
// returns.
func (s Swap) Commit() error {
	old, err := s.names(s.Dir)
	if err != nil {
		return fmt.Errorf("swap: %w", err)
	}
	staged, err := s.names(s.Staging())
	if err != nil {
		return fmt.Errorf("swap: %w", err)
	}
	if err := os.MkdirAll(s.path("old"), 0o755); err != nil {
		return fmt.Errorf("swap: %w", err)
	}
	syncAll()
	j := journal{Old: old, New: staged}
	if err := s.write(j); err != nil {
		return errors.Join(fmt.Errorf("swap: %w", err), s.end())
	}
	if err := s.forward(j); err != nil {
		return errors.Join(fmt.Errorf("swap: %w", err), s.Undo())
	}
	return nil
}

// names lists the entries of a folder that take part.
func (s Swap) names(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, entry := range entries {
		if name := entry.Name(); name != SwapFolder && !slices.Contains(s.Keep, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// Recover completes what a process that ended left behind. It reports true
// when the new content is in place and waits for Finish or Undo.
func (s Swap) Recover() (swapped bool, err error) {
	raw, err := os.ReadFile(s.path("journal.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, s.Discard()
	}
	if err != nil {
		return false, fmt.Errorf("recover: %w", err)
	}
	var j journal
	if err := json.Unmarshal(raw, &j); err != nil {
		return false, fmt.Errorf("recover: read the journal of the restore: %w", err)
	}
	if j.Undo {
		return false, s.back(j)
	}
	if err := s.forward(j); err != nil {
		return false, errors.Join(fmt.Errorf("recover: %w", err), s.Undo())
	}
	return true, nil
}

// Undo brings the old content back and drops the new one.
func (s Swap) Undo() error {
	raw, err := os.ReadFile(s.path("journal.json"))
	if err != nil {
		return fmt.Errorf("undo restore: %w", err)
	}
	var j journal
	if err := json.Unmarshal(raw, &j); err != nil {
		return fmt.Errorf("undo restore: %w", err)
	}
	j.Undo = true
	if err := s.write(j); err != nil {
		return fmt.Errorf("undo restore: %w", err)
	}
	return s.back(j)
}

// Finish drops the old content.
func (s Swap) Finish() error {
	if err := s.end(); err != nil {
		return fmt.Errorf("finish restore: %w", err)
	}
	return nil
}

// end removes the journal first: without it the rest is garbage.
func (s Swap) end() error {
	if err := os.Remove(s.path("journal.json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := syncDir(s.path()); err != nil {
		return err
	}
	return s.Discard()
}

// forward moves the old entries out and the new ones in. Each step is skipped
// when it was done before.
func (s Swap) forward(j journal) error {
	for _, name := range j.Old {
		if err := moveUnlessThere(filepath.Join(s.Dir, name), s.path("old", name)); err != nil {
			return err
		}
	}
	for _, name := range j.New {
		if err := moveIfThere(s.path("new", name), filepath.Join(s.Dir, name)); err != nil {
			return err
		}
	}
	return s.syncDirs()
}

// back is the reverse of forward, from wherever that came to.
func (s Swap) back(j journal) error {
	for _, name := range j.New {
		if !exists(s.path("new", name)) {
			if err := moveIfThere(filepath.Join(s.Dir, name), s.path("new", name)); err != nil {
				return fmt.Errorf("undo restore: %w", err)
			}
		}
	}
	for _, name := range j.Old {
		if err := moveIfThere(s.path("old", name), filepath.Join(s.Dir, name)); err != nil {
			return fmt.Errorf("undo restore: %w", err)
		}
	}
	if err := s.syncDirs(); err != nil {
		return fmt.Errorf("undo restore: %w", err)
	}
	return s.end()
}

func moveUnlessThere(from, to string) error {
	if exists(to) {
		return nil
	}
	return os.Rename(from, to)
}

func moveIfThere(from, to string) error {
	if !exists(from) {
		return nil
	}
	return os.Rename(from, to)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// write replaces the journal in one step.
func (s Swap) write(j journal) error {
	raw, err := json.Marshal(j)
	if err != nil {
		return err
	}
	temp := s.path("journal.tmp")
	file, err := os.Create(temp)
	if err != nil {
		return err
	}
	_, err = file.Write(raw)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, s.path("journal.json")); err != nil {
		return err
	}
	return syncDir(s.path())
}

func (s Swap) syncDirs() error {
	return errors.Join(syncDir(s.Dir), syncDir(s.path("old")), syncDir(s.path("new")))
}
