// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Run: go run adapter.go, or better: go build -o adapter adapter.go. Logs go to stderr: log.Print.
// Since Go 1.24 crypto/rsa refuses keys under 1024 bits, the gateway's 512 among them, unless the main package says so:

//go:debug rsa1024min=0
package main

import (
	"encoding/json"
	"errors"
	"os"
)

type object = map[string]any

// YOUR CLIENT: the exact text that it signs for args["params"]; return object{"canonical": text}, nil
func canonicalize(args object) (object, error) { return nil, errors.New("fill in canonicalize") }

// YOUR CLIENT: the signature of args["params"] with args["private_key"] (PEM); return object{"sign": hex}, nil
func sign(args object) (object, error) { return nil, errors.New("fill in sign") }

// YOUR CLIENT: whether args["sign"] fits args["data"] (as text: args["data_text"]) under args["public_key"]; return object{"valid": true}, nil
func verify(args object) (object, error) { return nil, errors.New("fill in verify") }

// YOUR CLIENT at args["base_url"], as args["appid"]: create args["mch_order_no"] over args["total_fee"];
// return object{"outcome": "created"}, nil: or rejected, unknown
func create(args object) (object, error) { return nil, errors.New("fill in create") }

// YOUR CLIENT at args["base_url"], with args["private_key"], args["timeout_ms"]: cancel args["mch_order_no"];
// return object{"outcome": "cancelled"}, nil: or already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
func cancel(args object) (object, error) { return nil, errors.New("fill in cancel") }

// YOUR CLIENT: query args["mch_order_no"] and verify the answer with args["public_key"];
// return object{"outcome": "paid"}, nil: or closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
func query(args object) (object, error) { return nil, errors.New("fill in query") }

// YOUR SERVER'S HANDLER: args["body"] is the webhook's raw body; return object{"outcome": "paid", "reply": text}, nil
func notify(args object) (object, error) { return nil, errors.New("fill in notify") }

// An operation is offered as soon as its function stands here in place of nil.
var ops = []struct {
	name string
	run  func(object) (object, error)
}{
	{"canonicalize", nil}, {"sign", nil}, {"verify", nil},
	{"create", nil}, {"cancel", nil}, {"query", nil}, {"notify", nil},
}

func answer(op string, args object) (object, object) {
	offered := []string{}
	for _, one := range ops {
		if one.run != nil {
			offered = append(offered, one.name)
		}
		if one.name == op && one.run != nil {
			ok, err := one.run(args)
			if err != nil {
				return nil, object{"kind": "failed", "message": err.Error()}
			}
			return ok, nil
		}
	}
	if op == "hello" {
		return object{"protocol": 1, "name": "my client", "version": "0.1.0", "language": "Go", "ops": offered, "concurrent": false}, nil
	}
	return nil, object{"kind": "unsupported", "message": "no " + op}
}

func main() {
	in := json.NewDecoder(os.Stdin)
	in.UseNumber() // a float64 would print 999999999 as 9.99999999e+08: args["total_fee"].(json.Number).String()
	for {
		var request struct {
			Id   int
			Op   string
			Args object
		}
		if in.Decode(&request) != nil {
			return
		}
		reply := object{"id": request.Id}
		if ok, failed := answer(request.Op, request.Args); failed != nil {
			reply["error"] = failed
		} else {
			reply["ok"] = ok
		}
		json.NewEncoder(os.Stdout).Encode(reply)
	}
}
