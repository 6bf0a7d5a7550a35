//go:build unix

package core

import (
	"fmt"
	"os"
	"syscall"
)

// replaceProcess runs exe in place of this process.
func replaceProcess(exe string) error {
	if err := syscall.Exec(exe, os.Args, os.Environ()); err != nil { //nolint:gosec // the running program itself
		return fmt.Errorf("restart: %w", err)
	}
	return nil
}
