#!/usr/bin/env bash
# How the keys in vectors/keys were made, once, with openssl. They are committed and never made again: every signature
# in vectors/ was made with them. They are test keys, known to everyone: never use them for anything else.
# Refuses to run where a key is there already.
set -euo pipefail
cd "$(dirname "$0")/../../vectors/keys"

forms() { # all four forms of one private key
  openssl rsa -in "$1.pkcs1.pem" -traditional -out "$1.pkcs1.pem.new" 2>/dev/null && mv "$1.pkcs1.pem.new" "$1.pkcs1.pem"
  openssl pkcs8 -topk8 -nocrypt -in "$1.pkcs1.pem" -out "$1.pkcs8.pem"
  public "$1" "$1.pkcs1.pem"
}
public() { # both forms of a public key
  openssl rsa ${3:-} -in "$2" -pubout -out "$1.spki.pem" 2>/dev/null
  openssl rsa ${3:-} -in "$2" -RSAPublicKey_out -out "$1.pkcs1-public.pem" 2>/dev/null
}
make() { # name bits exponent-option
  if [ -e "$1.pkcs1.pem" ]; then echo "$1 is there already: keys are never made again" >&2; exit 1; fi
  openssl genrsa -traditional "${3:--F4}" -out "$1.pkcs1.pem" "$2" 2>/dev/null
  forms "$1"
}
for bits in 512 1024 2048; do
  make "gateway-$bits" "$bits"
  make "merchant-$bits" "$bits"
done
make stranger-512 512
make stranger-1024 1024
make low-exponent-1024 1024 -3
make low-exponent-2048 2048 -3
