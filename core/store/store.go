// Package store holds a small concurrent map with string keys, the memory
// that hooks, scripts and requests of one process share.
package store

import (
	"maps"
	"sync"
)

// Store is a string-keyed map that is safe for concurrent use. The zero value
// is empty and ready. A Store must not be copied after first use.
type Store[T any] struct {
	mu   sync.RWMutex
	data map[string]T
}

// New returns a store that starts with a copy of data, which may be nil.
func New[T any](data map[string]T) *Store[T] {
	s := &Store[T]{}
	s.Reset(data)
	return s
}

// Reset replaces the whole content with a copy of data.
func (s *Store[T]) Reset(data map[string]T) {
	fresh := make(map[string]T, len(data))
	maps.Copy(fresh, data)

	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = fresh
}

// RemoveAll drops every entry.
func (s *Store[T]) RemoveAll() { s.Reset(nil) }

// Length returns the number of entries.
func (s *Store[T]) Length() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.data)
}

// Has reports whether key is set.
func (s *Store[T]) Has(key string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := s.data[key]
	return ok
}

// Get returns the value of key, or the zero T when it is not set.
func (s *Store[T]) Get(key string) T {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.data[key]
}

// GetAll returns a copy of the entries; it is never nil.
func (s *Store[T]) GetAll() map[string]T {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make(map[string]T, len(s.data))
	maps.Copy(all, s.data)
	return all
}

// Set stores value under key, replacing what was there.
func (s *Store[T]) Set(key string, value T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(key, value)
}

// SetIfLessThanLimit stores value when key already exists or the store holds
// fewer than limit entries, and reports whether it did. The check and the
// write are one step.
func (s *Store[T]) SetIfLessThanLimit(key string, value T, limit int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, exists := s.data[key]; !exists && len(s.data) >= limit {
		return false
	}
	s.put(key, value)
	return true
}

// Remove drops key; an unknown key is ignored.
func (s *Store[T]) Remove(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.data, key)
}

// put writes with s.mu held.
func (s *Store[T]) put(key string, value T) {
	if s.data == nil {
		s.data = make(map[string]T)
	}
	s.data[key] = value
}
