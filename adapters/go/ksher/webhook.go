package ksher

import (
	"crypto/rsa"
	"errors"
	"sync"
)

const (
	accepted    = `{"result": "SUCCESS", "msg": "OK"}`
	notAccepted = `{"result": "FAIL", "msg": "NOT ACCEPTED"}`
)

// Payment is what a trusted webhook reports.
type Payment struct {
	AppID, OrderNumber, KsherOrderNumber string
	TotalFee                             int64 // in the currency's smallest unit
}

// Webhook judges webhook bodies; its zero value needs PublicKey.
type Webhook struct {
	PublicKey *rsa.PublicKey
	// OnPaid is called once for each payment (WHK-004), before the webhook is accepted.
	OnPaid func(Payment) error
	// which payments were reported; a shop keeps this in its database
	seen map[Payment]bool
	lock sync.Mutex
}

// Receive judges a raw body, and gives the body to answer it with: accepted only for a trusted payment (WHK-001 to
// WHK-003), a late one of a cancelled order among them.
func (w *Webhook) Receive(body []byte) (outcome Outcome, reply string) {
	parsed, err := ParseJSON(body)
	if errors.Is(err, ErrDuplicate) {
		return Untrusted, notAccepted
	}
	envelope, ok := parsed.(map[string]any)
	if err != nil || !ok {
		return Unknown, notAccepted
	}
	data, because := trusted(envelope, w.PublicKey)
	if because != "" {
		return Untrusted, notAccepted
	}
	if code, ok := Integer(envelope["code"]); !ok || code != 0 || data["result"] != "SUCCESS" {
		return Unknown, notAccepted
	}
	total, _ := Integer(data["total_fee"])
	payment := Payment{data["appid"].(string), data["mch_order_no"].(string), data["ksher_order_no"].(string), total}
	w.lock.Lock()
	defer w.lock.Unlock()
	if !w.seen[payment] {
		if w.OnPaid != nil && w.OnPaid(payment) != nil {
			return Paid, notAccepted
		}
		if w.seen == nil {
			w.seen = map[Payment]bool{}
		}
		w.seen[payment] = true
	}
	return Paid, accepted
}
