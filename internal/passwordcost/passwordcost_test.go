package passwordcost_test

import (
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/tackleboxdev/tacklebox/internal/passwordcost"
)

func TestUnmatchedCostsAsMuch(t *testing.T) {
	for _, want := range []int{passwordcost.Default, bcrypt.MinCost} {
		got, err := bcrypt.Cost([]byte(passwordcost.Unmatched()))
		if err != nil || got != want || passwordcost.Current() != want {
			t.Errorf("cost %d, current %d, want %d (%v)", got, passwordcost.Current(), want, err)
		}
		passwordcost.Lower()
	}
}
