#!/usr/bin/env bash
# The same with nothing but openssl and curl.
set -euo pipefail
appid=$1 key=$2 endpoint=$3 order=$4
nonce=$(openssl rand -hex 16)
stamp=$(date +%Y%m%d%H%M%S)
sign=$(printf '%s' "appid=${appid}mch_order_no=${order}nonce_str=${nonce}time_stamp=${stamp}" |
  openssl dgst -md5 -sign "$key" | od -An -tx1 -v | tr -d ' \n')
curl -sS --max-time 20 "https://gateway.ksher.com/api/${endpoint}" \
  --data-urlencode "appid=$appid" --data-urlencode "mch_order_no=$order" \
  --data-urlencode "nonce_str=$nonce" --data-urlencode "time_stamp=$stamp" --data-urlencode "sign=$sign"
