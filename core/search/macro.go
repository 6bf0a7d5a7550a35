package search

import "time"

// macros are the names that stand for a part of the current time.
var macros = map[string]func(now time.Time) any{
	"@now":        func(t time.Time) any { return t.Format(timeLayout) },
	"@second":     func(t time.Time) any { return int64(t.Second()) },
	"@minute":     func(t time.Time) any { return int64(t.Minute()) },
	"@hour":       func(t time.Time) any { return int64(t.Hour()) },
	"@weekday":    func(t time.Time) any { return int64(t.Weekday()) },
	"@day":        func(t time.Time) any { return int64(t.Day()) },
	"@month":      func(t time.Time) any { return int64(t.Month()) },
	"@year":       func(t time.Time) any { return int64(t.Year()) },
	"@todayStart": func(t time.Time) any { return dayStart(t).Format(timeLayout) },
	"@todayEnd":   func(t time.Time) any { return lastMoment(dayStart(t).AddDate(0, 0, 1)) },
	"@monthStart": func(t time.Time) any { return monthStart(t).Format(timeLayout) },
	"@monthEnd":   func(t time.Time) any { return lastMoment(monthStart(t).AddDate(0, 1, 0)) },
	"@yearStart":  func(t time.Time) any { return yearStart(t).Format(timeLayout) },
	"@yearEnd":    func(t time.Time) any { return lastMoment(yearStart(t).AddDate(1, 0, 0)) },
}

func dayStart(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func monthStart(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

func yearStart(t time.Time) time.Time {
	return time.Date(t.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
}

// lastMoment returns the last stored moment before t.
func lastMoment(t time.Time) string {
	return t.Add(-time.Millisecond).Format(timeLayout)
}
