package jsvm

import (
	"os/exec"
	"reflect"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/store"
	"github.com/tackleboxdev/tacklebox/core/types"
	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/mailer"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// hiddenMembers are exported for Go code only; scripts see what they saw in v0.22.
var hiddenMembers = map[reflect.Type][]string{
	reflect.TypeFor[core.App](): {"hooks", "go", "hideStartBanner", "migrate", "migrations", "observe", "reconfigure", "restartLater", "terminate", "version"},
	reflect.TypeFor[daos.Dao](): {
		"cachedCollection", "collectionFinder", "committedFunc", "context", "deleteLogsBelow", "findRecordIn", "forgetCollections",
		"insertLogs", "isTransaction", "listRecords", "querier", "recheckCollections", "resolver", "withContext",
	},
	reflect.TypeFor[models.Record]():         {"appendJSON", "bindValues", "values"},
	reflect.TypeFor[models.Collection]():     {"clone", "columns"},
	reflect.TypeFor[settings.Settings]():     {"marshalJSON", "unmarshalJSON"},
	reflect.TypeFor[types.DateTime]():        {"appendText"},
	reflect.TypeFor[web.ApiError]():          {"unwrap"},
	reflect.TypeFor[echo.Response]():         {"responseWriter"},
	reflect.TypeFor[echo.RouteInfo]():        {"clone", "parameters"},
	reflect.TypeFor[echo.Echo]():             {"middlewares", "preMiddlewares", "query", "schemeExtractor"},
	reflect.TypeFor[filesystem.Attributes](): {"originalName"},
	reflect.TypeFor[mailer.Sendmail]():       {"path"},
	reflect.TypeFor[realtime.Broker]():       {"close", "hasSubscriptions", "len", "snapshot", "subscriptions"},
	reflect.TypeFor[realtime.Client]():       {"done", "err", "resubscribe", "sendShared", "take", "update"},
}

// hiddenFormMembers are the steps of forms, which are exported for the API.
var hiddenFormMembers = []string{
	"check", "dryCreate", "find", "load", "marshalJSON", "needsDryCreate", "pending", "precheck", "save", "send", "unmarshalJSON",
}

// customise adapts what reflection finds on a type to what scripts of v0.22
// expect. Types that are not mentioned appear as they are.
func customise(info *typeInfo) {
	info.hide(hiddenMembers[info.typ]...)
	switch info.typ {
	case reflect.TypeFor[echo.Context]():
		info.replaceAll(contextMembers())
		info.only(contextNames)
	case reflect.TypeFor[echo.RouteInfo]():
		info.replaceAll(routeMembers())
	case reflect.TypeFor[echo.Response]():
		info.replaceAll(responseMembers())
	case reflect.TypeFor[models.Record]():
		info.replaceAll(recordMembers())
	case reflect.TypeFor[core.App]():
		info.replaceAll([]*member{
			{name: "dao", call: scriptDao},
			{name: "restart", call: scriptRestart},
			{name: "app", get: func(env *environment, recv any) goja.Value { return env.toJS(recv) }},
		})
	case reflect.TypeFor[dbx.Query](), reflect.TypeFor[dbx.SelectQuery]():
		info.endWithCall()
	case reflect.TypeFor[types.JsonMap]():
		info.replaceAll(jsonMapMembers())
	case reflect.TypeFor[formData]():
		for _, name := range []string{"append", "set"} {
			info.members[name].arity = 2 // the name of a file is optional
		}
	case reflect.TypeFor[exec.Cmd]():
		info.replaceAll(commandMembers())
	case reflect.TypeFor[store.Store[any]]():
		for _, name := range []string{"set", "remove", "removeAll", "reset", "setIfLessThanLimit"} {
			info.silence(name)
		}
	}
	switch info.typ.PkgPath() {
	case reflect.TypeFor[forms.RecordUpsert]().PkgPath():
		info.hide(hiddenFormMembers...)
		if info.typ != reflect.TypeFor[forms.RecordUpsert]() {
			info.hide("validateAndFill")
		}
	case reflect.TypeFor[hook.Info]().PkgPath():
		if strings.HasPrefix(info.typ.Name(), "Hook[") {
			customiseHook(info)
		}
	}
}

func (info *typeInfo) replaceAll(members []*member) {
	for _, m := range members {
		copied := *m
		info.replace(&copied)
	}
}

// hide removes members.
func (info *typeInfo) hide(names ...string) {
	if len(names) == 0 {
		return
	}
	hidden := map[string]bool{}
	for _, name := range names {
		hidden[name] = true
	}
	var kept []string
	for _, name := range info.names {
		if !hidden[name] {
			kept = append(kept, name)
		}
	}
	info.only(kept)
}

// silence makes a method do nothing while a file is evaluated for its closures.
func (info *typeInfo) silence(name string) {
	m, ok := info.members[name]
	if !ok || !m.isMethod() {
		return
	}
	index, arity := m.method, m.arity
	info.replace(&member{name: name, arity: arity, call: func(env *environment, recv any, call goja.FunctionCall) goja.Value {
		if env.quiet() {
			return goja.Undefined()
		}
		method := reflect.ValueOf(recv).Method(index)
		return env.callGo(method, method.Type(), call.Arguments)
	}})
}

// scriptDao is $app.dao(). While a file is evaluated for its closures it is one
// that writes nothing.
func scriptDao(env *environment, recv any, _ goja.FunctionCall) goja.Value {
	dao := recv.(*core.App).Dao()
	if dao == nil || !env.quiet() {
		return env.toJS(dao)
	}
	skip := func(*daos.Dao, models.Model, func() error) error { return nil }
	silent := dao.WithoutHooks()
	silent.BeforeCreateFunc, silent.BeforeUpdateFunc, silent.BeforeDeleteFunc = skip, skip, skip
	return env.toJS(silent)
}

// scriptRestart restarts the app when the request or call that asks for it has
// ended; the server waits for those that are under way.
func scriptRestart(env *environment, recv any, _ goja.FunctionCall) goja.Value {
	if !env.quiet() {
		recv.(*core.App).RestartLater()
	}
	return goja.Undefined()
}

// hookNames are the members of hook objects, those of tagged ones included.
var hookNames = []string{"add", "canTriggerOn", "hook", "preAdd", "remove", "removeAll", "trigger"}

// customiseHook adapts hook objects. Handlers that a file adds while it is
// loaded belong to its generation and go with it.
func customiseHook(info *typeInfo) {
	add, preAdd := info.members["add"], info.members["preAdd"]
	for _, m := range []*member{add, preAdd} {
		if m == nil {
			return
		}
	}
	info.replace(hookAdder("add", add.method))
	info.replace(hookAdder("preAdd", preAdd.method))
	if taggedHooks()[info.typ] {
		info.replace(&member{name: "hook", get: func(env *environment, recv any) goja.Value { return env.toJS(recv) }})
	} else {
		info.hide("canTriggerOn")
	}
	for _, name := range []string{"remove", "removeAll", "trigger"} {
		info.silence(name)
	}
	info.only(hookNames)
}

// taggedHooks are the types of the hooks whose handlers may be limited by tags.
var taggedHooks = sync.OnceValue(func() map[reflect.Type]bool {
	types := map[reflect.Type]bool{}
	for _, binding := range core.HookBindings {
		getter, ok := reflect.TypeFor[*core.App]().MethodByName("On" + binding.Name)
		if ok && binding.Tagged {
			types[getter.Type.Out(0).Elem()] = true
		}
	}
	return types
})

func hookAdder(name string, index int) *member {
	return &member{name: name, arity: 1, call: func(env *environment, recv any, call goja.FunctionCall) goja.Value {
		if env.quiet() {
			return env.vm.ToValue("")
		}
		method := reflect.ValueOf(recv).Method(index)
		fnType := method.Type().In(0)
		fn := reflect.New(fnType).Elem()
		if err := env.intoValue(call.Argument(0), fn); err != nil || fn.IsNil() {
			panic(env.vm.NewTypeError("%s expects a function", name))
		}
		loading := env.loading
		if loading != nil {
			fn = loading.gen.gated(fn)
		}
		id := method.Call([]reflect.Value{fn})[0].String()
		if loading != nil {
			remove := reflect.ValueOf(recv).MethodByName("Remove")
			loading.gen.onRetire(func() { remove.Call([]reflect.Value{reflect.ValueOf(id)}) })
		}
		return env.vm.ToValue(id)
	}}
}

// gated makes a hook handler that only runs while its generation is the one in
// charge of the event.
func (g *generation) gated(fn reflect.Value) reflect.Value {
	return reflect.MakeFunc(fn.Type(), func(args []reflect.Value) []reflect.Value {
		if !g.host.runs(g, args[0].Interface()) {
			return []reflect.Value{reflect.Zero(errorType)}
		}
		return fn.Call(args)
	})
}
