package apis

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// realtimeIdleTimeout is how long a connection may be silent. Clients connect
// anew by themselves.
const realtimeIdleTimeout = 5 * time.Minute

// realtimeAPI lets clients receive what happens to records.
type realtimeAPI struct {
	app      *core.App
	stopping atomic.Bool
}

func bindRealtime(app *core.App, api, logged *echo.Group) {
	a := &realtimeAPI{app: app}
	api.GET("/realtime", a.connect)
	logged.POST("/realtime", a.subscribe)
	newBroadcaster(app).bind()
	app.OnTerminate().Bind(hook.Handler[*core.TerminateEvent]{
		Info: hook.Info{ID: "realtime.stop", Source: hook.Source{Kind: hook.System}},
		Func: func(*core.TerminateEvent) error {
			a.stopping.Store(true)
			app.SubscriptionsBroker().Close()
			return nil
		},
	})
}

// connect registers a client and sends it what is queued for it, until one side
// ends the connection.
func (a *realtimeAPI) connect(c *echo.Context) error {
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "text/event-stream")
	header.Set(echo.HeaderCacheControl, "no-store")
	header.Set("X-Accel-Buffering", "no") // or nginx holds messages back

	broker := a.app.SubscriptionsBroker()
	client := realtime.NewClient()
	broker.Register(client)
	event := &core.RealtimeConnectEvent{HttpContext: c, Client: client, IdleTimeout: realtimeIdleTimeout}
	if err := a.admit(event); err != nil {
		a.disconnect(c, client)
		return err
	}
	a.stream(event)
	return nil
}

func (a *realtimeAPI) admit(event *core.RealtimeConnectEvent) error {
	if a.stopping.Load() {
		return web.NewApiError(http.StatusServiceUnavailable, "The server is stopping.", nil)
	}
	return a.app.OnRealtimeConnectRequest().Trigger(event)
}

// stream runs the stream of an admitted client on a goroutine of the app. It
// returns at once if the stream does not need the request any more.
func (a *realtimeAPI) stream(event *core.RealtimeConnectEvent) {
	wire, tookOver := newWire(event.HttpContext)
	ctx, cancel := context.WithCancel(context.WithoutCancel(event.HttpContext.Request().Context()))
	s := &stream{app: a.app, c: detach(ctx, event.HttpContext), client: event.Client, wire: wire}
	idleTimeout := event.IdleTimeout
	a.app.Go(func(ctx context.Context) {
		defer cancel()
		defer a.disconnect(s.c, s.client)
		s.run(ctx, idleTimeout)
	})
	if !tookOver {
		<-ctx.Done()
	}
}

func (a *realtimeAPI) disconnect(c *echo.Context, client *realtime.Client) {
	defer a.app.SubscriptionsBroker().Unregister(client.Id())
	event := &core.RealtimeDisconnectEvent{HttpContext: c, Client: client}
	if err := a.app.OnRealtimeDisconnectRequest().Trigger(event); err != nil {
		a.app.Logger().Error("Realtime disconnect hook failed", slog.Any("error", err))
	}
}
