package models

import (
	"context"
	"testing"
)

func TestVerifyPassword(t *testing.T) {
	t.Parallel()
	hash, err := hashPassword("right")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, hash, password string
		want                 bool
	}{
		{"right", hash, "right", true},
		{"wrong", hash, "wrong", false},
		{"no account", "", "right", false},
		{"no hash", "-", "-", false},
	}
	for _, tt := range tests {
		if got := VerifyPassword(t.Context(), tt.hash, tt.password); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

func TestVerifyPasswordGivesUpWaiting(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	cancel()
	if VerifyPassword(ctx, "", "x") {
		t.Fatal("verified without its turn")
	}
	for range cap(hashing) {
		<-hashing
	}
}
