package search

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenOperand
	tokenOperator
	tokenJoin
	tokenOpen
	tokenClose
)

type token struct {
	kind    tokenKind
	operand Operand
	op      Operator
	join    Connector
}

// scanner splits filter text into tokens. Whitespace and comments only
// separate them.
type scanner struct {
	text string
	pos  int
}

func (s *scanner) next() (token, error) {
	s.skipBlank()
	if s.pos >= len(s.text) {
		return token{}, nil
	}
	switch ch := s.text[s.pos]; {
	case ch == '(':
		s.pos++
		return token{kind: tokenOpen}, nil
	case ch == ')':
		s.pos++
		return token{kind: tokenClose}, nil
	case ch == '\'' || ch == '"':
		return s.scanText(ch)
	case ch == '-' || isDigit(ch):
		return s.scanNumber()
	case ch == '{':
		return s.scanPlaceholder()
	case ch == '&' || ch == '|':
		return s.scanJoin()
	case strings.IndexByte("=!<>~?", ch) >= 0:
		return s.scanOperator()
	}
	return s.scanIdentifier()
}

func (s *scanner) skipBlank() {
	for s.pos < len(s.text) {
		switch ch := s.text[s.pos]; {
		case ch == ' ' || ch == '\t' || ch == '\n':
			s.pos++
		case strings.HasPrefix(s.text[s.pos:], "//"):
			end := strings.IndexByte(s.text[s.pos:], '\n')
			if end < 0 {
				s.pos = len(s.text)
				return
			}
			s.pos += end
		default:
			return
		}
	}
}

func (s *scanner) scanText(quote byte) (token, error) {
	start := s.pos + 1
	var sb strings.Builder
	plain := start // where the bytes not yet copied begin
	for i := start; i < len(s.text); i++ {
		switch s.text[i] {
		case quote:
			s.pos = i + 1
			text := s.text[plain:i]
			if sb.Len() > 0 {
				text = sb.String() + text
			}
			return token{kind: tokenOperand, operand: Operand{Kind: OperandText, Text: text}}, nil
		case '\\':
			if i+1 >= len(s.text) {
				continue
			}
			if ch, ok := unescape(s.text[i+1]); ok {
				sb.WriteString(s.text[plain:i])
				sb.WriteByte(ch)
				plain = i + 2
			}
			i++
		}
	}
	return token{}, fmt.Errorf("unterminated text %.40q", s.text[s.pos:])
}

// unescape returns the character an escape stands for; an unknown one is not
// an escape and keeps its backslash.
func unescape(ch byte) (byte, bool) {
	switch ch {
	case 'n':
		return '\n', true
	case 't':
		return '\t', true
	case 'r':
		return '\r', true
	case '\\', '\'', '"':
		return ch, true
	}
	return 0, false
}

func (s *scanner) scanNumber() (token, error) {
	start := s.pos
	if s.text[s.pos] == '-' {
		s.pos++
	}
	whole := s.skipDigits()
	fraction := 1
	if s.pos < len(s.text) && s.text[s.pos] == '.' {
		s.pos++
		fraction = s.skipDigits()
	}
	literal := s.text[start:s.pos]
	if whole == 0 || fraction == 0 {
		return token{}, fmt.Errorf("invalid number %.40q", literal)
	}
	number, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		return token{}, fmt.Errorf("invalid number %.40q", literal)
	}
	return token{kind: tokenOperand, operand: Operand{Kind: OperandNumber, Text: literal, Number: number}}, nil
}

func (s *scanner) skipDigits() int {
	start := s.pos
	for s.pos < len(s.text) && isDigit(s.text[s.pos]) {
		s.pos++
	}
	return s.pos - start
}

func (s *scanner) scanPlaceholder() (token, error) {
	rest := s.text[s.pos:]
	end := strings.IndexByte(rest, '}')
	if !strings.HasPrefix(rest, "{:") || end < 3 || !isWord(rest[2:end]) {
		return token{}, fmt.Errorf("unexpected character %q", rest[0])
	}
	s.pos += end + 1
	return token{kind: tokenOperand, operand: Operand{Kind: OperandPlaceholder, Text: rest[2:end]}}, nil
}

func (s *scanner) scanJoin() (token, error) {
	switch literal := s.takeAny("&|"); literal {
	case "&&":
		return token{kind: tokenJoin, join: And}, nil
	case "||":
		return token{kind: tokenJoin, join: Or}, nil
	default:
		return token{}, fmt.Errorf("invalid join %.40q", literal)
	}
}

func (s *scanner) scanOperator() (token, error) {
	literal := s.takeAny("=!<>~?")
	op, ok := operators[literal]
	if !ok {
		return token{}, fmt.Errorf("invalid operator %.40q", literal)
	}
	return token{kind: tokenOperator, op: op}, nil
}

func (s *scanner) takeAny(chars string) string {
	start := s.pos
	for s.pos < len(s.text) && strings.IndexByte(chars, s.text[s.pos]) >= 0 {
		s.pos++
	}
	return s.text[start:s.pos]
}

func (s *scanner) scanIdentifier() (token, error) {
	start := s.pos
	first, size := utf8.DecodeRuneInString(s.text[s.pos:])
	if first != '_' && first != '@' && first != '#' && !unicode.IsLetter(first) {
		return token{}, fmt.Errorf("unexpected character %q", first)
	}
	s.pos += size
	for s.pos < len(s.text) {
		ch, size := utf8.DecodeRuneInString(s.text[s.pos:])
		if ch != '_' && ch != '.' && ch != ':' && !unicode.IsLetter(ch) && !unicode.IsDigit(ch) {
			break
		}
		s.pos += size
	}
	name := s.text[start:s.pos]
	if last := name[len(name)-1]; last == '.' || last == ':' {
		return token{}, fmt.Errorf("invalid identifier %.80q", name)
	}
	if s.pos < len(s.text) && s.text[s.pos] == '(' {
		return s.scanFunction(name)
	}
	return token{kind: tokenOperand, operand: Operand{Kind: OperandIdentifier, Text: name}}, nil
}

// scanFunction skips the arguments of a call. The language has no functions;
// the token exists so that the message can say so.
func (s *scanner) scanFunction(name string) (token, error) {
	depth := 0
	for s.pos < len(s.text) {
		switch ch := s.text[s.pos]; ch {
		case '(':
			depth++
		case ')':
			depth--
		case '\'', '"':
			if _, err := s.scanText(ch); err != nil {
				return token{}, err
			}
			continue
		}
		s.pos++
		if depth == 0 {
			return token{kind: tokenOperand, operand: Operand{Kind: OperandFunction, Text: name}}, nil
		}
	}
	return token{}, errors.New("unterminated function call")
}

func isDigit(ch byte) bool { return ch >= '0' && ch <= '9' }

// isWord reports whether text is one or more of [0-9A-Za-z_].
func isWord(text string) bool {
	for i := range len(text) {
		if !isWordByte(text[i]) {
			return false
		}
	}
	return text != ""
}

func isWordByte(ch byte) bool {
	return ch == '_' || isDigit(ch) || (ch|0x20 >= 'a' && ch|0x20 <= 'z')
}
