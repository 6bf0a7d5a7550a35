package types

// maxJSONDepth is the nesting encoding/json accepts.
const maxJSONDepth = 10000

// AppendJSONCompact appends a JSON document without insignificant space and
// with HTML characters escaped, as encoding/json embeds a raw message. It
// reports false and leaves dst alone when src is not valid JSON.
func AppendJSONCompact[T ~string | ~[]byte](dst []byte, src T) ([]byte, bool) {
	c := compactor[T]{src: src, dst: dst}
	c.space()
	if !c.value(0) {
		return dst, false
	}
	if c.space(); c.i != len(src) {
		return dst, false
	}
	return c.dst, true
}

// IsJSONDocument tells whether a text from a form or column is meant as JSON:
// it is one of the three literals or a valid document that starts like a
// number, text, list or object. Everything else is plain text.
func IsJSONDocument(s string) bool {
	if !startsDocument(s) {
		return false
	}
	c := compactor[string]{src: s, discard: true}
	if !c.value(0) {
		return false
	}
	c.space()
	return c.i == len(s)
}

// AppendJSONDocument appends the text of a JSON column: embedded when it is a
// document, as a JSON string otherwise.
func AppendJSONDocument(dst []byte, s string) []byte {
	if startsDocument(s) {
		if out, ok := AppendJSONCompact(dst, s); ok {
			return out
		}
	}
	return AppendJSONString(dst, s)
}

func startsDocument(s string) bool {
	if s == "" {
		return false
	}
	switch c := s[0]; c {
	case '"', '[', '{', '-':
		return true
	default:
		return (c >= '0' && c <= '9') || s == "null" || s == "true" || s == "false"
	}
}

// compactor validates and copies a document in one pass.
type compactor[T ~string | ~[]byte] struct {
	src T
	i   int
	dst []byte
	// discard only validates.
	discard bool
}

func (c *compactor[T]) space() {
	for c.i < len(c.src) {
		switch c.src[c.i] {
		case ' ', '\n', '\r', '\t':
			c.i++
		default:
			return
		}
	}
}

// take copies the next byte if it is b.
func (c *compactor[T]) take(b byte) bool {
	if c.i >= len(c.src) || c.src[c.i] != b {
		return false
	}
	if !c.discard {
		c.dst = append(c.dst, b)
	}
	c.i++
	return true
}

func (c *compactor[T]) value(depth int) bool {
	if c.i >= len(c.src) {
		return false
	}
	switch c.src[c.i] {
	case '{':
		return c.list('{', '}', depth)
	case '[':
		return c.list('[', ']', depth)
	case '"':
		return c.text()
	case 't':
		return c.literal("true")
	case 'f':
		return c.literal("false")
	case 'n':
		return c.literal("null")
	}
	return c.number()
}

// list copies a bracketed list of values, or of members for an object.
func (c *compactor[T]) list(open, end byte, depth int) bool {
	if depth >= maxJSONDepth {
		return false
	}
	c.take(open)
	c.space()
	if c.take(end) {
		return true
	}
	for {
		if c.space(); open == '{' && !c.key() {
			return false
		}
		if !c.value(depth + 1) {
			return false
		}
		if c.space(); c.take(end) {
			return true
		}
		if !c.take(',') {
			return false
		}
	}
}

// key copies the name of a member up to its value.
func (c *compactor[T]) key() bool {
	if !c.text() {
		return false
	}
	c.space()
	if !c.take(':') {
		return false
	}
	c.space()
	return true
}

func (c *compactor[T]) literal(word string) bool {
	for i := range len(word) {
		if !c.take(word[i]) {
			return false
		}
	}
	return true
}

// copy appends the source from start to here.
func (c *compactor[T]) copy(start int) {
	if !c.discard {
		c.dst = append(c.dst, c.src[start:c.i]...)
	}
}

func (c *compactor[T]) text() bool {
	if !c.take('"') {
		return false
	}
	start := c.i
	for c.i < len(c.src) {
		b := c.src[c.i]
		switch {
		case b == '"':
			c.copy(start)
			return c.take('"')
		case b < ' ':
			return false
		case b == '\\':
			if !c.escape() {
				return false
			}
		case (b == '<' || b == '>' || b == '&') && !c.discard:
			c.copy(start)
			c.dst = append(c.dst, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&0xF])
			c.i++
			start = c.i
		case b == 0xE2 && !c.discard && c.i+2 < len(c.src) && c.src[c.i+1] == 0x80 && c.src[c.i+2]&^1 == 0xA8:
			c.copy(start)
			c.dst = append(append(c.dst, `\u202`...), hexDigits[c.src[c.i+2]&0xF])
			c.i += 3
			start = c.i
		default:
			c.i++
		}
	}
	return false
}

// escape steps over a valid escape sequence.
func (c *compactor[T]) escape() bool {
	if c.i+1 >= len(c.src) {
		return false
	}
	switch c.src[c.i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		c.i += 2
		return true
	case 'u':
		for k := 2; k < 6; k++ {
			if c.i+k >= len(c.src) || !isHex(c.src[c.i+k]) {
				return false
			}
		}
		c.i += 6
		return true
	}
	return false
}

func isHex(b byte) bool {
	return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F')
}

func (c *compactor[T]) number() bool {
	c.take('-')
	if !c.take('0') && !c.digits() {
		return false
	}
	if c.take('.') && !c.digits() {
		return false
	}
	if c.take('e') || c.take('E') {
		if !c.take('+') {
			c.take('-')
		}
		return c.digits()
	}
	return true
}

// digits copies at least one digit.
func (c *compactor[T]) digits() bool {
	start := c.i
	for c.i < len(c.src) && c.src[c.i] >= '0' && c.src[c.i] <= '9' {
		c.i++
	}
	c.copy(start)
	return c.i > start
}
