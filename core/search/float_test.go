package search

import (
	"database/sql"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	_ "modernc.org/sqlite"
)

// TestFloatText compares with what the database writes.
func TestFloatText(t *testing.T) {
	t.Parallel()
	conn, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	stmt, err := conn.Prepare("SELECT CAST(? AS TEXT)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stmt.Close() }()
	random := rand.New(rand.NewPCG(1, 2))
	floats := []float64{
		0, 1, -1, 0.1, 1.0 / 3, 49.47, 1e15, 1e16, 1e17, 1e18, 1e20, 1e-4, 1e-5, 9.999999999999999e22, 1e23,
		math.Inf(1), math.Inf(-1), 0.99999999999999999, 123456789012345678,
	}
	for range 5000 {
		floats = append(floats,
			random.NormFloat64()*1e-4,
			random.NormFloat64()*1e12,
			random.NormFloat64()*1000,
			math.Round(random.NormFloat64()*1e6)/100,
			float64(random.Int64()))
	}
	for _, f := range floats {
		if math.IsNaN(f) {
			continue
		}
		var want string
		if err := stmt.QueryRow(f).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got := floatText(f); got != want {
			t.Errorf("floatText(%s) = %s, want %s", strconv.FormatFloat(f, 'g', -1, 64), got, want)
		}
	}
}
