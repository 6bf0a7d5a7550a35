package jsvm

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/hook"
)

// generationKey is where a request context keeps the generation of the request.
const generationKey = "jsvm.generation"

// RequestScoped implements apis.RequestScoped: what goes on behind a request,
// such as an event stream, belongs to the generation that is current then.
func (g *generation) RequestScoped() {}

// routes are the routes and middlewares that the scripts of a generation added.
// They have a router of their own; nothing is ever removed from it.
type routes struct {
	gen    *generation
	router *echo.DefaultRouter
	count  int
	pre    []echo.MiddlewareFunc
	use    []echo.MiddlewareFunc
	// scratch holds contexts for lookups.
	scratch sync.Pool
}

func newRoutes(g *generation) *routes {
	return &routes{gen: g, router: echo.NewRouter(echo.RouterConfig{
		AllowOverwritingRoute:   true,
		UnescapePathParamValues: true,
	})}
}

// add registers a route; one with the same method and path replaces it.
func (r *routes) add(method, path string, run echo.HandlerFunc, chain []echo.MiddlewareFunc) error {
	_, err := r.router.Add(echo.Route{Method: method, Path: path, Handler: run, Middlewares: chain})
	if err != nil {
		return fmt.Errorf("add route %s %s: %w", method, path, err)
	}
	r.count++
	return nil
}

// forward connects the generations to the router of a server, once: one
// middleware in front of the routing and one behind all others.
func (h *host) forward(router *echo.Echo) {
	router.Pre(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			g := h.pin(c)
			defer g.requests.done()
			return h.calls.limit(compose(g.routes.pre, next))(c)
		}
	})
	router.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			g := pinnedTo(c)
			if g == nil {
				return next(c)
			}
			return compose(g.routes.use, g.routes.match(c, next))(c)
		}
	})
}

// pin ties a request to the current generation.
func (h *host) pin(c *echo.Context) *generation {
	for {
		g := h.current.Load()
		g.requests.add()
		if h.current.Load() == g {
			c.Set(generationKey, g)
			return g
		}
		g.requests.done() // replaced in between
	}
}

func pinnedTo(c *echo.Context) *generation {
	g, _ := c.Get(generationKey).(*generation)
	return g
}

func compose(chain []echo.MiddlewareFunc, last echo.HandlerFunc) echo.HandlerFunc {
	for _, c := range slices.Backward(chain) {
		last = c(last)
	}
	return last
}

// match returns the handler of the script route for a request, or next, which
// is what the server's own router has found. It behaves as if all routes were in
// one router in which scripts replace what was there.
func (r *routes) match(c *echo.Context, next echo.HandlerFunc) echo.HandlerFunc {
	if r.count == 0 {
		return next
	}
	found, _ := r.scratch.Get().(*echo.Context)
	if found == nil {
		found = echo.NewContext(c.Request(), c.Response(), c.Echo())
	} else {
		found.Reset(c.Request(), c.Response())
	}
	defer r.scratch.Put(found)
	request := c.Request()
	pattern := request.Pattern
	handler := r.router.Route(found)
	own, builtIn := found.RouteInfo(), c.RouteInfo()
	switch {
	case own.Name == echo.NotFoundRouteName:
	case own.Name == echo.MethodNotAllowedRouteName:
		if builtIn.Name == echo.NotFoundRouteName {
			return func(*echo.Context) error { return echo.ErrMethodNotAllowed }
		}
	case !isRoute(builtIn) || winsOver(found.Path(), c.Path()):
		values := found.PathValues()
		c.InitializeRoute(&own, &values)
		c.SetPath(found.Path())
		return handler
	}
	request.Pattern = pattern
	return next
}

func isRoute(info echo.RouteInfo) bool {
	return info.Name != echo.NotFoundRouteName && info.Name != echo.MethodNotAllowedRouteName
}

// winsOver reports whether a script's path goes before a built-in one that
// matches the same request: the first segment that is more specific decides,
// equal paths are replaced. The catch-all of the public directory comes last
// and replaces that of a script.
func winsOver(own, builtIn string) bool {
	if own == builtIn {
		return own != "/*"
	}
	ownParts, builtInParts := strings.Split(own, "/"), strings.Split(builtIn, "/")
	for i := range min(len(ownParts), len(builtInParts)) {
		a, b := segmentRank(ownParts[i]), segmentRank(builtInParts[i])
		if a != b {
			return a < b
		}
	}
	return true
}

func segmentRank(segment string) int {
	switch {
	case strings.HasPrefix(segment, "*"):
		return 2
	case strings.HasPrefix(segment, ":"):
		return 1
	}
	return 0
}

// httpHandler makes a route handler of a script function or of a Go one, such
// as those of $apis.
func (l *loader) httpHandler(fn goja.Value) (echo.HandlerFunc, error) {
	if obj, ok := fn.(*goja.Object); ok {
		if _, isGo := l.env.goFuncOf(obj); isGo {
			var handler echo.HandlerFunc
			err := l.env.into(fn, &handler)
			return handler, err
		}
	}
	h, err := l.newHandler(routeHandler, fn)
	if err != nil {
		return nil, err
	}
	return h.serve, nil
}

func (l *loader) middlewares(list []goja.Value) ([]echo.MiddlewareFunc, error) {
	var chain []echo.MiddlewareFunc
	for _, fn := range list {
		mw, err := l.middleware(fn)
		if err != nil {
			return nil, err
		}
		chain = append(chain, mw)
	}
	return chain, nil
}

func (l *loader) middleware(fn goja.Value) (echo.MiddlewareFunc, error) {
	if obj, ok := fn.(*goja.Object); ok {
		if _, isGo := l.env.goFuncOf(obj); isGo {
			var mw echo.MiddlewareFunc
			err := l.env.into(fn, &mw)
			return mw, err
		}
	}
	h, err := l.newHandler(middlewareHandler, fn)
	if err != nil {
		return nil, err
	}
	return h.wrap, nil
}

func (l *loader) addUse(list []goja.Value) error {
	chain, err := l.middlewares(list)
	l.gen.routes.use = append(l.gen.routes.use, chain...)
	return err
}

func (l *loader) addPre(list []goja.Value) error {
	chain, err := l.middlewares(list)
	l.gen.routes.pre = append(l.gen.routes.pre, chain...)
	return err
}

// serve answers a request with a script handler.
func (h *handler) serve(c *echo.Context) error {
	return h.run(c.Request().Context(), func(env *environment) []goja.Value {
		return []goja.Value{env.toJS(c)}
	}, routeOutcome)
}

// wrap runs a script middleware around the next handler.
func (h *handler) wrap(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		return h.run(c.Request().Context(), func(env *environment) []goja.Value {
			return []goja.Value{env.nextFunction(c, next)}
		}, func(env *environment, v goja.Value) error {
			inner, ok := goja.AssertFunction(v)
			if !ok {
				return errors.New("a middleware must return a function: (next) => (c) => …")
			}
			result, err := inner(goja.Undefined(), env.toJS(c))
			if err != nil {
				return env.caught(err)
			}
			if result, err = env.settled(result); err != nil {
				return h.waiting(err)
			}
			return routeOutcome(env, result)
		})
	}
}

// nextFunction is what a middleware gets to go on with the request.
func (env *environment) nextFunction(c *echo.Context, next echo.HandlerFunc) goja.Value {
	return env.native("next", 1, func(call goja.FunctionCall) goja.Value {
		env.enterGo()
		defer env.leaveGo()
		defer env.recoverGo()
		given := arg[*echo.Context](env, call, 0)
		if given == nil {
			given = c
		}
		defer env.machine.pause()()
		if err := next(given); err != nil {
			env.throwGo(err)
		}
		return goja.Undefined()
	})
}

// routeOutcome is outcome for handlers and middlewares of routes: there is no
// chain that false could stop.
func routeOutcome(env *environment, v goja.Value) error {
	if err := outcome(env, v); !errors.Is(err, hook.StopPropagation) {
		return err
	}
	return nil
}

// arg returns the i-th argument converted to T; a missing one is the zero value
// and one that cannot be converted throws a TypeError.
func arg[T any](env *environment, call goja.FunctionCall, i int) T {
	var target T
	if i < len(call.Arguments) {
		if err := env.into(call.Arguments[i], &target); err != nil {
			panic(env.vm.NewTypeError("could not convert function call parameter %d: %v", i, err))
		}
	}
	return target
}
