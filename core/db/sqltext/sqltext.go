// Package sqltext reads the SQL that collections carry as text: index statements and the
// queries of views.
//
// It knows nothing about databases. It understands quoting, nesting and comments well enough
// to tell the parts of a statement from each other; whether they make sense is for the
// database to say.
package sqltext

import "strings"

// scanner walks a statement from left to right.
type scanner struct {
	text string
	pos  int
}

func (s *scanner) skipSpace() {
	for s.pos < len(s.text) && isSpace(s.text[s.pos]) {
		s.pos++
	}
}

// keyword consumes the word if it comes next as a whole word.
func (s *scanner) keyword(word string) bool {
	s.skipSpace()
	end := s.pos + len(word)
	if end > len(s.text) || !strings.EqualFold(s.text[s.pos:end], word) {
		return false
	}
	if end < len(s.text) && isNameByte(s.text[end]) {
		return false
	}
	s.pos = end
	return true
}

// name consumes a quoted or plain identifier and returns it unquoted, or "".
func (s *scanner) name() string {
	s.skipSpace()
	if s.pos >= len(s.text) {
		return ""
	}
	if closing := closingQuote(s.text[s.pos]); closing != 0 {
		end := quotedEnd(s.text, s.pos)
		if end < 0 {
			return ""
		}
		inner := s.text[s.pos+1 : end]
		s.pos = end + 1
		return strings.ReplaceAll(inner, string([]byte{closing, closing}), string(closing))
	}
	start := s.pos
	for s.pos < len(s.text) && isNameByte(s.text[s.pos]) {
		s.pos++
	}
	return s.text[start:s.pos]
}

// qualifiedName consumes name or schema.name.
func (s *scanner) qualifiedName() (schema, name string) {
	name = s.name()
	s.skipSpace()
	if name != "" && s.pos < len(s.text) && s.text[s.pos] == '.' {
		s.pos++
		return name, s.name()
	}
	return "", name
}

// group consumes a parenthesised part and returns its inside.
func (s *scanner) group() (string, bool) {
	s.skipSpace()
	if s.pos >= len(s.text) || s.text[s.pos] != '(' {
		return "", false
	}
	end := groupEnd(s.text, s.pos)
	if end < 0 {
		return "", false
	}
	inner := s.text[s.pos+1 : end]
	s.pos = end + 1
	return inner, true
}

func (s *scanner) rest() string {
	out := strings.TrimSpace(s.text[s.pos:])
	s.pos = len(s.text)
	return out
}

// splitTop splits at separators outside of quotes and parentheses. Runs of separators
// that are spaces count as one.
func splitTop(text string, isSep func(byte) bool) []string {
	var parts []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case closingQuote(c) != 0:
			if end := quotedEnd(text, i); end > 0 {
				i = end
			}
		case c == '(':
			if end := groupEnd(text, i); end > 0 {
				i = end
			}
		case isSep(c):
			if i > start || !isSpace(c) {
				parts = append(parts, text[start:i])
			}
			start = i + 1
		}
	}
	if start < len(text) || !isSep(' ') {
		parts = append(parts, text[start:])
	}
	return parts
}

// groupEnd returns the position of the parenthesis that closes the one at start, or -1.
func groupEnd(text string, start int) int {
	depth := 0
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case closingQuote(c) != 0:
			end := quotedEnd(text, i)
			if end < 0 {
				return -1
			}
			i = end
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// quotedEnd returns the position of the quote that closes the one at start, or -1.
// A doubled closing quote stands for itself.
func quotedEnd(text string, start int) int {
	closing := closingQuote(text[start])
	for i := start + 1; i < len(text); i++ {
		if text[i] != closing {
			continue
		}
		if closing != ']' && i+1 < len(text) && text[i+1] == closing {
			i++
			continue
		}
		return i
	}
	return -1
}

func unquote(word string) (name string, quoted bool) {
	if len(word) > 1 && closingQuote(word[0]) != 0 && quotedEnd(word, 0) == len(word)-1 {
		closing := string(closingQuote(word[0]))
		return strings.ReplaceAll(word[1:len(word)-1], closing+closing, closing), true
	}
	return word, false
}

func closingQuote(c byte) byte {
	switch c {
	case '`', '"', '\'':
		return c
	case '[':
		return ']'
	}
	return 0
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
