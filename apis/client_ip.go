package apis

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

const headerForwardedFor = "X-Forwarded-For"

// clientIPHeaders are asked in this order, but only of a proxy that is trusted.
var clientIPHeaders = []string{"CF-Connecting-IP", "Fly-Client-IP", "X-Real-IP", headerForwardedFor}

// namedProxyHeaders begin with the one that each proxy appends to: the others pass through
// proxies that do not know them, with what the client wrote.
var namedProxyHeaders = []string{headerForwardedFor, "X-Real-IP", "Fly-Client-IP", "CF-Connecting-IP"}

// proxies tells which peers may say whom they speak for. The zero value trusts
// this machine and private networks, and believes what the first of a row of
// proxies said.
type proxies struct {
	named   bool
	trusted []netip.Prefix
}

// parseProxies reads addresses and networks such as 10.1.2.3 or 10.0.0.0/8. The
// word "none" stands for no proxy at all, an empty list for the zero value.
func parseProxies(list []string) (proxies, error) {
	p := proxies{named: len(list) > 0}
	for _, item := range list {
		if item == "none" {
			continue
		}
		prefix, err := netip.ParsePrefix(item)
		if err != nil {
			addr, addrErr := netip.ParseAddr(item)
			if addrErr != nil {
				return proxies{}, fmt.Errorf("trusted proxy %q is neither an address nor a network", item)
			}
			prefix = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen())
		}
		p.trusted = append(p.trusted, prefix.Masked())
	}
	return p, nil
}

// clientIP returns the address of the client. Forwarded headers count only when
// the peer is a trusted proxy.
func (p proxies) clientIP(r *http.Request) string {
	peer := remoteIP(r)
	if !p.trusts(peer) {
		return peer
	}
	headers := clientIPHeaders
	if p.named {
		headers = namedProxyHeaders
	}
	for _, name := range headers {
		// A proxy may add a line of its own instead of appending to the last one.
		if ip := p.forwarded(name, strings.Join(r.Header.Values(name), ",")); ip != "" {
			return ip
		}
	}
	return peer
}

// forwarded picks the client out of a header. Each proxy appends its peer, so
// with named proxies it is the last one that is none of them: what stands
// before it may be the client's own invention.
func (p proxies) forwarded(name, value string) string {
	var first, last string
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.Trim(strings.TrimSpace(item), "[]"); item == "" {
			continue
		}
		if first == "" {
			first = item
		}
		if !p.trusts(item) {
			last = item
		}
	}
	if p.named && name == headerForwardedFor && last != "" {
		return last
	}
	return first
}

func (p proxies) trusts(ip string) bool {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return false
	}
	addr = addr.Unmap()
	if !p.named {
		return addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast()
	}
	for _, prefix := range p.trusted {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// remoteIP returns the address of the peer.
func remoteIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
