package ksher

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

const mostAnswerBytes = 1 << 20

// Client calls the gateway. Its methods may be called at the same time.
type Client struct {
	// BaseURL is https://gateway.ksher.com/api; the endpoint is appended and nothing else changed.
	BaseURL    string
	AppID      string
	PrivateKey *rsa.PrivateKey
	// PublicKey is the gateway's (QRY-008).
	PublicKey *rsa.PublicKey
	// Lang is en, cn, th or empty.
	Lang string
	// Timeout is for each exchange as a whole (RSP-008).
	Timeout time.Duration
	// Transport verifies certificates (SEC-002); http.DefaultTransport where it is nil.
	Transport http.RoundTripper
}

// Order is what Create needs; More holds the other documented fields of gateway_pay.
type Order struct {
	Number      string
	TotalFee    string // in the currency's smallest unit
	FeeType     string
	ChannelList string
	More        map[string]string
}

// Create creates an order: created only with a payment link that the gateway signed.
func (c *Client) Create(ctx context.Context, order Order) Result {
	fields := map[string]string{
		"mch_order_no": order.Number, "total_fee": order.TotalFee, "fee_type": order.FeeType, "channel_list": order.ChannelList,
	}
	for name, value := range order.More {
		fields[name] = value
	}
	envelope, err := c.call(ctx, "/gateway_pay", fields)
	if err != nil {
		return unknown("%v", err)
	}
	return createResult(envelope, c.PublicKey)
}

// Cancel cancels an order: the code decides, nothing else (RSP-001 to RSP-004). Cancel answers carry no signature, so
// after unknown or failed the order is queried before the caller is told (RTY-003).
func (c *Client) Cancel(ctx context.Context, number string) Result {
	began := time.Now()
	envelope, err := c.call(ctx, "/cancel_order", map[string]string{"mch_order_no": number})
	result := Result{}
	if err != nil {
		result = unknown("%v", err)
	} else {
		result = cancelResult(envelope)
	}
	if result.Outcome == Unknown || result.Outcome == Failed {
		within, cancel := context.WithTimeout(ctx, max(500*time.Millisecond, c.Timeout-time.Since(began)))
		defer cancel()
		result.Confirmed = c.Query(within, number).Outcome
	}
	return result
}

// Query asks about an order. Its answer is signed.
func (c *Client) Query(ctx context.Context, number string) Result {
	envelope, err := c.call(ctx, "/gateway_order_query", map[string]string{"mch_order_no": number})
	if errors.Is(err, ErrDuplicate) {
		return Result{Outcome: Untrusted, Because: err.Error()}
	}
	if err != nil {
		return unknown("%v", err)
	}
	return queryResult(envelope, c.PublicKey, number, c.AppID)
}

// call signs and posts a form, with a nonce and a time stamp of its own (REQ-008, RTY-002), and opens the envelope.
func (c *Client) call(ctx context.Context, path string, fields map[string]string) (map[string]any, error) {
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	params := map[string]string{
		"appid": c.AppID, "nonce_str": hex.EncodeToString(nonce), "time_stamp": time.Now().UTC().Format("20060102150405"),
	}
	if c.Lang != "" {
		params["lang"] = c.Lang
	}
	for name, value := range fields {
		params[name] = value
	}
	sign, err := Sign(Canonical(params), c.PrivateKey)
	if err != nil {
		return nil, err
	}
	form := url.Values{"sign": {sign}}
	for name, value := range params {
		if !utf8.ValidString(value) {
			return nil, fmt.Errorf("%s is no UTF-8", name)
		}
		form.Set(name, value)
	}
	body, err := c.post(ctx, c.BaseURL+path, form.Encode())
	if err != nil {
		return nil, err
	}
	parsed, err := ParseJSON(body)
	if err != nil {
		return nil, fmt.Errorf("the answer: %w", err)
	}
	if envelope, ok := parsed.(map[string]any); ok {
		return envelope, nil
	}
	return nil, errors.New("the answer is no JSON object")
}

func (c *Client) post(ctx context.Context, address, form string) ([]byte, error) {
	client := http.Client{
		Timeout:   c.Timeout,
		Transport: c.Transport,
		// A redirect would carry the signed form elsewhere (SEC-003).
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP status %d", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, mostAnswerBytes+1))
	if err == nil && len(body) > mostAnswerBytes {
		err = errors.New("the answer is larger than 1 MiB")
	}
	return body, err
}
