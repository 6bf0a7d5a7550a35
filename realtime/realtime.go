// Package realtime keeps track of connected clients and their subscriptions and
// queues messages for them. It knows neither HTTP nor access rules.
package realtime

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Message is one event for a client.
type Message struct {
	// Name is the event name: for records the subscription as it was submitted.
	Name string `json:"name"`
	// Data is the payload, usually JSON.
	Data []byte `json:"data"`
}

// Subscription is one interest of a client. It must not be changed.
type Subscription struct {
	Client *Client
	// Name is the subscription as it was submitted.
	Name string
	// Topic is the name without its options.
	Topic string
	// Options are the request values that the subscription stands for.
	Options SubscriptionOptions
}

// SubscriptionOptions are the request values that a subscription stands for.
type SubscriptionOptions struct {
	Query   map[string]any `json:"query"`
	Headers map[string]any `json:"headers"`
}

// optionsKey is the query parameter of a subscription that holds its options.
const optionsKey = "options"

// ParseSubscription splits a submitted subscription into its topic and options,
// such as
//
//	posts/*?options={"query":{"expand":"author"}}
//
// with URL-encoded JSON. Values become text, header names lower snake case.
// Options that cannot be decoded are ignored, as clients of any version may
// append what they like.
func ParseSubscription(subscription string) (topic string, options SubscriptionOptions) {
	topic, rawQuery, hasQuery := strings.Cut(subscription, "?")
	options = SubscriptionOptions{Query: map[string]any{}, Headers: map[string]any{}}
	if !hasQuery {
		return topic, options
	}
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return topic, options
	}
	var raw struct {
		Query   map[string]any `json:"query"`
		Headers map[string]any `json:"headers"`
	}
	if err := json.Unmarshal([]byte(values.Get(optionsKey)), &raw); err != nil {
		return topic, options
	}
	for name, value := range raw.Query {
		options.Query[name] = text(value)
	}
	for name, value := range raw.Headers {
		options.Headers[strings.ToLower(strings.ReplaceAll(name, "-", "_"))] = text(value)
	}
	return topic, options
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		encoded, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(encoded)
	}
}
