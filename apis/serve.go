package apis

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fatih/color"
	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

const (
	readTimeout       = 10 * time.Minute
	readHeaderTimeout = 30 * time.Second
	shutdownTimeout   = 10 * time.Second

	certCacheDir = ".autocert_cache"
)

// ServeConfig says where and how to listen.
type ServeConfig struct {
	// HttpAddr is the address of the plain listener. With HttpsAddr it only
	// answers certificate challenges and redirects.
	HttpAddr string
	// HttpsAddr is the address of the TLS listener; empty for none.
	HttpsAddr string
	// CertificateDomains are the hosts to get certificates for, besides the one
	// of HttpsAddr. Their www variants are added and redirected.
	CertificateDomains []string
	// AllowedOrigins are the origins that browsers may call from; none means any.
	AllowedOrigins []string
	// TrustedProxies are the addresses and networks of the proxies whose word
	// on the address of the client counts; "none" stands for no proxy. Without
	// any it is this machine and private networks.
	TrustedProxies []string
	// RateLimits bound the requests of one client; without any there is no bound.
	RateLimits []RateLimit
	// ShowStartBanner prints the addresses once the server listens.
	ShowStartBanner bool
	// PublicDir is the folder that is served at the root; empty for none.
	PublicDir string
	// IndexFallback serves the root index.html of PublicDir for missing files.
	IndexFallback bool
	// Output is where the banner goes; nil means standard output.
	Output io.Writer
	// OnListen is called with the real address once the server listens.
	OnListen func(addr net.Addr)
}

// Serve listens and answers requests until the app terminates. It then lets the
// requests that are under way finish, for 10 seconds at most, and returns nil.
//
// The app must be bootstrapped and its databases migrated. An error of a
// before-serve hook or of a listener is returned without having served anything.
func Serve(app *core.App, config ServeConfig) error {
	if len(config.AllowedOrigins) == 0 {
		config.AllowedOrigins = []string{anyOrigin}
	}
	event, err := prepareServer(app, config)
	if err != nil {
		return err
	}
	return app.OnBeforeServe().Trigger(event, func(e *core.ServeEvent) error {
		if config.PublicDir != "" {
			servePublic(e, config)
		}
		return listenAndServe(e, config)
	})
}

func prepareServer(app *core.App, config ServeConfig) (*core.ServeEvent, error) {
	router, err := InitApi(app)
	if err != nil {
		return nil, err
	}
	trusted, err := parseProxies(config.TrustedProxies)
	if err != nil {
		return nil, err
	}
	router.IPExtractor = trusted.clientIP
	router.Use(cors(config.AllowedOrigins))
	if len(config.RateLimits) > 0 {
		router.Use(rateLimiter(config.RateLimits))
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{
		Addr:              config.HttpAddr,
		Handler:           router,
		ReadTimeout:       readTimeout,
		ReadHeaderTimeout: readHeaderTimeout,
		// Aborted handshakes and the like are the business of their clients.
		ErrorLog: log.New(io.Discard, "", 0),
	}}
	if config.HttpsAddr != "" {
		hosts := certificateHosts(config)
		router.Pre(redirectWWW(hosts))
		event.CertManager = certManager(app, hosts)
		event.Server.Addr = config.HttpsAddr
		event.Server.TLSConfig = &tls.Config{
			MinVersion:     tls.VersionTLS12,
			GetCertificate: event.CertManager.GetCertificate,
			NextProtos:     []string{"h2", "http/1.1", acme.ALPNProto},
		}
	}
	return event, nil
}

// servePublic adds the public folder unless a hook already serves the root.
func servePublic(e *core.ServeEvent, config ServeConfig) {
	for _, route := range e.Router.Router().Routes() {
		if route.Path == "/*" && route.Method == http.MethodGet {
			return
		}
	}
	e.Router.GET("/*", StaticDirectoryHandler(os.DirFS(config.PublicDir), config.IndexFallback))
}

// certificateHosts returns the hosts without their www variants.
func certificateHosts(config ServeConfig) []string {
	hosts := slices.Clone(config.CertificateDomains)
	if len(hosts) == 0 {
		if host, _, err := net.SplitHostPort(config.HttpsAddr); err == nil && host != "" {
			hosts = append(hosts, host)
		}
	}
	bare := hosts[:0]
	for _, host := range hosts {
		host = strings.TrimPrefix(host, "www.")
		if host != "" && !slices.Contains(bare, host) {
			bare = append(bare, host)
		}
	}
	return bare
}

func certManager(app *core.App, hosts []string) *autocert.Manager {
	allowed := slices.Clone(hosts)
	for _, host := range hosts {
		allowed = append(allowed, "www."+host)
	}
	return &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		Cache:      autocert.DirCache(filepath.Join(app.DataDir(), certCacheDir)),
		HostPolicy: autocert.HostWhitelist(allowed...),
	}
}

// listenAndServe opens all listeners before it answers the first request, so a
// taken port never leaves half a server.
func listenAndServe(e *core.ServeEvent, config ServeConfig) error {
	listeners, err := openListeners(e, config)
	if err != nil {
		return err
	}
	servers := []*http.Server{e.Server}
	if len(listeners) > 1 {
		servers = append(servers, redirectServer(e))
	}
	stopped := stopOnTerminate(e.App, servers)

	if config.ShowStartBanner {
		printBanner(config, listeners[0].Addr())
	}
	if config.OnListen != nil {
		config.OnListen(listeners[0].Addr())
	}
	failures := make(chan error, len(servers))
	for i, server := range servers {
		go func() { failures <- serveOn(server, listeners[i]) }()
	}
	for range servers {
		if err := <-failures; err != nil && !errors.Is(err, http.ErrServerClosed) {
			for _, server := range servers {
				_ = server.Close()
			}
			return fmt.Errorf("serve: %w", err)
		}
	}
	<-stopped
	return nil
}

func openListeners(e *core.ServeEvent, config ServeConfig) ([]net.Listener, error) {
	addrs := []string{e.Server.Addr}
	if e.Server.TLSConfig != nil && config.HttpAddr != "" {
		addrs = append(addrs, config.HttpAddr)
	}
	var listeners []net.Listener
	for _, addr := range addrs {
		listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
		if err != nil {
			for _, open := range listeners {
				_ = open.Close()
			}
			return nil, err
		}
		listeners = append(listeners, listener)
	}
	return listeners, nil
}

// redirectServer answers certificate challenges and sends everything else to https.
func redirectServer(e *core.ServeEvent) *http.Server {
	return &http.Server{
		Handler:           e.CertManager.HTTPHandler(nil),
		ReadTimeout:       readTimeout,
		ReadHeaderTimeout: readHeaderTimeout,
		ErrorLog:          e.Server.ErrorLog,
	}
}

func serveOn(server *http.Server, listener net.Listener) error {
	if server.TLSConfig != nil {
		return server.ServeTLS(listener, "", "")
	}
	return server.Serve(listener)
}

// stopOnTerminate stops the servers after all other handlers of the terminate
// event ran. The channel is closed when no request is left.
func stopOnTerminate(app *core.App, servers []*http.Server) <-chan struct{} {
	stopped := make(chan struct{})
	app.OnTerminate().Bind(hook.Handler[*core.TerminateEvent]{
		Info: hook.Info{ID: "serve.stop", Source: hook.Source{Kind: hook.System}},
		Func: func(*core.TerminateEvent) error {
			ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
			defer cancel()
			for _, server := range servers {
				if err := server.Shutdown(ctx); err != nil {
					_ = server.Close()
				}
			}
			app.OnTerminate().Remove("serve.stop")
			close(stopped)
			return nil
		},
	})
	return stopped
}

func printBanner(config ServeConfig, addr net.Addr) {
	out := config.Output
	if out == nil {
		out = color.Output
	}
	schema, host := "http", addr.String()
	if config.HttpsAddr != "" {
		schema = "https"
		if len(config.CertificateDomains) > 0 {
			host = config.CertificateDomains[0]
		}
	}
	base := schema + "://" + host
	now := time.Now().Format("2006/01/02 15:04:05")
	fmt.Fprintf(out, "%s %s\n", now, color.New(color.Bold, color.FgGreen).Sprint("Server started at "+base))
	fmt.Fprintf(out, "├─ REST API: %s\n", color.CyanString(base+"/api/"))
	fmt.Fprintf(out, "└─ Admin UI: %s\n", color.CyanString(base+"/_/"))
}
