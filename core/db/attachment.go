package db

import "sync"

// attachments holds what other packages keep for as long as a database or a
// transaction lives, such as caches of its content.
type attachments struct{ m sync.Map }

// Attachment returns the value kept under key, which is made by create the
// first time. Keys should be of an unexported type of the package that uses
// them. It is safe for concurrent use; create may run more than once, but all
// callers get the same value.
func (a *attachments) Attachment(key any, create func() any) any {
	if v, ok := a.m.Load(key); ok {
		return v
	}
	v, _ := a.m.LoadOrStore(key, create())
	return v
}
