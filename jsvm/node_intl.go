package jsvm

import (
	"time"

	"github.com/dop251/goja"
)

// intlModule has what the small `Intl` of bundles cannot know by itself: the
// zones of the world.
func intlModule(vm *goja.Runtime, module *goja.Object) {
	exports := vm.NewObject()
	_ = exports.Set("zone", func(call goja.FunctionCall) goja.Value {
		location, err := time.LoadLocation(textOf(call.Argument(0)))
		if err != nil || textOf(call.Argument(0)) == "" {
			return goja.Undefined()
		}
		return vm.ToValue(location.String())
	})
	_ = exports.Set("local", func(goja.FunctionCall) goja.Value {
		if name := time.Local.String(); name != "Local" {
			return vm.ToValue(name)
		}
		return vm.ToValue("UTC")
	})
	// parts returns year, month, day, hour, minute, second, weekday and the
	// offset in minutes of a time in a zone.
	_ = exports.Set("parts", func(call goja.FunctionCall) goja.Value {
		location, err := time.LoadLocation(textOf(call.Argument(1)))
		if err != nil {
			panic(vm.NewTypeError("Invalid time zone specified: %s", textOf(call.Argument(1))))
		}
		t := time.UnixMilli(call.Argument(0).ToInteger()).In(location)
		name, offset := t.Zone()
		return vm.NewArray(t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), int(t.Weekday()), offset/60, name)
	})
	_ = module.Set("exports", exports)
}
