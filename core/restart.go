package core

import (
	"fmt"
	"os"
	"time"
)

// Restart terminates the app and replaces the process by a new run of the same
// program with the same arguments. In Go it returns only on failure; scripts go
// on, and the restart waits until their request has ended.
func (a *App) Restart() error {
	defer a.beginRestart()()
	return a.restart()
}

// RestartLater is Restart for those that the end of the app waits for, such as
// handlers of requests: it returns at once, so that they can finish. What goes
// wrong is logged and printed.
func (a *App) RestartLater() {
	finished := a.beginRestart()
	go func() { // its own owner until the process is replaced
		defer finished()
		if err := a.restart(); err != nil {
			a.printFailure("Restart failed", err)
		}
	}()
}

func (a *App) restart() error {
	if err := a.Terminate(true); err != nil {
		return fmt.Errorf("restart: %w", err)
	}
	return a.replaceProcess()
}

// replaceProcess starts the program anew in place of this process.
func (a *App) replaceProcess() error {
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("restart: %w", err)
	}
	return a.replace(exe)
}

// beginRestart announces that the process is about to be replaced. The returned
// function takes that back.
func (a *App) beginRestart() (failed func()) {
	done := make(chan struct{})
	a.mu.Lock()
	a.restarting = done
	a.mu.Unlock()
	return func() { close(done) }
}

// AwaitRestart returns at once unless the process of app is about to be
// replaced; then it returns only if that fails. A program calls it before it
// ends, which would otherwise come first.
func AwaitRestart(app *App) {
	app.mu.Lock()
	restarting := app.restarting
	app.mu.Unlock()
	if restarting == nil {
		return
	}
	timer := time.NewTimer(restartWait)
	defer timer.Stop()
	select {
	case <-restarting:
	case <-timer.C:
	}
}
