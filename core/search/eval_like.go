package search

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// maxLikePattern is the longest pattern that SQLite accepts, in bytes.
const maxLikePattern = 50000

// evaluateLike is like for values.
func evaluateLike(left, right Cell) (truth, error) {
	if left.NoText || right.NoText {
		return unknown, ErrUndecided
	}
	var pattern string
	switch {
	case right.nature == natureParam:
		pattern = likePattern(textOf(right.bound))
	case right.Value == nil:
		return unknown, nil
	default:
		pattern = "%" + storedText(right.Value) + "%"
	}
	if left.Value == nil {
		return unknown, nil
	}
	if len(pattern) > maxLikePattern {
		return unknown, errors.New("LIKE pattern is too long")
	}
	return truthOf(matchLike(cString(pattern), cString(storedText(left.Value)))), nil
}

// cString returns what LIKE sees of a text: it ends at the first NUL.
func cString(text string) string {
	before, _, _ := strings.Cut(text, "\x00")
	return before
}

// matchLike matches as LIKE … ESCAPE '\' does: letters of ASCII in any case,
// '%' as any text and '_' as any character. Falling back to the last '%' only
// keeps the time within the product of both lengths.
func matchLike(pattern, text string) bool {
	p, t := 0, 0
	retryPattern, retryText := -1, 0
	for t < len(text) {
		if p < len(pattern) && pattern[p] == '%' {
			p++
			retryPattern, retryText = p, t
			continue
		}
		if nextP, nextT, ok := matchOne(pattern, p, text, t); ok {
			p, t = nextP, nextT
			continue
		}
		if retryPattern < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(text[retryText:])
		retryText += size
		p, t = retryPattern, retryText
	}
	for p < len(pattern) && pattern[p] == '%' {
		p++
	}
	return p == len(pattern)
}

// matchOne matches one character of the text and returns what is left.
func matchOne(pattern string, p int, text string, t int) (nextP, nextT int, ok bool) {
	if p >= len(pattern) {
		return 0, 0, false
	}
	got, size := utf8.DecodeRuneInString(text[t:])
	want, wantSize := utf8.DecodeRuneInString(pattern[p:])
	if want == '_' {
		return p + 1, t + size, true
	}
	if want == '\\' {
		p++
		if p >= len(pattern) {
			return 0, 0, false
		}
		want, wantSize = utf8.DecodeRuneInString(pattern[p:])
	}
	if foldASCII(got) != foldASCII(want) {
		return 0, 0, false
	}
	return p + wantSize, t + size, true
}

func foldASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + ('a' - 'A')
	}
	return r
}
