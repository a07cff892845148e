package main

import (
	"crypto"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"sort"
	"time"
)

func main() {
	raw, err := os.ReadFile(os.Args[2])
	check(err)
	block, _ := pem.Decode(raw)
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	check(err)
	nonce := make([]byte, 16)
	rand.Read(nonce)
	form := url.Values{
		"appid":        {os.Args[1]},
		"mch_order_no": {os.Args[4]},
		"nonce_str":    {hex.EncodeToString(nonce)},
		"time_stamp":   {time.Now().Format("20060102150405")},
	}
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	text := ""
	for _, name := range names {
		text += name + "=" + form.Get(name)
	}
	digest := md5.Sum([]byte(text))
	sign, err := rsa.SignPKCS1v15(nil, key, crypto.MD5, digest[:])
	check(err)
	form.Set("sign", hex.EncodeToString(sign))
	answer, err := http.PostForm("https://gateway.ksher.com/api/"+os.Args[3], form)
	check(err)
	body, err := io.ReadAll(answer.Body)
	check(err)
	fmt.Println(string(body))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
