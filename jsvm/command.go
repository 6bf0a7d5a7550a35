package jsvm

import (
	"context"
	"errors"
	"os/exec"

	"github.com/dop251/goja"
	"github.com/spf13/cobra"
)

// commandMembers replace the methods of commands that wait: a command ends with
// the call that waits for it. One that is only started goes on by itself.
func commandMembers() []*member {
	return []*member{
		{name: "run", call: onCommand(func(env *environment, cmd *exec.Cmd) (any, error) {
			return nil, env.runCommand(cmd)
		})},
		{name: "wait", call: onCommand(func(env *environment, cmd *exec.Cmd) (any, error) {
			return nil, env.waitCommand(cmd)
		})},
		{name: "output", call: onCommand(func(env *environment, cmd *exec.Cmd) (any, error) {
			if cmd.Stdout != nil {
				return nil, errors.New("exec: Stdout already set")
			}
			var out boundedBuffer
			cmd.Stdout = &out
			if cmd.Stderr != nil {
				err := env.runCommand(cmd)
				return out.content, err
			}
			var complaint errorBuffer
			cmd.Stderr = &complaint
			err := env.runCommand(cmd)
			if failed, ok := errors.AsType[*exec.ExitError](err); ok {
				failed.Stderr = complaint.content
			}
			return out.content, err
		})},
		{name: "combinedOutput", call: onCommand(func(env *environment, cmd *exec.Cmd) (any, error) {
			if cmd.Stdout != nil || cmd.Stderr != nil {
				return nil, errors.New("exec: Stdout or Stderr already set")
			}
			var out boundedBuffer
			cmd.Stdout, cmd.Stderr = &out, &out
			err := env.runCommand(cmd)
			return out.content, err
		})},
	}
}

// newCommand is a command of the command line. One whose function throws, or
// rejects, fails: the console shows why and the process ends with an error.
func newCommand(env *environment, args []goja.Value) (any, error) {
	cmd := &cobra.Command{}
	if err := env.read(args, 0, cmd); err != nil {
		return nil, err
	}
	if cmd.Run == nil || cmd.RunE != nil {
		return cmd, nil
	}
	var run func(*cobra.Command, []string) (any, error)
	if err := env.into(optional(args, 0).ToObject(env.vm).Get("run"), &run); err != nil {
		return nil, err
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		_, err := run(cmd, args)
		return err
	}
	return cmd, nil
}

// maxCommandOutput bounds what a command prints for a script.
const maxCommandOutput = 64 << 20

// boundedBuffer is a buffer that refuses what would be too much.
type boundedBuffer struct{ content []byte }

// Write implements io.Writer.
func (b *boundedBuffer) Write(p []byte) (int, error) {
	if len(b.content)+len(p) > maxCommandOutput {
		return 0, errors.New("the command prints too much")
	}
	b.content = append(b.content, p...)
	return len(p), nil
}

// maxCommandComplaint bounds what an error tells of why a command failed.
const maxCommandComplaint = 64 << 10

// errorBuffer keeps the beginning of what is written.
type errorBuffer struct{ content []byte }

// Write implements io.Writer.
func (b *errorBuffer) Write(p []byte) (int, error) {
	kept := min(len(p), maxCommandComplaint-len(b.content))
	b.content = append(b.content, p[:kept]...)
	return len(p), nil
}

// onCommand makes a method of a function; its error is thrown.
func onCommand(fn func(*environment, *exec.Cmd) (any, error)) nativeMethod {
	return func(env *environment, recv any, _ goja.FunctionCall) goja.Value {
		result, err := fn(env, recv.(*exec.Cmd))
		if err != nil {
			env.throwGo(err)
		}
		if result == nil {
			return goja.Undefined()
		}
		return env.toJS(result)
	}
}

func (env *environment) runCommand(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	return env.waitCommand(cmd)
}

// waitCommand waits for a started command and kills it when the running call
// must end.
func (env *environment) waitCommand(cmd *exec.Cmd) error {
	if process := cmd.Process; process != nil {
		stop := context.AfterFunc(env.context(), func() {
			_ = process.Kill() // it may have ended by itself
		})
		defer stop()
	}
	return cmd.Wait()
}
