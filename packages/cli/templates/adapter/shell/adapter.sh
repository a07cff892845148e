#!/bin/sh
# Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
# Run: sh adapter.sh (any POSIX shell; needs jq). Logs go to stderr: echo ... >&2. Nothing else may be printed.
#
# To offer an operation, give its function its own name: stub_cancel becomes op_cancel. $1 holds the arguments as
# JSON; `arg NAME "$1"` takes one out; `ok NAME VALUE ...` makes the answer. A function that fails is an error.
# `$(...)` drops line ends at the end of a value. To keep them: no=$(arg mch_order_no "$1"; printf x); no=${no%x}

arg() { printf '%s' "$2" | jq -j --arg name "$1" '.[$name] // empty'; }

ok() {
  result='{}'
  while [ $# -ge 2 ]; do
    result=$(printf '%s' "$result" | jq -c --arg name "$1" --arg value "$2" '.[$name] = $value')
    shift 2
  done
  printf '%s' "$result"
}

stub_canonicalize() {
  return 1 # YOUR CLIENT: the exact text that it signs for `arg params "$1"`; then: ok canonical "$text"
}
stub_sign() {
  return 1 # YOUR CLIENT: the signature of `arg params "$1"` with `arg private_key "$1"`; then: ok sign "$hex"
}
stub_verify() {
  return 1 # YOUR CLIENT: whether `arg sign "$1"` fits `arg data_text "$1"`; then: printf '{"valid":true}'
}
stub_create() {
  return 1 # YOUR CLIENT at `arg base_url "$1"`: create `arg mch_order_no "$1"`; then: ok outcome created
}
stub_cancel() {
  # YOUR CLIENT at `arg base_url "$1"`, with `arg private_key "$1"`: cancel `arg mch_order_no "$1"`; then:
  return 1 # ok outcome cancelled: or already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
}
stub_query() {
  # YOUR CLIENT: query `arg mch_order_no "$1"` and verify the answer with `arg public_key "$1"`; then:
  return 1 # ok outcome paid: or closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
}
stub_notify() {
  return 1 # YOUR SERVER'S HANDLER: `arg body "$1"` is the raw body; then: ok outcome paid reply "$reply"
}

offers() { command -v "op_$1" >/dev/null 2>&1; }

op_hello() {
  names=''
  for name in canonicalize sign verify create cancel query notify; do
    if offers "$name"; then names="$names $name"; fi
  done
  jq -cn --arg names "$names" '{protocol: 1, name: "my client", version: "0.1.0", language: "shell",
    ops: ($names | split(" ") | map(select(. != ""))), concurrent: false}'
}

while IFS= read -r line; do
  [ -n "$line" ] || continue
  id=$(printf '%s' "$line" | jq -c '.id')
  op=$(printf '%s' "$line" | jq -r '.op | select(test("^[a-z]+$"))')
  if ! offers "$op"; then
    jq -cn --argjson id "$id" '{id: $id, error: {kind: "unsupported", message: "no such operation"}}'
  elif result=$("op_$op" "$(printf '%s' "$line" | jq -c '.args // {}')"); then
    printf '%s' "$result" | jq -c --argjson id "$id" '{id: $id, ok: .}'
  else
    jq -cn --argjson id "$id" --arg op "$op" '{id: $id, error: {kind: "failed", message: ($op + " failed")}}'
  fi
done
