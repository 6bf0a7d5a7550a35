package jsvm

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/util"
)

// consoleGlobal makes `console`. Its methods print one line with the local date
// and time in front; nothing while a script is evaluated again for its closures.
func consoleGlobal(env *environment) (goja.Value, error) {
	out, problems := consoleOutput(env)
	env.guardText(needs{"JSON": true}) // formats use it
	obj := env.vm.NewObject()
	for name, printer := range map[string]*log.Logger{
		"debug": out, "error": problems, "info": out, "log": out, "warn": problems,
	} {
		if err := obj.Set(name, env.printLine(name, printer)); err != nil {
			return nil, err
		}
	}
	return obj, nil
}

// consoleOutput returns the loggers of plain lines and of problems.
func consoleOutput(env *environment) (out, problems *log.Logger) {
	if env.cfg.bench != nil {
		plain := log.New(env.cfg.bench.console, "", 0)
		return plain, plain
	}
	timed := func(w io.Writer) *log.Logger { return log.New(w, "", log.LstdFlags) }
	return timed(os.Stdout), timed(os.Stderr)
}

// printLine returns a console method. The first argument may be a format with
// %s, %d and %j; arguments it does not use follow, separated by spaces. The trace
// of the running handler keeps the line, too.
func (env *environment) printLine(level string, printer *log.Logger) func(goja.FunctionCall) goja.Value {
	format := util.New(env.vm)
	return func(call goja.FunctionCall) goja.Value {
		if env.quiet() {
			return goja.Undefined()
		}
		var line bytes.Buffer
		args := make([]goja.Value, len(call.Arguments))
		for i, arg := range call.Arguments {
			args[i] = env.shortened(arg)
		}
		if len(args) > 0 {
			format.Format(&line, args[0].String(), args[1:]...)
		}
		printer.Print(line.String())
		if env.running() {
			env.printed.Add(level, line.String())
		}
		return goja.Undefined()
	}
}

// maxConsoleText bounds the texts that are printed, in characters.
const maxConsoleText = 1 << 16

// shortened returns a value to print without what is too much of it.
func (env *environment) shortened(v goja.Value) goja.Value {
	text, ok := v.(goja.String)
	if !ok || text.Length() <= maxConsoleText {
		return v
	}
	rest := text.Length() - maxConsoleText
	return env.vm.ToValue(fmt.Sprintf("%s… (%d characters more)", text.Substring(0, maxConsoleText).String(), rest))
}
