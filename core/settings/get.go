package settings

// Get returns what pick reads from s, consistent with the methods that change
// s at the same time. pick must be quick and must not call methods of s.
func Get[T any](s *Settings, pick func(s *Settings) T) T {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return pick(s)
}
