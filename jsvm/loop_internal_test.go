package jsvm

import (
	"context"
	"strings"
	"testing"
)

// TestPanicBesideScriptIsAnError would end the process if it were not contained.
func TestPanicBesideScriptIsAnError(t *testing.T) {
	t.Parallel()
	result := contained(t.Context(), func(context.Context) func() error { panic("boom") })
	if err := result(); err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("result %v", err)
	}
}
