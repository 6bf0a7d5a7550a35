package jsvm

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core"
)

func newListCommand(h *host) *cobra.Command {
	var all, asJSON bool
	cmd := &cobra.Command{
		Use:         "list",
		Short:       "Lists all handlers in the order in which they run",
		Long:        "Lists the handlers of every event in the order in which they run, then routes, middlewares and jobs of scripts.\nThe figures are those of the last run of the server on the data folder.",
		Args:        cobra.NoArgs,
		Annotations: withoutApp(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			handlers := core.ListHandlers(h.app)
			if !all {
				handlers = slices.DeleteFunc(handlers, func(l core.ListedHandler) bool { return l.BuiltIn })
			}
			var err error
			if asJSON {
				encoder := json.NewEncoder(cmd.OutOrStdout())
				encoder.SetIndent("", "  ")
				err = encoder.Encode(handlers)
			} else {
				err = printHandlers(newReport(cmd), handlers)
			}
			return errors.Join(err, h.reportUnloaded(cmd.ErrOrStderr()))
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "list the handlers of the server itself, too")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// reportUnloaded prints the problems of files that are not in the list because
// they do not load, and fails if there are any.
func (h *host) reportUnloaded(w io.Writer) error {
	c := &checker{host: h}
	c.loadFailures()
	if len(c.problems) == 0 {
		return nil
	}
	c.show(&report{out: w})
	return fmt.Errorf("the list is not complete: %s", plural(len(c.problems), "problem"))
}

func printHandlers(r *report, handlers []core.ListedHandler) error {
	if len(handlers) == 0 {
		r.line("There are no handlers. `hooks new` shows what to start with.")
		return r.err
	}
	table := tabwriter.NewWriter(r, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "EVENT\t#\tKIND\tSOURCE\tTAGS\tOPTIONS\tFIGURES")
	place := map[string]int{}
	for _, l := range handlers {
		place[l.Event]++
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", l.Event, place[l.Event], l.Kind,
			cmp.Or(l.Source, "-"), cmp.Or(strings.Join(l.Tags, ","), "-"), cmp.Or(optionsText(l), "-"), figuresText(l))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return r.err
}

func optionsText(l core.ListedHandler) string {
	var options []string
	add := func(is bool, format string, args ...any) {
		if is {
			options = append(options, fmt.Sprintf(format, args...))
		}
	}
	add(l.Name != "", "name=%s", l.Name)
	add(l.First, "first")
	add(l.Order != 0, "order=%d", l.Order)
	add(l.TimeoutMs != 0, "timeout=%s", time.Duration(l.TimeoutMs)*time.Millisecond)
	add(l.Background, "background")
	add(l.ContinuesOnError, "onError=continue")
	return strings.Join(options, " ")
}

func figuresText(l core.ListedHandler) string {
	if l.Runs == 0 {
		return "-"
	}
	text := fmt.Sprintf("%s, %.2f ms", plural(int(l.Runs), "run"), l.AverageMs)
	if l.Failures > 0 {
		text += fmt.Sprintf(", %d failed", l.Failures)
	}
	return text
}

// listed describes what scripts registered besides hooks.
func (h *host) listed() []core.ListedHandler {
	g := h.current.Load()
	if g == nil {
		return nil
	}
	var list []core.ListedHandler
	for _, kind := range []handlerKind{middlewareHandler, routeHandler, cronHandler} {
		for _, handler := range g.handlers {
			if handler.kind != kind {
				continue
			}
			list = append(list, core.ListedHandler{Event: handler.event(), Kind: "script", Source: handler.name})
		}
	}
	return list
}

// event is what the handler was registered for, as lists and traces name it.
func (h *handler) event() string {
	if h.what == "" {
		return string(h.kind)
	}
	return h.what
}
