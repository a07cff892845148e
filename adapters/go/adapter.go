// The Go client behind the adapter protocol: go build -o build/adapter . && build/adapter

//go:debug rsa1024min=0
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"ksherproof.dev/adapters/go/ksher"
)

type args struct {
	Params      json.RawMessage `json:"params"`
	DataText    string          `json:"data_text"`
	Sign        string          `json:"sign"`
	Body        string          `json:"body"`
	BaseURL     string          `json:"base_url"`
	AppID       string          `json:"appid"`
	PrivateKey  string          `json:"private_key"`
	PublicKey   string          `json:"public_key"`
	Lang        string          `json:"lang"`
	TimeoutMs   int64           `json:"timeout_ms"`
	CA          string          `json:"ca"`
	OrderNumber string          `json:"mch_order_no"`
	TotalFee    json.Number     `json:"total_fee"`
	FeeType     string          `json:"fee_type"`
	ChannelList string          `json:"channel_list"`
	Attach      *string         `json:"attach"`
}

type reply = map[string]any

var webhooks sync.Map

func client(a args) *ksher.Client {
	transport := http.DefaultTransport
	if a.CA != "" {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(a.CA))
		transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}
	}
	return &ksher.Client{
		BaseURL: a.BaseURL, AppID: a.AppID, PrivateKey: must(ksher.ReadPrivateKey(a.PrivateKey)),
		PublicKey: must(ksher.ReadPublicKey(a.PublicKey)), Lang: a.Lang,
		Timeout: time.Duration(a.TimeoutMs) * time.Millisecond, Transport: transport,
	}
}

// params are read strictly: encoding/json alone would put U+FFFD for half a surrogate pair, and another text be signed.
func params(a args) map[string]string {
	made := map[string]string{}
	for name, value := range must(ksher.ParseJSON(a.Params)).(map[string]any) {
		made[name] = value.(string)
	}
	return made
}

func told(result ksher.Result) reply {
	if result.Because != "" || result.Confirmed != "" {
		fmt.Fprintf(os.Stderr, "%s: %s %s\n", result.Outcome, result.Because, result.Confirmed)
	}
	if result.PayContent == "" {
		return reply{"outcome": result.Outcome}
	}
	return reply{"outcome": result.Outcome, "pay_content": result.PayContent}
}

var ops = map[string]func(args) reply{
	"canonicalize": func(a args) reply { return reply{"canonical": ksher.Canonical(params(a))} },
	"sign": func(a args) reply {
		return reply{"sign": must(ksher.Sign(ksher.Canonical(params(a)), must(ksher.ReadPrivateKey(a.PrivateKey))))}
	},
	"verify": func(a args) reply {
		data, err := ksher.ParseJSON([]byte(a.DataText))
		return reply{"valid": err == nil && ksher.VerifyData(data, a.Sign, must(ksher.ReadPublicKey(a.PublicKey)))}
	},
	"create": func(a args) reply {
		order := ksher.Order{Number: a.OrderNumber, TotalFee: string(a.TotalFee), FeeType: a.FeeType, ChannelList: a.ChannelList}
		if a.Attach != nil {
			order.More = map[string]string{"attach": *a.Attach}
		}
		return told(client(a).Create(context.Background(), order))
	},
	"cancel": func(a args) reply { return told(client(a).Cancel(context.Background(), a.OrderNumber)) },
	"query":  func(a args) reply { return told(client(a).Query(context.Background(), a.OrderNumber)) },
	"notify": func(a args) reply {
		made, _ := webhooks.LoadOrStore(a.PublicKey, &ksher.Webhook{PublicKey: must(ksher.ReadPublicKey(a.PublicKey))})
		outcome, body := made.(*ksher.Webhook).Receive([]byte(a.Body))
		return reply{"outcome": outcome, "reply": body}
	},
}

var hello = reply{
	"protocol": 1, "name": "Go port", "version": "1", "language": "Go", "concurrent": true, "tls": true,
	"ops": []string{"canonicalize", "sign", "verify", "create", "cancel", "query", "notify"},
}

func answer(op string, text json.RawMessage) (made reply) {
	defer func() {
		if broke := recover(); broke != nil {
			made = reply{"error": reply{"kind": "failed", "message": fmt.Sprint(broke)}}
		}
	}()
	if op == "hello" {
		return reply{"ok": hello}
	}
	run, known := ops[op]
	if !known {
		return reply{"error": reply{"kind": "unsupported", "message": "no op " + op}}
	}
	var a args
	must(0, json.Unmarshal(text, &a))
	return reply{"ok": run(a)}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	var lock sync.Mutex
	var running sync.WaitGroup
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		var request struct {
			ID   json.Number     `json:"id"`
			Op   string          `json:"op"`
			Args json.RawMessage `json:"args"`
		}
		must(0, json.Unmarshal(line, &request))
		running.Add(1)
		go func() {
			defer running.Done()
			made := answer(request.Op, request.Args)
			made["id"] = request.ID
			text := must(json.Marshal(made))
			lock.Lock()
			defer lock.Unlock()
			must(os.Stdout.Write(append(text, '\n')))
		}()
	}
	running.Wait()
}
