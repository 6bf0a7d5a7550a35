package backup

import (
	"os"
	"syscall"
)

// syncFile leaves it to syncAll, which is much faster for many files.
func syncFile(*os.File) error { return nil }

// syncAll returns when everything that was written is on the disk.
func syncAll() { syscall.Sync() }
