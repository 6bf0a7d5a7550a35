package jsvm

import (
	"bytes"
	"log"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/coretest"
)

func TestConsoleFormat(t *testing.T) {
	t.Parallel()
	tests := []struct{ call, want string }{
		{`print("plain", 1, 2.5, true, null, undefined)`, "plain 1 2.5 true null undefined"},
		{`print("obj", { a: 1 }, [1, 2])`, "obj [object Object] 1,2"},
		{`print("%s has %d items and %j", "box", 3, { x: [1] })`, `box has 3 items and {"x":[1]}`},
		{`print("100%% of %s", "it")`, "100% of it"},
		{`print(new BadRequestError("x"))`, "X."},
		{`print()`, ""},
	}
	env := bindingsRuntime(t, coretest.New(t))
	var out bytes.Buffer
	if err := env.vm.Set("print", env.printLine("log", log.New(&out, "", 0))); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		out.Reset()
		if _, err := evaluated(t, env, "console.js", tt.call); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSuffix(out.String(), "\n"); got != tt.want {
			t.Errorf("%s prints %q, want %q", tt.call, got, tt.want)
		}
	}
	env.replaying = &replay{}
	out.Reset()
	if _, err := evaluated(t, env, "console.js", `print("again")`); err != nil || out.Len() > 0 {
		t.Errorf("prints %q while a file is evaluated again, %v", out.String(), err)
	}
}

func TestConsoleMembers(t *testing.T) {
	t.Parallel()
	env := bindingsRuntime(t, coretest.New(t))
	value, err := evaluated(t, env, "console.js", `Object.keys(console).sort().join()`)
	if err != nil || value.String() != "debug,error,info,log,warn" {
		t.Fatalf("members = %v, %v", value, err)
	}
}
