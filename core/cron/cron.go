// Package cron runs jobs at the minutes that five-field cron expressions name.
//
// The fields are minute, hour, day of month, month and day of week (0 is
// Sunday), each a list of `*`, numbers and ranges with optional steps. A minute
// is due when all five fields name it. Expressions are read in UTC and may be
// one of the shorthands @yearly, @annually, @monthly, @weekly, @daily,
// @midnight and @hourly.
package cron

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ErrExpression is wrapped by every error about a text that is no cron expression.
var ErrExpression = errors.New("invalid cron expression")

// shorthands are the names that stand for a whole expression.
var shorthands = map[string]string{
	"@yearly":   "0 0 1 1 *",
	"@annually": "0 0 1 1 *",
	"@monthly":  "0 0 1 * *",
	"@weekly":   "0 0 * * 0",
	"@daily":    "0 0 * * *",
	"@midnight": "0 0 * * *",
	"@hourly":   "0 * * * *",
}

// fields are the columns of an expression with the numbers each may hold.
var fields = [5]struct {
	name     string
	low, top int
}{
	{"minute", 0, 59},
	{"hour", 0, 23},
	{"day of month", 1, 31},
	{"month", 1, 12},
	{"day of week", 0, 6},
}

// Schedule is a parsed expression. The zero value is never due.
type Schedule struct {
	sets [5]uint64 // one bit for each number a field names
}

// Parse reads a cron expression. Its error wraps ErrExpression and names the
// text and the field that is wrong.
func Parse(expr string) (Schedule, error) {
	text := strings.TrimSpace(expr)
	if full, ok := shorthands[text]; ok {
		text = full
	}
	columns := strings.Fields(text)
	if len(columns) != len(fields) {
		return Schedule{}, fmt.Errorf("%w %q: want 5 fields, have %d", ErrExpression, expr, len(columns))
	}
	var s Schedule
	for i, column := range columns {
		set, err := parseField(column, fields[i].low, fields[i].top)
		if err != nil {
			return Schedule{}, fmt.Errorf("%w %q: %s: %w", ErrExpression, expr, fields[i].name, err)
		}
		s.sets[i] = set
	}
	return s, nil
}

// Due reports whether the schedule names the minute of t, in UTC.
func (s Schedule) Due(t time.Time) bool {
	t = t.UTC()
	now := [5]int{t.Minute(), t.Hour(), t.Day(), int(t.Month()), int(t.Weekday())}
	for i, n := range now {
		if s.sets[i]&(1<<n) == 0 {
			return false
		}
	}
	return true
}

// parseField returns the numbers named by a comma-separated list of terms.
func parseField(column string, low, top int) (uint64, error) {
	var set uint64
	for term := range strings.SplitSeq(column, ",") {
		from, to, step, err := parseTerm(term, low, top)
		if err != nil {
			return 0, err
		}
		for n := from; n <= to; n += step {
			set |= 1 << n
		}
	}
	return set, nil
}

// parseTerm reads `*`, `n`, `n-m` and each of them followed by `/step`. A step
// after a single number goes on to the top of the field.
func parseTerm(term string, low, top int) (from, to, step int, err error) {
	span, stepText, hasStep := strings.Cut(term, "/")
	step = 1
	if hasStep {
		if step, err = parseNumber(stepText, 1, top); err != nil {
			return 0, 0, 0, err
		}
	}
	if span == "*" {
		return low, top, step, nil
	}
	first, last, isRange := strings.Cut(span, "-")
	if from, err = parseNumber(first, low, top); err != nil {
		return 0, 0, 0, err
	}
	switch {
	case isRange:
		to, err = parseNumber(last, from, top)
	case hasStep:
		to = top
	default:
		to = from
	}
	return from, to, step, err
}

// parseNumber reads a decimal number within bounds.
func parseNumber(text string, low, top int) (int, error) {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	if int(n) < low || int(n) > top {
		return 0, fmt.Errorf("%d is not between %d and %d", n, low, top)
	}
	return int(n), nil
}
