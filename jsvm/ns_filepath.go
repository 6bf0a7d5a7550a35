package jsvm

import "path/filepath"

// filepathNamespace is the path arithmetic of the operating system.
var filepathNamespace = namespace{
	Name:       "$filepath",
	Doc:        "Paths in the form of the operating system.",
	Migrations: true,
	Bind: func(*environment) members {
		return members{
			"base":      filepath.Base,
			"clean":     filepath.Clean,
			"dir":       filepath.Dir,
			"ext":       filepath.Ext,
			"fromSlash": filepath.FromSlash,
			"glob":      filepath.Glob,
			"isAbs":     filepath.IsAbs,
			"join":      filepath.Join,
			"match":     filepath.Match,
			"rel":       filepath.Rel,
			"split":     filepath.Split,
			"splitList": filepath.SplitList,
			"toSlash":   filepath.ToSlash,
			"walk":      filepath.Walk,
			"walkDir":   filepath.WalkDir,
		}
	},
}
