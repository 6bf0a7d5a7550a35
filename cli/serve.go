package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
)

const (
	localHTTP   = "127.0.0.1:8090"
	publicHTTP  = "0.0.0.0:80"
	publicHTTPS = "0.0.0.0:443"
)

func newServeCommand(app *core.App, flags *Flags) *cobra.Command {
	var httpAddr, httpsAddr, origins, trustedProxies, rateLimits string
	cmd := &cobra.Command{
		Use:   "serve [domain(s)]",
		Args:  cobra.ArbitraryArgs,
		Short: "Starts the web server (default to " + localHTTP + " if no domain is specified)",
		RunE: func(cmd *cobra.Command, domains []string) error {
			limits, err := parseRateLimits(rateLimits)
			if err != nil {
				return err
			}
			if _, err := app.Migrate(); err != nil {
				return err
			}
			if cmd.Context().Err() != nil {
				return nil // asked to stop while starting
			}
			httpAddr, httpsAddr := listenAddresses(httpAddr, httpsAddr, len(domains) > 0)
			return apis.Serve(app, apis.ServeConfig{
				HttpAddr:           httpAddr,
				HttpsAddr:          httpsAddr,
				CertificateDomains: domains,
				AllowedOrigins:     splitList(origins),
				TrustedProxies:     splitList(trustedProxies),
				RateLimits:         limits,
				ShowStartBanner:    !app.HideStartBanner(),
				PublicDir:          flags.PublicDir,
				IndexFallback:      flags.IndexFallback,
				Output:             cmd.OutOrStdout(),
			})
		},
	}
	set := cmd.Flags()
	set.StringVar(&httpAddr, "http", "", "the address of the HTTP server (default "+localHTTP+", with domains "+publicHTTP+")")
	set.StringVar(&httpsAddr, "https", "", "the address of the HTTPS server with an automatic certificate (default none, with domains "+publicHTTPS+")")
	set.StringVar(&origins, "origins", "*", "the allowed CORS origins, separated by commas")
	set.StringVar(&trustedProxies, "trustedProxies", "", "the addresses and networks of proxies that may name the address of the client, separated by commas, or none (default this machine and private networks)")
	set.StringVar(&rateLimits, "rateLimits", "", "the requests that one client may make, by groups of routes ("+strings.Join(apis.RateLimitGroups(), ", ")+"), such as auth=10/1m,write=100/10s (default no limits)")
	set.String("durability", "normal", "when a write is acknowledged: normal (survives the end of the process) or full (survives a power cut)")
	return cmd
}

// listenAddresses fills in the defaults of the two addresses.
func listenAddresses(httpAddr, httpsAddr string, domains bool) (string, string) {
	if domains {
		if httpAddr == "" {
			httpAddr = publicHTTP
		}
		if httpsAddr == "" {
			httpsAddr = publicHTTPS
		}
	}
	if httpAddr == "" && httpsAddr == "" {
		httpAddr = localHTTP
	}
	return httpAddr, httpsAddr
}

func parseRateLimits(list string) ([]apis.RateLimit, error) {
	var limits []apis.RateLimit
	for _, item := range splitList(list) {
		limit, err := apis.ParseRateLimit(item)
		if err != nil {
			return nil, err
		}
		limits = append(limits, limit)
	}
	return limits, nil
}

func splitList(list string) []string {
	var items []string
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
