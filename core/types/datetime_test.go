package types_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/types"
)

func TestParseDateTime(t *testing.T) {
	t.Parallel()
	moment := time.Date(2023, 5, 6, 9, 8, 9, 123456789, time.FixedZone("x", 2*3600))
	for _, tc := range []struct {
		in   any
		want string
	}{
		{nil, ""},
		{"", ""},
		{"   ", ""},
		{"not a date", ""},
		{"2022-05-05 10:00", ""},
		{"2022-13-05 10:00:00.000Z", ""},
		{"2022-02-29 10:00:00.000Z", ""},
		{1.5, ""},
		{float64(1650000000), ""},
		{json.Number("5"), ""},
		{map[string]any{}, ""},
		{[]string{"2022-05-05"}, ""},
		{"2022-05-05", "2022-05-05 00:00:00.000Z"},
		{"2022-05-05 10:00:00", "2022-05-05 10:00:00.000Z"},
		{"2022-05-05 10:00:00.123Z", "2022-05-05 10:00:00.123Z"},
		{"2022-05-05 10:00:00.123456Z", "2022-05-05 10:00:00.123Z"},
		{"2022-05-05 10:00:00Z", "2022-05-05 10:00:00.000Z"},
		{"2023-05-06 07:08:09+02:00", "2023-05-06 05:08:09.000Z"},
		{"2022-05-05T10:00:00Z", "2022-05-05 10:00:00.000Z"},
		{"2022-05-05T10:00:00.999999+01:00", "2022-05-05 09:00:00.999Z"},
		{"2022-05-05T10:00:00", "2022-05-05 10:00:00.000Z"},
		{"Thu, 05 May 2022 10:00:00 GMT", "2022-05-05 10:00:00.000Z"},
		{"Thu, 05 May 2022 10:00:00 +0100", "2022-05-05 09:00:00.000Z"},
		{"2024-02-29 23:59:59.999Z", "2024-02-29 23:59:59.999Z"},
		{"0000-01-01 00:00:00.000Z", "0000-01-01 00:00:00.000Z"},
		{[]byte("2022-05-05"), "2022-05-05 00:00:00.000Z"},
		{1651744800, "2022-05-05 10:00:00.000Z"},
		{int64(1651744800), "2022-05-05 10:00:00.000Z"},
		{moment, "2023-05-06 07:08:09.123Z"},
		{&moment, "2023-05-06 07:08:09.123Z"},
		{(*time.Time)(nil), ""},
		{time.Time{}, ""},
		{types.DateTime{}, ""},
		{(*types.DateTime)(nil), ""},
	} {
		got, err := types.ParseDateTime(tc.in)
		if err != nil {
			t.Errorf("ParseDateTime(%v): %v", tc.in, err)
		}
		if got.String() != tc.want {
			t.Errorf("ParseDateTime(%v) = %q, want %q", tc.in, got, tc.want)
		}
		if got.IsZero() != (tc.want == "") {
			t.Errorf("ParseDateTime(%v).IsZero() = %v", tc.in, got.IsZero())
		}
	}
}

func TestParseDateTimeOutOfRange(t *testing.T) {
	t.Parallel()
	if d, err := types.ParseDateTime(time.Unix(1<<61, 0)); err == nil || !d.IsZero() {
		t.Errorf("got %v, %v", d, err)
	}
}

// The calendar is our own, so it is compared with the library's over all days
// of several centuries and over odd times.
func TestDateTimeAgreesWithTime(t *testing.T) {
	t.Parallel()
	for at := time.Date(1580, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2420; at = at.Add(23*time.Hour + 59*time.Minute + 58*time.Second + 997*time.Millisecond) {
		want := at.Format(types.DefaultDateLayout)
		d, err := types.ParseDateTime(want)
		if err != nil || d.String() != want || !d.Time().Equal(at) {
			t.Fatalf("%s became %s (%v, %v)", want, d, d.Time(), err)
		}
		if e, _ := types.ParseDateTime(at); e != d {
			t.Fatalf("%v: text and time differ: %v, %v", at, d, e)
		}
	}
	far := time.Date(12000, 2, 3, 4, 5, 6, 0, time.UTC)
	if d, _ := types.ParseDateTime(far); d.String() != "12000-02-03 04:05:06.000Z" {
		t.Errorf("far year: %s", d)
	}
	if d, _ := types.ParseDateTime(time.Date(-5, 12, 31, 23, 59, 59, 0, time.UTC)); d.Time().Year() != -5 {
		t.Errorf("year before zero: %v", d.Time())
	}
}

func TestDateTimeEncodings(t *testing.T) {
	t.Parallel()
	d, _ := types.ParseDateTime("2022-05-05 10:00:00.123Z")
	raw, err := json.Marshal([]types.DateTime{d, {}})
	if err != nil || string(raw) != `["2022-05-05 10:00:00.123Z",""]` {
		t.Fatalf("encoded %s, %v", raw, err)
	}
	var back []types.DateTime
	if err := json.Unmarshal(raw, &back); err != nil || back[0] != d || !back[1].IsZero() {
		t.Fatalf("decoded %v, %v", back, err)
	}
	back[0] = d
	if err := json.Unmarshal([]byte(`[null]`), &back); err != nil || !back[0].IsZero() {
		t.Errorf("null decoded as %v, %v", back, err)
	}
	if json.Unmarshal([]byte(`[5]`), &back) == nil {
		t.Error("a number was accepted")
	}
	v, err := d.Value()
	if err != nil || v != "2022-05-05 10:00:00.123Z" {
		t.Errorf("Value() = %v, %v", v, err)
	}
	var s types.DateTime
	if err := s.Scan([]byte("2022-05-05 10:00:00.123Z")); err != nil || s != d {
		t.Errorf("Scan gave %v, %v", s, err)
	}
	if now := types.NowDateTime(); time.Since(now.Time()) > time.Minute || now.IsZero() {
		t.Errorf("now is %v", now)
	}
}

func FuzzParseDateTime(f *testing.F) {
	for _, s := range []string{"", "2022-05-05", "2022-05-05 10:00:00.123Z", "Thu, 05 May 2022 10:00:00 GMT", "0001-01-01 00:00:00.000Z", "9999-12-31T23:59:59-23:59"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := types.ParseDateTime(s)
		if err != nil || d.Time().Year() > 9999 || d.Time().Year() < 0 {
			return
		}
		if again, _ := types.ParseDateTime(d.String()); again != d {
			t.Errorf("%q became %q, then %q", s, d, again)
		}
		if !types.IsDateText(d.String()) {
			t.Errorf("IsDateText(%q) is false", d)
		}
	})
}

func BenchmarkParseDateTime(b *testing.B) {
	for b.Loop() {
		if d, _ := types.ParseDateTime("2022-05-05 10:00:00.123Z"); d.IsZero() {
			b.Fatal("not parsed")
		}
	}
}

func BenchmarkDateTimeAppend(b *testing.B) {
	d := types.NowDateTime()
	buf := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		buf = d.AppendText(buf[:0])
	}
}
