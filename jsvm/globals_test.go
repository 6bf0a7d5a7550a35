package jsvm

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

// TestNativeCallsEndWithTheCall checks that what blocks outside of the runtime
// does not outlive the call of a script.
func TestNativeCallsEndWithTheCall(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, source, want string }{
		{"sleep", `sleep(60000)`, ""},
		{"command", `$os.cmd("sleep", "60").run()`, "signal: killed"},
		{"output", `$os.cmd("sleep", "60").output()`, "signal: killed"},
		{"request", `$http.send({ url: base + "/slow" })`, "context canceled"},
		{"download", `$filesystem.fileFromUrl(base + "/slow")`, "context canceled"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			env := bindingsRuntime(t, coretest.New(t))
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			env.ctx = ctx
			begun := time.Now()
			_, err := evaluated(t, env, tt.name+".js", tt.source)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error = %v, want %q", err, tt.want)
			}
			if d := time.Since(begun); d > 30*time.Second {
				t.Fatalf("took %v although the call had ended", d)
			}
		})
	}
}

// TestHookObjectsOfTaggedEvents checks that only the hook objects of events with
// tags know about tags.
func TestHookObjectsOfTaggedEvents(t *testing.T) {
	t.Parallel()
	env := bindingsRuntime(t, coretest.New(t))
	for _, binding := range core.HookBindings {
		got, err := evaluated(t, env, binding.Name+".js", `(({ canTriggerOn, hook, add }) => [typeof canTriggerOn, typeof hook, typeof add].join())($app.on`+binding.Name+`())`)
		want := "undefined,undefined,function"
		if binding.Tagged {
			want = "function,object,function"
		}
		if err != nil || got.String() != want {
			t.Errorf("on%s: %v, %v, want %s", binding.Name, got, err, want)
		}
	}
}
