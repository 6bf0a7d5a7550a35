package search

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Affinity is the type that the other side of a comparison is converted to.
type Affinity uint8

// The affinities that matter for comparisons.
const (
	AffinityNone Affinity = iota
	AffinityText
	AffinityNumeric
)

// compareCells orders two values as SQLite does; not at all if one is NULL.
func compareCells(left, right Cell) (order int, ok bool) {
	if left.Value == nil || right.Value == nil {
		return 0, false
	}
	l, r := left.Value, right.Value
	switch comparisonAffinity(left.Affinity, right.Affinity) {
	case AffinityNumeric:
		l, r = toNumeric(l), toNumeric(r)
	case AffinityText:
		l, r = toText(l, r), toText(r, l)
	}
	return compareValues(l, r), true
}

// comparisonAffinity returns the affinity that is applied to both sides.
func comparisonAffinity(left, right Affinity) Affinity {
	switch {
	case left == AffinityNumeric || right == AffinityNumeric:
		return AffinityNumeric
	case left == AffinityNone:
		return right
	case right == AffinityNone:
		return left
	}
	return AffinityNone
}

// toNumeric returns the number that a text is, or any other value as it is.
func toNumeric(value any) any {
	text, ok := value.(string)
	if !ok {
		return value
	}
	text = strings.Trim(cString(text), " \t\n\v\f\r")
	if !isNumberText(text) {
		return value
	}
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return whole
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(number, 0) {
		return value
	}
	return number
}

// StoredNumeric returns a bound value as a column with numeric affinity holds
// it: a text that is a number becomes one, and a number without a fraction an
// integer.
func StoredNumeric(value any) any {
	value = toNumeric(storedValue(value))
	f, ok := value.(float64)
	if ok && f == math.Trunc(f) && math.Abs(f) < 1<<63 {
		return int64(f)
	}
	return value
}

// isNumberText reports whether the whole text is a decimal number.
func isNumberText(text string) bool {
	rest := strings.TrimPrefix(text, "-")
	if rest == text {
		rest = strings.TrimPrefix(text, "+")
	}
	digits := func() (count int) {
		for rest != "" && isDigit(rest[0]) {
			rest = rest[1:]
			count++
		}
		return count
	}
	count := digits()
	if strings.HasPrefix(rest, ".") {
		rest = rest[1:]
		count += digits()
	}
	if count == 0 {
		return false
	}
	if rest != "" && rest[0]|0x20 == 'e' {
		rest = rest[1:]
		if rest != "" && (rest[0] == '+' || rest[0] == '-') {
			rest = rest[1:]
		}
		if digits() == 0 {
			return false
		}
	}
	return rest == ""
}

// toText returns a number as text if it is compared with a text.
func toText(value, other any) any {
	if _, ok := other.(string); !ok {
		return value
	}
	return storedText(value)
}

// storedText returns a value as the text that SQLite converts it to.
func storedText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return floatText(v)
	}
	return ""
}

// floatText writes a float as SQLite does: with 17 significant digits, or fewer
// where a long run of nines or zeros shows that these say it all, and always
// with a decimal point. SQLite's arithmetic is not exact for a few very large or
// small numbers, whose last digit differs from that of this function.
func floatText(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Inf"
	case f == 0:
		return "0.0"
	case f < 0:
		return "-" + floatText(-f)
	}
	digits, power := significantDigits(f)
	if power < -4 || power > 16 {
		if len(digits) == 1 {
			digits += "0"
		}
		return fmt.Sprintf("%s.%se%+03d", digits[:1], digits[1:], power)
	}
	return positional(digits, power)
}

// significantDigits returns the digits to write and the power of ten of the
// first one.
func significantDigits(f float64) (digits string, power int) {
	const most = 17
	exact := exactDigits(f)
	text := strconv.FormatFloat(f, 'e', exact-1, 64)
	mantissa, exponent, _ := strings.Cut(text, "e")
	power, _ = strconv.Atoi(exponent) // written by FormatFloat
	z := []byte(mantissa[:1] + mantissa[2:])
	keep := most
	var shorter string
	var length int
	switch {
	case z[14] == '9' && z[15] == '9':
		length = len(strings.TrimRight(string(z[:14]), "9"))
		shorter = "1"
		if length > 0 {
			next, _ := roundedUp(bytes.Clone(z[:length])) // the last digit is no nine
			shorter = string(next)
		}
	case power+1 >= exact || (z[13] == '0' && z[14] == '0' && z[15] == '0'):
		length = len(strings.TrimRight(string(z[:13]), "0"))
		shorter = string(z[:length])
	}
	if shorter != "" && sameFloat(shorter, power+1-length, f) {
		keep = length + 1
	}
	rounded := z[:keep]
	if z[keep] >= '5' {
		var carried bool
		if rounded, carried = roundedUp(rounded); carried {
			power++
		}
	}
	return strings.TrimRight(string(rounded), "0"), power
}

// exactDigits returns how many digits SQLite works out before it rounds: 18, or
// 19 where its estimate of the power of ten is one too low.
func exactDigits(f float64) int {
	_, exponent := math.Frexp(f)
	estimate := ((exponent - 1) * 78913) >> 18 // 78913/2^18 is about log10(2)
	text := strconv.FormatFloat(f, 'e', 17, 64)
	power, _ := strconv.Atoi(text[strings.IndexByte(text, 'e')+1:])
	return 18 + power - estimate
}

// sameFloat reports whether digits times ten to the power is f.
func sameFloat(digits string, power int, f float64) bool {
	g, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(power), 64)
	return err == nil && g == f
}

// roundedUp adds one to the last of the digits, in place. If that carries over
// the first one the digits stand for ten times as much.
func roundedUp(digits []byte) (result []byte, carried bool) {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '9' {
			digits[i]++
			return digits, false
		}
		digits[i] = '0'
	}
	digits[0] = '1'
	return digits, true
}

// positional writes digits, the first of which counts ten to the power, without
// an exponent.
func positional(digits string, power int) string {
	switch {
	case power < 0:
		return "0." + strings.Repeat("0", -power-1) + digits
	case len(digits) <= power+1:
		return digits + strings.Repeat("0", power+1-len(digits)) + ".0"
	}
	return digits[:power+1] + "." + digits[power+1:]
}

// compareValues orders values of the same or different types: numbers, then
// texts.
func compareValues(left, right any) int {
	l, leftIsText := left.(string)
	r, rightIsText := right.(string)
	switch {
	case leftIsText && rightIsText:
		return cmp.Compare(l, r)
	case leftIsText:
		return 1
	case rightIsText:
		return -1
	}
	return compareNumbers(left, right)
}

func compareNumbers(left, right any) int {
	l, leftIsInt := left.(int64)
	r, rightIsInt := right.(int64)
	switch {
	case leftIsInt && rightIsInt:
		return cmp.Compare(l, r)
	case leftIsInt:
		return compareIntFloat(l, asFloat(right))
	case rightIsInt:
		return -compareIntFloat(r, asFloat(left))
	}
	return cmp.Compare(asFloat(left), asFloat(right))
}

func asFloat(value any) float64 {
	f, _ := value.(float64)
	return f
}

// compareIntFloat compares without losing the digits that a float cannot hold.
func compareIntFloat(i int64, f float64) int {
	switch {
	case f >= math.MaxInt64:
		return -1
	case f < math.MinInt64:
		return 1
	}
	whole := int64(f)
	if order := cmp.Compare(i, whole); order != 0 {
		return order
	}
	return cmp.Compare(float64(whole), f)
}
