package logger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"github.com/fatih/color"
)

// show writes one entry for a person: time, level and message on one line,
// then its data; texts of several lines, such as stacks, keep their lines.
func (q *queue) show(w io.Writer, e Entry) {
	var b bytes.Buffer
	level := fmt.Sprintf("%-5s", e.Level.String())
	b.WriteString(color.New(color.FgHiBlack).Sprint(e.Time.Format("15:04:05.000")))
	b.WriteString(" " + levelColor(e.Level).Sprint(level) + " " + e.Message)

	var blocks []string
	for _, key := range slices.Sorted(maps.Keys(e.Data)) {
		text := consoleText(e.Data[key])
		if strings.Contains(text, "\n") {
			blocks = append(blocks, key+":\n"+text)
			continue
		}
		b.WriteString(color.New(color.FgHiBlack).Sprint(" " + key + "=" + text))
	}
	b.WriteByte('\n')
	for _, block := range blocks {
		b.WriteString("    " + strings.ReplaceAll(strings.TrimRight(block, "\n"), "\n", "\n    ") + "\n")
	}

	q.printing.Lock()
	defer q.printing.Unlock()
	_, _ = w.Write(b.Bytes()) // a console that is gone cannot be told about
}

func levelColor(level slog.Level) *color.Color {
	switch {
	case level >= slog.LevelError:
		return color.New(color.FgRed)
	case level >= slog.LevelWarn:
		return color.New(color.FgYellow)
	case level >= slog.LevelInfo:
		return color.New(color.FgCyan)
	default:
		return color.New(color.FgHiBlack)
	}
}

func consoleText(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case json.RawMessage:
		return string(x)
	case map[string]any:
		raw, err := json.Marshal(x)
		if err != nil {
			return fmt.Sprint(x)
		}
		return string(raw)
	default:
		return fmt.Sprint(x)
	}
}
