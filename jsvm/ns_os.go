package jsvm

import (
	"context"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

const (
	// maxFileBytes bounds files that are read as a whole.
	maxFileBytes = 512 << 20
	// killWait is how long a command that was killed may go on writing.
	killWait = 100 * time.Millisecond
)

// osNamespace is the operating system, with the privileges of the process.
var osNamespace = namespace{
	Name:       "$os",
	Doc:        "Files, environment and commands of the operating system.",
	Migrations: true,
	Bind: func(env *environment) members {
		return members{
			"args":      os.Args,
			"cmd":       env.command,
			"dirFS":     os.DirFS,
			"exec":      env.command,
			"exit":      os.Exit, //nolint:forbidigo // scripts may end the process
			"getenv":    env.getenv,
			"getwd":     os.Getwd,
			"mkdir":     os.Mkdir,
			"mkdirAll":  os.MkdirAll,
			"readDir":   os.ReadDir,
			"readFile":  env.readFile,
			"remove":    os.Remove,
			"removeAll": os.RemoveAll,
			"rename":    os.Rename,
			"tempDir":   os.TempDir,
			"truncate":  os.Truncate,
			"writeFile": os.WriteFile,
		}
	},
}

// command prepares a command, which gets the environment that scripts see.
func (env *environment) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.WithoutCancel(env.context()), name, args...) //nolint:gosec // running commands is what it is for; one may outlive the call
	cmd.WaitDelay = killWait
	if visible := env.cfg.HooksEnv; visible != nil {
		cmd.Env = slices.DeleteFunc(os.Environ(), func(pair string) bool {
			name, _, _ := strings.Cut(pair, "=")
			return name != "PATH" && !isVisible(name, visible)
		})
	}
	return cmd
}

// readFile returns the content of a file. Some have no end.
func (env *environment) readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return readBounded(contextReader{ReadCloser: file, ctx: env.context()}, maxFileBytes)
}

// contextReader fails when its context has ended.
type contextReader struct {
	io.ReadCloser
	ctx context.Context //nolint:containedctx // of the read
}

// Read implements io.Reader.
func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.ReadCloser.Read(p)
}
