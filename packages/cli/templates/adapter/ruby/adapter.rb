# Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
# Run: ruby adapter.rb (Ruby 2.7 and later). Logs go to stderr: warn "...". Nothing else may be printed.
require "json"

def canonicalize(args)
  # YOUR CLIENT: the exact text that it signs for args["params"]
  raise "canonicalize is not filled in" # { canonical: text }
end

def sign(args)
  # YOUR CLIENT: the signature of args["params"] with args["private_key"] (PEM)
  raise "sign is not filled in" # { sign: hex }
end

def verify(args)
  # YOUR CLIENT: whether args["sign"] fits args["data"] (as text: args["data_text"]) under args["public_key"]
  raise "verify is not filled in" # { valid: true }
end

def create(args)
  # YOUR CLIENT at args["base_url"], as args["appid"]: create args["mch_order_no"] over args["total_fee"]
  raise "create is not filled in" # { outcome: "created" }: or rejected, unknown
end

def cancel(args)
  # YOUR CLIENT at args["base_url"], with args["private_key"], args["timeout_ms"]: cancel args["mch_order_no"]
  # cancelled, already_cancelled, already_paid, not_found, bad_signature, rejected, failed; a time-out that throws: unknown
  raise "cancel is not filled in" # { outcome: "cancelled" }
end

def query(args)
  # YOUR CLIENT: query args["mch_order_no"] and verify the answer with args["public_key"]
  # paid, closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
  raise "query is not filled in" # { outcome: "paid" }
end

def notify(args)
  # YOUR SERVER'S HANDLER: args["body"] is the webhook's raw body; reply is what it would answer
  raise "notify is not filled in" # { outcome: "paid", reply: text }
end

# An operation is offered as soon as its method stands here in place of nil: method(:cancel).
OPS = {
  "canonicalize" => nil, # method(:canonicalize)
  "sign" => nil, # method(:sign)
  "verify" => nil, # method(:verify)
  "create" => nil, # method(:create)
  "cancel" => nil, # method(:cancel)
  "query" => nil, # method(:query)
  "notify" => nil # method(:notify)
}

def hello(_args)
  { protocol: 1, name: "my client", version: "0.1.0", language: "Ruby", ops: OPS.compact.keys, concurrent: false }
end

def answer(request)
  id, op = request.values_at("id", "op")
  run = op == "hello" ? method(:hello) : OPS[op]
  return { id: id, error: { kind: "unsupported", message: "no #{op}" } } if run.nil?

  { id: id, ok: run.call(request["args"] || {}) }
rescue StandardError => e
  { id: id, error: { kind: "failed", message: "#{e.class}: #{e.message.dup.force_encoding("UTF-8").scrub}" } }
end

$stdin.set_encoding(Encoding::UTF_8)
$stdout.set_encoding(Encoding::UTF_8)
$stdout.sync = true
$stdin.each_line("\n") do |line|
  $stdout.write("#{JSON.generate(answer(JSON.parse(line)))}\n") unless line.strip.empty?
end
