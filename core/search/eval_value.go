package search

import (
	"cmp"
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
	text = strings.Trim(text, " \t\n\v\f\r")
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

// floatText writes a float as SQLite does: shortest of 15 significant digits,
// always with a decimal point.
func floatText(f float64) string {
	if math.IsInf(f, 0) {
		if f < 0 {
			return "-Inf"
		}
		return "Inf"
	}
	text := strconv.FormatFloat(f, 'g', 15, 64)
	return text
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
