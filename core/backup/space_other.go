//go:build !linux && !darwin

package backup

// FreeSpace returns how many bytes may still be written below dir; ok is false
// when that is not known.
func FreeSpace(string) (free int64, ok bool) { return 0, false }
