package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// manyScripts is how many files the larger folder of scripts has.
const manyScripts = 50

// startScript is a file of common size; NAME makes it differ from the others.
const startScript = `
const limits = { title: 120 };
function slug(text) { return text.toLowerCase().replace(/[^a-z0-9]+/g, "-"); }
onRecordBeforeCreateRequest((e) => {
  if (e.record.getString("title").length > limits.title) throw new BadRequestError("The title is too long.");
  e.record.set("slug", slug(e.record.getString("title")));
}, "posts");
onRecordAfterUpdateRequest((e) => { $app.logger().info("updated", "id", e.record.id); }, "posts");
routerAdd("GET", "/NAME/:id", (c) => {
  const record = $app.dao().findRecordById("posts", c.pathParam("id"));
  return c.json(200, { id: record.id, slug: slug(record.getString("title")) });
}, $apis.requireRecordAuth());
cronAdd("NAME", "0 3 * * *", () => {
  for (const record of $app.dao().findRecordsByFilter("posts", "created < '2020-01-01'")) $app.dao().deleteRecord(record);
});
`

const zodScript = `
import { z } from "zod";
const Post = z.object({ title: z.string().min(2).max(120), views: z.coerce.number().int().optional() });
routerAdd("POST", "/posts", async (c) => c.json(200, Post.parse($apis.requestInfo(c).data)));
`

// starter starts the program as users do.
type starter struct {
	app string
	// running is the program that was started last, in dir.
	running *exec.Cmd
	dir     string
	printed *bufio.Reader
	// resident is the memory of the last start of a folder, in MB.
	resident map[string]float64
}

// newStarter builds the program.
func (b *bench) newStarter() (*starter, error) {
	s := &starter{app: filepath.Join(b.dir, "app"), resident: map[string]float64{}}
	build := exec.CommandContext(context.Background(), "go", "build", "-trimpath", "-o", s.app, "github.com/tackleboxdev/tacklebox")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return s, nil
}

// starts measures how long it takes until the program listens.
func (b *bench) starts(rounds int) error {
	s, err := b.newStarter()
	if err != nil {
		return err
	}
	many := map[string]string{}
	for i := range manyScripts {
		name := fmt.Sprintf("file%02d", i)
		many[name+".pb.js"] = strings.ReplaceAll(startScript, "NAME", name)
	}
	none, err := b.folder("none", nil)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name  string
		files map[string]string
	}{{fmt.Sprintf("%d scripts", manyScripts), many}, {"a script that bundles zod", map[string]string{"zod.pb.ts": zodScript}}} {
		dir, err := b.folder(strings.ReplaceAll(c.name, " ", "-"), c.files)
		if errors.Is(err, errNoPackages) {
			fmt.Printf("start with %s: %v\n", c.name, err)
			continue
		}
		if err != nil {
			return err
		}
		if err := measure(scenario{
			name: "start with " + c.name, n: 1, handIs: "a start without scripts",
			ours: func() error { return s.start(dir) }, hand: func() error { return s.start(none) }, after: s.stop,
		}, rounds); err != nil {
			return err
		}
		fmt.Printf("%-34s %10.1fMB %10.1fMB\n", "resident with "+c.name, s.resident[dir], s.resident[none])
	}
	return nil
}

var errNoPackages = errors.New("the packages are not installed, run: make deps")

// folder makes a folder with scripts, which find the packages of the tests.
func (b *bench) folder(name string, files map[string]string) (string, error) {
	dir := filepath.Join(b.dir, "start-"+name)
	hooks := filepath.Join(dir, "pb_hooks")
	if err := os.MkdirAll(hooks, 0o750); err != nil {
		return "", err
	}
	for file, source := range files {
		if err := os.WriteFile(filepath.Join(hooks, file), []byte(source), 0o600); err != nil {
			return "", err
		}
		if !strings.Contains(source, "import ") {
			continue
		}
		packages, err := filepath.Abs("tests/npm/pb_hooks/node_modules")
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(filepath.Join(packages, "zod")); err != nil {
			return "", errNoPackages
		}
		if err := os.Symlink(packages, filepath.Join(hooks, "node_modules")); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// start returns when the program in the folder listens.
func (s *starter) start(dir string) error {
	s.running = exec.CommandContext(context.Background(), s.app, "serve", "--http=127.0.0.1:0", "--dir="+filepath.Join(dir, "pb_data"),
		"--hooksDir="+filepath.Join(dir, "pb_hooks"), "--migrationsDir="+filepath.Join(dir, "pb_migrations"))
	s.running.Dir, s.dir = dir, dir
	out, err := s.running.StdoutPipe()
	if err != nil {
		return err
	}
	s.running.Stderr = s.running.Stdout
	if err := s.running.Start(); err != nil {
		return err
	}
	s.printed = bufio.NewReader(out)
	var lines strings.Builder
	for !strings.Contains(lines.String(), "Server started at") {
		line, err := s.printed.ReadString('\n')
		lines.WriteString(line)
		if err != nil {
			return errors.Join(fmt.Errorf("the program ended: %s", lines.String()), s.running.Wait())
		}
	}
	return nil
}

// stop takes note of the memory in use and ends the program.
func (s *starter) stop() error {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.running.Process.Pid))
	if err == nil { // elsewhere than on Linux it is not told
		_, rest, _ := strings.Cut(string(status), "VmRSS:")
		if fields := strings.Fields(rest); len(fields) > 0 {
			kilobytes, _ := strconv.ParseFloat(fields[0], 64)
			s.resident[s.dir] = kilobytes / 1024
		}
	}
	if err := s.running.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, s.printed); err != nil {
		return err
	}
	return s.running.Wait()
}
