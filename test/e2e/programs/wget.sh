#!/usr/bin/env bash
# The same with nothing but openssl and wget.
set -euo pipefail
appid=$1 key=$2 endpoint=$3 order=$4
nonce=$(openssl rand -hex 16)
stamp=$(date +%Y%m%d%H%M%S)
sign=$(printf '%s' "appid=${appid}mch_order_no=${order}nonce_str=${nonce}time_stamp=${stamp}" |
  openssl dgst -md5 -sign "$key" | od -An -tx1 -v | tr -d ' \n')
wget -q -O - --timeout=20 --tries=1 "https://gateway.ksher.com/api/${endpoint}" \
  --post-data "appid=$appid&mch_order_no=$order&nonce_str=$nonce&time_stamp=$stamp&sign=$sign"
