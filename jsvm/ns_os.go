package jsvm

import (
	"os"
	"os/exec"
)

// osNamespace is the operating system, with the privileges of the process.
var osNamespace = namespace{
	Name:       "$os",
	Doc:        "Files, environment and commands of the operating system.",
	Migrations: true,
	Bind: func(*environment) members {
		return members{
			"args":      os.Args,
			"cmd":       exec.Command,
			"dirFS":     os.DirFS,
			"exec":      exec.Command,
			"exit":      os.Exit, //nolint:forbidigo // scripts may end the process
			"getenv":    os.Getenv,
			"getwd":     os.Getwd,
			"mkdir":     os.Mkdir,
			"mkdirAll":  os.MkdirAll,
			"readDir":   os.ReadDir,
			"readFile":  os.ReadFile,
			"remove":    os.Remove,
			"removeAll": os.RemoveAll,
			"rename":    os.Rename,
			"tempDir":   os.TempDir,
			"truncate":  os.Truncate,
			"writeFile": os.WriteFile,
		}
	},
}
