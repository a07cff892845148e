package ksher

import (
	"crypto/rsa"
	"fmt"
	"strings"
)

// Outcome is what the caller may now believe.
type Outcome string

const (
	Unknown   Outcome = "unknown"
	Untrusted Outcome = "untrusted"
	Paid      Outcome = "paid"
	Created   Outcome = "created"
	Rejected  Outcome = "rejected"
	NotFound  Outcome = "not_found"
	Failed    Outcome = "failed"
)

var cancelOutcomes = map[int64]Outcome{
	0: "cancelled", -1: Rejected, -2: "bad_signature", -3: NotFound, -4: "already_paid", -5: "already_cancelled", -6: Failed,
}

var queryOutcomes = map[string]Outcome{
	"SUCCESS": Paid, "CLOSED": "closed", "NOTPAY": "unpaid", "PENDING": "pending", "USERPAYING": "pending",
	"NOTSURE": "pending", "PAYERROR": Failed, "REFUND": "refunded", "FAIL": NotFound,
}

// orderIsPaid is the code of gateway_pay for an order that is paid already.
const orderIsPaid = 1

var textMembers = strings.Fields(`appid attach cash_fee_type channel channel_order_no fee_type ksher_order_no mch_order_no
	nonce_str openid pay_mch_order_no rate result time_end`)

// Result is the outcome of a call, and why where it is unknown or untrusted.
type Result struct {
	Outcome    Outcome
	Because    string
	PayContent string
	// Confirmed is what a query said after a cancel that was unknown or failed (RTY-003); else empty.
	Confirmed Outcome
}

func unknown(format string, args ...any) Result {
	return Result{Outcome: Unknown, Because: fmt.Sprintf(format, args...)}
}

func cancelResult(envelope map[string]any) Result {
	code, ok := Integer(envelope["code"])
	if outcome, known := cancelOutcomes[code]; ok && known {
		return Result{Outcome: outcome}
	}
	return unknown("the code %v is not documented", envelope["code"])
}

func createResult(envelope map[string]any, key *rsa.PublicKey) Result {
	code, ok := Integer(envelope["code"])
	_, refused := cancelOutcomes[code]
	switch {
	case !ok:
		return unknown("the code %v is no integer", envelope["code"])
	case code == 0:
		if !VerifyData(envelope["data"], envelope["sign"], key) {
			return unknown("the signature is not the gateway's over this data")
		}
		if link, _ := envelope["data"].(map[string]any)["pay_content"].(string); link != "" {
			return Result{Outcome: Created, PayContent: link}
		}
		return unknown("the signed data has no pay_content")
	case code == orderIsPaid || refused:
		return Result{Outcome: Rejected}
	}
	return unknown("the code %d is not documented", code)
}

// queryResult judges signature, then shape, then whose order it is, then its result (QRY-001 to QRY-009).
func queryResult(envelope map[string]any, key *rsa.PublicKey, order, appid string) Result {
	code, ok := Integer(envelope["code"])
	if ok && code == -3 {
		return Result{Outcome: NotFound}
	}
	if !ok || code != 0 {
		return unknown("the code %v is not documented", envelope["code"])
	}
	data, because := trusted(envelope, key)
	if because == "" && (data["mch_order_no"] != order || data["appid"] != appid) {
		because = "the signed data is about another order or merchant"
	}
	if because != "" {
		return Result{Outcome: Untrusted, Because: because}
	}
	if outcome, known := queryOutcomes[data["result"].(string)]; known {
		return Result{Outcome: outcome}
	}
	return unknown("the result %q is not documented", data["result"])
}

// trusted is the data of a query answer or webhook, or why it is not the gateway's word: nothing separates the signed
// pairs, so after the signature every documented member must be there, of its type (QRY-002, QRY-007).
func trusted(envelope map[string]any, key *rsa.PublicKey) (map[string]any, string) {
	if !VerifyData(envelope["data"], envelope["sign"], key) {
		return nil, "the signature is not the gateway's over this data"
	}
	data := envelope["data"].(map[string]any)
	for _, name := range textMembers {
		if _, ok := data[name].(string); !ok {
			return nil, name + " is not there as a string"
		}
	}
	_, total := Integer(data["total_fee"])
	_, cash := Integer(data["cash_fee"])
	if _, text := data["cash_fee"].(string); !total || !cash && !text {
		return nil, "total_fee or cash_fee is not there as an integer"
	}
	return data, ""
}
