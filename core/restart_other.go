//go:build !unix

package core

import (
	"fmt"
	"os"
	"os/exec"
)

// replaceProcess starts exe as a child with the same console, waits for it and
// ends with its exit code, as there is no way to replace the process itself.
func replaceProcess(exe string) error {
	cmd := exec.Command(exe, os.Args[1:]...) //nolint:gosec,noctx // the running program itself
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("restart: %w", err)
	}
	_ = cmd.Wait() // its exit code is what counts
	os.Exit(cmd.ProcessState.ExitCode())
	return nil
}
