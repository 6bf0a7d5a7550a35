package contract

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// surfaceMember is a member of an object as scripts see it.
type surfaceMember struct {
	Member string `json:"member"`
	Typeof string `json:"typeof"`
	Arity  int    `json:"arity"`
}

var (
	surfaceLine = regexp.MustCompile(`^(.*?)(?:\((\d+)\)|:(\w+))$`)
	arrayIndex  = regexp.MustCompile(`^\d+$`)
)

// TestSurface compares the members that scripts see with the recorded ones.
// Ours are in the golden file of the script engine, whose own test keeps it
// up to date. What makes no sense any more is listed with the reason.
func TestSurface(t *testing.T) {
	t.Parallel()
	recorded := os.Getenv("TACKLEBOX_CONTRACT")
	if recorded == "" {
		t.Skip("no recorded surface: set TACKLEBOX_CONTRACT")
	}
	raw, err := os.ReadFile(filepath.Join(recorded, "jsvm-surface.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("there is no recorded surface")
	}
	if err != nil {
		t.Fatal(err)
	}
	var want struct{ Objects map[string][]surfaceMember }
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	ours, gone := ownSurface(t), goneMembers(t)
	objects, members, lacking := 0, 0, 0
	for object, list := range want.Objects {
		objects++
		for _, m := range list {
			members++
			name := object + "." + m.Member
			problem := compareMember(ours[object], m)
			switch {
			case problem == "" && gone[name] != "":
				t.Errorf("%s is there, take it off surface-gone.json", name)
			case problem != "" && gone[name] == "":
				lacking++
				t.Errorf("%s: %s", name, problem)
			}
		}
	}
	t.Logf("%d objects, %d members recorded, %d lacking, %d gone with a reason", objects, members, lacking, len(gone))
}

// compareMember returns what is wrong with our member, "" if nothing.
func compareMember(ours map[string]surfaceMember, want surfaceMember) string {
	got, ok := ours[want.Member]
	switch {
	case arrayIndex.MatchString(want.Member):
		return "" // how many elements there are depends on the data
	case !ok:
		return "missing"
	case want.Typeof == "function" && got.Typeof == "function" && got.Arity != want.Arity:
		return "takes " + strconv.Itoa(got.Arity) + " arguments, not " + strconv.Itoa(want.Arity)
	case !sameType(want.Typeof, got.Typeof):
		return "is a " + got.Typeof + ", not a " + want.Typeof
	}
	return ""
}

// sameType compares two results of typeof. What is null here may be set there.
// Nullable texts were objects, they are texts or null; functions that nobody
// set were functions that cannot be called, they are null.
func sameType(want, got string) bool {
	objects := map[string]bool{"object": true, "array": true, "null": true}
	return want == got || want == "null" || got == "null" || objects[want] && objects[got] || want == "object" && got == "string"
}

func ownSurface(t *testing.T) map[string]map[string]surfaceMember {
	t.Helper()
	raw, err := os.ReadFile("../../jsvm/testdata/surface.txt")
	if err != nil {
		t.Fatal(err)
	}
	surface := map[string]map[string]surfaceMember{}
	var members map[string]surfaceMember
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if object, ok := strings.CutPrefix(line, "## "); ok {
			members = map[string]surfaceMember{}
			surface[object] = members
			continue
		}
		parts := surfaceLine.FindStringSubmatch(line)
		if parts == nil || members == nil {
			continue
		}
		m := surfaceMember{Member: parts[1], Typeof: parts[3]}
		if parts[2] != "" {
			m.Typeof = "function"
			m.Arity, _ = strconv.Atoi(parts[2])
		}
		members[m.Member] = m
	}
	return surface
}

func goneMembers(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("surface-gone.json")
	if err != nil {
		t.Fatal(err)
	}
	var gone map[string]string
	if err := json.Unmarshal(raw, &gone); err != nil {
		t.Fatal(err)
	}
	return gone
}
