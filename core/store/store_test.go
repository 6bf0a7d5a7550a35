package store_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/store"
)

func TestStoreBasics(t *testing.T) {
	t.Parallel()
	source := map[string]int{"a": 1, "b": 0}
	s := store.New(source)
	source["c"] = 3

	if s.Length() != 2 || s.Has("c") {
		t.Fatal("New must copy its argument")
	}
	if !s.Has("b") || s.Get("b") != 0 || s.Get("missing") != 0 {
		t.Fatal("Get and Has must tell a stored zero from a missing key")
	}
	all := s.GetAll()
	all["x"] = 9
	if s.Has("x") {
		t.Fatal("GetAll must return a copy")
	}
	s.Remove("a")
	s.Remove("missing")
	if s.Has("a") {
		t.Fatal("a was removed")
	}
	s.RemoveAll()
	if s.Length() != 0 || s.GetAll() == nil {
		t.Fatal("RemoveAll must leave an empty store")
	}
}

func TestStoreZeroValue(t *testing.T) {
	t.Parallel()
	var s store.Store[string]
	if s.Has("a") || s.Get("a") != "" {
		t.Fatal("the zero store is empty")
	}
	s.Set("a", "x")
	if s.Get("a") != "x" {
		t.Fatal("the zero store must accept entries")
	}
}

func TestStoreSetIfLessThanLimit(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		key   string
		limit int
		want  bool
	}{
		{"room left", "new", 3, true},
		{"full", "new", 2, false},
		{"full but known key", "a", 1, true},
		{"negative limit", "new", -1, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := store.New(map[string]int{"a": 1, "b": 2})
			if got := s.SetIfLessThanLimit(tc.key, 7, tc.limit); got != tc.want {
				t.Fatalf("got %v, want %v", got, tc.want)
			}
			if stored := s.Get(tc.key) == 7; stored != tc.want {
				t.Fatalf("stored %v, want %v", stored, tc.want)
			}
		})
	}
}

func TestStoreConcurrentLimit(t *testing.T) {
	t.Parallel()
	s := store.New[int](nil)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			s.SetIfLessThanLimit(strconv.Itoa(i), i, 10)
			s.GetAll()
		})
	}
	wg.Wait()
	if s.Length() != 10 {
		t.Fatalf("length %d, want 10", s.Length())
	}
}
