package core

import (
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/realtime"
)

// RealtimeConnectEvent is the payload of OnRealtimeConnectRequest.
type RealtimeConnectEvent struct {
	HttpContext *echo.Context
	Client      *realtime.Client
	// IdleTimeout closes the connection when nothing was sent for that long.
	IdleTimeout time.Duration
}

// RealtimeDisconnectEvent is the payload of OnRealtimeDisconnectRequest.
type RealtimeDisconnectEvent struct {
	HttpContext *echo.Context
	Client      *realtime.Client
}

// RealtimeMessageEvent is the payload of the realtime message events.
type RealtimeMessageEvent struct {
	HttpContext *echo.Context
	Client      *realtime.Client
	Message     *realtime.Message
}

// RealtimeSubscribeEvent is the payload of the realtime subscribe events.
type RealtimeSubscribeEvent struct {
	HttpContext   *echo.Context
	Client        *realtime.Client
	Subscriptions []string
}
