package types

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cast"
)

// DefaultDateLayout is the text form of a DateTime, always in UTC.
const DefaultDateLayout = "2006-01-02 15:04:05.000Z"

const (
	msPerDay = 24 * 60 * 60 * 1000
	// unixOffset is the distance between year 1 and 1970 in milliseconds.
	unixOffset = 719162 * msPerDay
)

// DateTime is a UTC moment with millisecond precision. The zero value is "not
// set" and prints as an empty text. It is a small comparable value, safe to
// copy and to share.
type DateTime struct {
	// ms counts milliseconds since 0001-01-01 00:00:00 UTC, so that the zero
	// value and the zero time.Time are the same moment.
	ms int64
}

// NowDateTime returns the current moment.
func NowDateTime() DateTime { return fromTime(time.Now()) }

// ParseDateTime converts a value into a DateTime. Dates and times in the usual
// text layouts, time values and whole numbers (unix seconds) are understood;
// empty and unrecognised values give the zero DateTime. The error is reserved
// for values whose date cannot be represented.
func ParseDateTime(value any) (DateTime, error) {
	switch v := value.(type) {
	case nil:
		return DateTime{}, nil
	case DateTime:
		return v, nil
	case *DateTime:
		if v == nil {
			return DateTime{}, nil
		}
		return *v, nil
	case time.Time:
		return checkedTime(v)
	case *time.Time:
		if v == nil {
			return DateTime{}, nil
		}
		return checkedTime(*v)
	case string:
		return parseText(v)
	case []byte:
		return parseText(string(v))
	case json.Number:
		return DateTime{}, nil
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return checkedTime(time.Unix(cast.ToInt64(v), 0))
	case fmt.Stringer:
		return parseText(v.String())
	}
	return DateTime{}, nil
}

func parseText(s string) (DateTime, error) {
	if d, ok := parseCanonical(s); ok {
		return d, nil
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return DateTime{}, nil
	}
	t, err := cast.StringToDate(s)
	if err != nil {
		return DateTime{}, nil // an unreadable date is an unset one by contract
	}
	return checkedTime(t)
}

func checkedTime(t time.Time) (DateTime, error) {
	if s := t.Unix(); s > math.MaxInt64/2000 || s < math.MinInt64/2000 {
		return DateTime{}, fmt.Errorf("date %v is out of range", t)
	}
	return fromTime(t), nil
}

func fromTime(t time.Time) DateTime { return DateTime{ms: t.UnixMilli() + unixOffset} }

// Time returns the moment as a UTC time.
func (d DateTime) Time() time.Time {
	if d.ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(d.ms - unixOffset).UTC()
}

// IsZero tells whether the date is not set.
func (d DateTime) IsZero() bool { return d.ms == 0 }

// String returns the date in DefaultDateLayout, or an empty text when unset.
func (d DateTime) String() string {
	if d.ms == 0 {
		return ""
	}
	var buf [32]byte
	return string(d.AppendText(buf[:0]))
}

// AppendText appends what String returns.
func (d DateTime) AppendText(dst []byte) []byte {
	if d.ms == 0 {
		return dst
	}
	days, rest := d.ms/msPerDay, d.ms%msPerDay
	if rest < 0 {
		days, rest = days-1, rest+msPerDay
	}
	year, month, day := civil(days)
	if year < 0 || year > 9999 {
		return d.Time().AppendFormat(dst, DefaultDateLayout)
	}
	dst = append(dst, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-')
	dst = append(dst, byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10), ' ')
	secs, ms := rest/1000, rest%1000
	h, m, s := secs/3600, secs/60%60, secs%60
	dst = append(dst, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10), ':')
	return append(dst, byte('0'+s/10), byte('0'+s%10), '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10), 'Z')
}

// IsDateText tells whether s is exactly what String returns for some date.
func IsDateText(s string) bool {
	if s == "" {
		return true
	}
	d, ok := parseCanonical(s)
	return ok && !d.IsZero()
}

// MarshalJSON writes the text form as a JSON string.
func (d DateTime) MarshalJSON() ([]byte, error) {
	dst := append(make([]byte, 0, 28), '"')
	return append(d.AppendText(dst), '"'), nil
}

// UnmarshalJSON reads a JSON string (or null) in any layout ParseDateTime knows.
func (d *DateTime) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	if text == nil {
		*d = DateTime{}
		return nil
	}
	return d.Scan(*text)
}

// Value returns the text form for the database.
func (d DateTime) Value() (driver.Value, error) { return d.String(), nil }

// Scan loads a database value. Unreadable values give the zero DateTime.
func (d *DateTime) Scan(value any) error {
	v, err := ParseDateTime(value)
	*d = v
	return err
}

// parseCanonical reads "2006-01-02 15:04:05.000Z" and nothing else: it is what
// every stored date looks like, and a fifth of the cost of time.Parse.
func parseCanonical(s string) (DateTime, bool) {
	if len(s) != len(DefaultDateLayout) || s[4] != '-' || s[7] != '-' || s[10] != ' ' ||
		s[13] != ':' || s[16] != ':' || s[19] != '.' || s[23] != 'Z' {
		return DateTime{}, false
	}
	year, ok1 := digits(s[0:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:10])
	hour, ok4 := digits(s[11:13])
	minute, ok5 := digits(s[14:16])
	sec, ok6 := digits(s[17:19])
	ms, ok7 := digits(s[20:23])
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || !ok6 || !ok7 ||
		month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || sec > 59 {
		return DateTime{}, false
	}
	return DateTime{ms: daysSinceYearOne(year, month, day)*msPerDay + ((hour*60+minute)*60+sec)*1000 + ms}, true
}

func digits(s string) (int64, bool) {
	var n int64
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	return n, true
}

func daysIn(year, month int64) int64 {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// daysSinceYearOne and civil convert between a Gregorian date and the day
// number. Years start in March so that the leap day is the last day of one.
func daysSinceYearOne(y, m, d int64) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 306
}

func civil(days int64) (year, month, day int64) {
	days += 306
	era := floorDiv(days, 146097)
	doe := days - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	year = yoe + era*400
	if month = mp + 3; month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func floorDiv(a, b int64) int64 {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}
