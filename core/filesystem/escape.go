package filesystem

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// reservedInNames is what local file names cannot hold, besides what no key may.
var reservedInNames = reservedOn(os.PathSeparator)

func reservedOn(separator rune) string {
	if separator == '/' {
		return ""
	}
	return `\<>:"|?*`
}

// escapeKey rewrites the parts of a key that a storage cannot hold as
// "__0x<hex>__": control characters, slashes that would vanish or climb
// ("a//b", "../", a trailing "/"), and the reserved characters.
func escapeKey(key, reserved string) string {
	runes := []rune(key)
	var b strings.Builder
	for i, r := range runes {
		if needsEscape(runes, i, reserved) {
			fmt.Fprintf(&b, "__0x%x__", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func needsEscape(runes []rune, i int, reserved string) bool {
	r := runes[i]
	switch {
	case r < ' ':
		return true
	case strings.ContainsRune(reserved, r):
		return true
	case r != '/':
		return false
	case i == len(runes)-1:
		return true
	case i > 0 && runes[i-1] == '/':
		return true
	default:
		return i > 1 && runes[i-1] == '.' && runes[i-2] == '.'
	}
}

// unescapeKey is the inverse of escapeKey; text that only looks like an escape
// is kept.
func unescapeKey(path string) string {
	const open, closing = "__0x", "__"
	var b strings.Builder
	for {
		start := strings.Index(path, open)
		if start < 0 {
			break
		}
		rest := path[start+len(open):]
		hex, after, closed := strings.Cut(rest, closing)
		if !closed {
			break
		}
		code, err := strconv.ParseInt(hex, 16, 32)
		if err != nil {
			b.WriteString(path[:start+len(open)])
			path = rest
			continue
		}
		b.WriteString(path[:start])
		b.WriteRune(rune(code))
		path = after
	}
	b.WriteString(path)
	return b.String()
}
