package apis

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// RateLimit bounds the requests of one client to a group of routes.
type RateLimit struct {
	// Group is one of [RateLimitGroups].
	Group string
	// Requests may be made at once; as many become possible again during Window.
	Requests int
	Window   time.Duration
}

// rateGroups are the groups of routes; a request belongs to the first one that
// fits.
var rateGroups = []struct {
	name string
	fits func(method, path string) bool
}{
	{"auth", func(method, path string) bool {
		step := path[strings.LastIndexByte(path, '/')+1:]
		return method == http.MethodPost && (strings.HasPrefix(step, "auth-with-") ||
			strings.HasPrefix(step, "request-") || strings.HasPrefix(step, "confirm-"))
	}},
	{"files", func(_, path string) bool { return strings.HasPrefix(path, "/api/files/") }},
	{"realtime", func(_, path string) bool { return path == "/api/realtime" }},
	{"read", func(method, path string) bool {
		return strings.HasPrefix(path, recordsRoute) && (method == http.MethodGet || method == http.MethodHead)
	}},
	{"write", func(_, path string) bool { return strings.HasPrefix(path, recordsRoute) }},
	{"api", func(_, path string) bool { return strings.HasPrefix(path, apiPrefix) }},
}

const recordsRoute = "/api/collections/:collection/records"

// RateLimitGroups returns the names of the groups of routes: sign-in and account
// mails (auth), file downloads (files), realtime connections and subscriptions
// (realtime), reading and writing records (read, write), and the rest of the API
// (api).
func RateLimitGroups() []string {
	names := make([]string, len(rateGroups))
	for i, group := range rateGroups {
		names[i] = group.name
	}
	return names
}

// ParseRateLimit reads a limit such as auth=10/1m.
func ParseRateLimit(text string) (RateLimit, error) {
	group, rest, _ := strings.Cut(text, "=")
	count, window, found := strings.Cut(rest, "/")
	requests, err := strconv.Atoi(count)
	per, perErr := time.ParseDuration(window)
	if !found || err != nil || perErr != nil || requests < 1 || per <= 0 {
		return RateLimit{}, fmt.Errorf("rate limit %q is not like auth=10/1m", text)
	}
	if !slices.Contains(RateLimitGroups(), group) {
		return RateLimit{}, fmt.Errorf("rate limit %q: unknown group, use one of %s", text, strings.Join(RateLimitGroups(), ", "))
	}
	return RateLimit{Group: group, Requests: requests, Window: per}, nil
}

// rateLimiter refuses requests of clients that make too many.
func rateLimiter(limits []RateLimit) echo.MiddlewareFunc {
	buckets := map[string]*bucketSet{}
	for _, limit := range limits {
		buckets[limit.Group] = newBucketSet(limit)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			set := buckets[rateGroup(c.Request().Method, c.Path())]
			if set == nil {
				return next(c)
			}
			wait := set.take(clientKey(c.RealIP()), time.Now())
			if wait <= 0 {
				return next(c)
			}
			seconds := int(math.Ceil(wait.Seconds()))
			c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
			return web.NewApiError(http.StatusTooManyRequests, "Too many requests, try again later.", nil)
		}
	}
}

func rateGroup(method, path string) string {
	for _, group := range rateGroups {
		if group.fits(method, path) {
			return group.name
		}
	}
	return ""
}

// clientKey is what counts as one client: an IPv4 address, or the network that
// an IPv6 client chooses its addresses from.
func clientKey(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil || addr.Unmap().Is4() {
		return ip
	}
	network, err := addr.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return network.String()
}

// maxBuckets bounds the clients that a limit remembers.
const maxBuckets = 50_000

// bucketSet counts the requests of all clients to one group.
type bucketSet struct {
	limit RateLimit
	each  time.Duration // until one more request is possible

	mu sync.Mutex
	// full tells when a client has all its requests again; absent means now.
	full map[string]time.Time
}

func newBucketSet(limit RateLimit) *bucketSet {
	return &bucketSet{limit: limit, each: limit.Window / time.Duration(limit.Requests), full: map[string]time.Time{}}
}

// take counts one request and returns 0, or how long to wait for the next one.
func (s *bucketSet) take(client string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	full := s.full[client]
	if full.Before(now) {
		full = now
		s.makeRoom(now)
	}
	next := full.Add(s.each)
	if over := next.Sub(now) - s.limit.Window; over > 0 {
		return over
	}
	s.full[client] = next
	return 0
}

// makeRoom forgets clients when there are too many: first those without a
// recent request, then any.
func (s *bucketSet) makeRoom(now time.Time) {
	if len(s.full) < maxBuckets {
		return
	}
	for client, full := range s.full {
		if full.Before(now) {
			delete(s.full, client)
		}
	}
	for client := range s.full {
		if len(s.full) < maxBuckets*9/10 {
			return
		}
		delete(s.full, client)
	}
}
