// Package ksher is a client of Ksher Gateway Pay: create, cancel, query, webhook. Standard library only.
//
// The gateway signs with RSA of 512 bits, and many merchants hold 1024: since Go 1.24 a program that uses keys under
// 1024 bits says so with //go:debug rsa1024min=0 in its main package.
//
// The ids in comments are requirements of the protocol.
package ksher

import (
	"crypto"
	"crypto/md5"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
)

// ReadPrivateKey reads a private key from PEM, PKCS#1 (as the merchant portal issues it) or PKCS#8 (SIG-010).
func ReadPrivateKey(text string) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("expected a private key in PEM, found none")
	}
	switch block.Type {
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	case "PRIVATE KEY":
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return nil, err
		}
		if key, ok := key.(*rsa.PrivateKey); ok {
			return key, nil
		}
		return nil, errors.New("expected an RSA key")
	}
	return nil, fmt.Errorf("expected a private key, found %s", block.Type)
}

// ReadPublicKey reads a public key from PEM, SPKI or PKCS#1 (SIG-010).
func ReadPublicKey(text string) (*rsa.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("expected a public key in PEM, found none")
	}
	switch block.Type {
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(block.Bytes)
	case "PUBLIC KEY":
		key, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return nil, err
		}
		if key, ok := key.(*rsa.PublicKey); ok {
			return key, nil
		}
		return nil, errors.New("expected an RSA key")
	}
	return nil, fmt.Errorf("expected a public key, found %s", block.Type)
}

// Sign is RSASSA-PKCS1-v1_5 with MD5 over a text's UTF-8 bytes, in lower-case hex (SIG-006 to SIG-009).
func Sign(canonical string, key *rsa.PrivateKey) (string, error) {
	digest := md5.Sum([]byte(canonical))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.MD5, digest[:])
	return hex.EncodeToString(signature), err
}

// Verify says whether a signature in hex of either case is exactly this key's over a text (SIG-008, SIG-009, QRY-009).
func Verify(canonical, signature string, key *rsa.PublicKey) bool {
	raw, err := hex.DecodeString(signature)
	if err != nil {
		return false
	}
	digest := md5.Sum([]byte(canonical))
	return rsa.VerifyPKCS1v15(key, crypto.MD5, digest[:], raw) == nil
}
