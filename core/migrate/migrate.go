// Package migrate brings a database to the state a list of migrations describes
// and keeps the history of what was applied in the table _migrations.
package migrate

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
)

// Func is one direction of a migration. It works in the transaction of the builder.
type Func = func(db dbx.Builder) error

// Migration is one step, known by its file name.
type Migration struct {
	File string
	Up   Func
	Down Func // nil: there is nothing to undo

	// After names a migration that makes this one needless when both are applied by the
	// same run: a fresh database is made in its final form. It is recorded all the same.
	After string
}

// List is a set of migrations in the order of their file names. The zero value is empty and
// ready to use. It is not safe for concurrent changes.
type List struct {
	items  []Migration
	guards []Guard
}

// Register adds a migration; file is its file name, a folder in front of it is dropped. One
// with the same name is replaced.
func (l *List) Register(up, down Func, file string) {
	l.Add(Migration{File: file, Up: up, Down: down})
}

// Add is Register for a migration with all its parts.
func (l *List) Add(m Migration) {
	m.File = filepath.Base(m.File)
	at, known := slices.BinarySearchFunc(l.items, m.File, func(a Migration, file string) int {
		return strings.Compare(a.File, file)
	})
	if known {
		l.items[at] = m
		return
	}
	l.items = slices.Insert(l.items, at, m)
}

// AddGuard adds a check that has to pass before anything of the list is applied.
func (l *List) AddGuard(g Guard) { l.guards = append(l.guards, g) }

// Items returns the migrations in order.
func (l *List) Items() []Migration { return slices.Clone(l.items) }

// Copy returns a list of its own with the same content.
func (l *List) Copy() *List {
	return &List{items: slices.Clone(l.items), guards: slices.Clone(l.guards)}
}

func (l *List) find(file string) (Migration, bool) {
	for _, m := range l.items {
		if m.File == file {
			return m, true
		}
	}
	return Migration{}, false
}

// Error tells which migration failed and why.
type Error struct {
	File   string
	Revert bool // it failed to be undone
	Err    error
}

// Error returns a sentence for the command line.
func (e *Error) Error() string {
	action := "apply"
	if e.Revert {
		action = "revert"
	}
	return fmt.Sprintf("Failed to %s migration %s: %v", action, e.File, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
