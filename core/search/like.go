package search

import "strings"

// likePattern returns the LIKE pattern for a searched text. A text with a '%'
// of its own is a pattern already; any other is searched for literally, at any
// place. A backslash keeps the meaning of an escape only before '%', '_' and
// itself.
func likePattern(text string) string {
	if hasWildcard(text) {
		return text
	}
	var sb strings.Builder
	sb.Grow(len(text) + 2)
	sb.WriteByte('%')
	for i := 0; i < len(text); i++ {
		switch ch := text[i]; ch {
		case '\\':
			sb.WriteByte('\\')
			if i+1 < len(text) && strings.IndexByte(`%_\`, text[i+1]) >= 0 {
				i++
				sb.WriteByte(text[i])
				continue
			}
			sb.WriteByte('\\')
		case '%', '_':
			sb.WriteByte('\\')
			sb.WriteByte(ch)
		default:
			sb.WriteByte(ch)
		}
	}
	sb.WriteByte('%')
	return sb.String()
}

// hasWildcard reports whether text has a '%' that is not escaped.
func hasWildcard(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '%':
			return true
		}
	}
	return false
}
