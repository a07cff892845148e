<?php
// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Run: php adapter.php (PHP 8.0 and later). Logs go to stderr: fwrite(STDERR, ...). Nothing else may be printed.
declare(strict_types=1);
ini_set('display_errors', 'stderr');

function canonicalize(array $args): array
{
    // YOUR CLIENT: the exact text that it signs for $args['params']
    throw new Exception('canonicalize is not filled in'); // return ['canonical' => $text];
}

function sign(array $args): array
{
    // YOUR CLIENT: the signature of $args['params'] with $args['private_key'] (PEM)
    throw new Exception('sign is not filled in'); // return ['sign' => $hex];
}

function verify(array $args): array
{
    // YOUR CLIENT: whether $args['sign'] fits $args['data'] (as text: $args['data_text']) under $args['public_key']
    throw new Exception('verify is not filled in'); // return ['valid' => true];
}

function create(array $args): array
{
    // YOUR CLIENT at $args['base_url'], as $args['appid']: create $args['mch_order_no'] over $args['total_fee']
    throw new Exception('create is not filled in'); // return ['outcome' => 'created']; or rejected, unknown
}

function cancel(array $args): array
{
    // YOUR CLIENT at $args['base_url'], with $args['private_key'], $args['timeout_ms']: cancel $args['mch_order_no']
    // cancelled, already_cancelled, already_paid, not_found, bad_signature, rejected, failed; a time-out that throws: unknown
    throw new Exception('cancel is not filled in'); // return ['outcome' => 'cancelled'];
}

function query(array $args): array
{
    // YOUR CLIENT: query $args['mch_order_no'] and verify the answer with $args['public_key']
    // paid, closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
    throw new Exception('query is not filled in'); // return ['outcome' => 'paid'];
}

function notify(array $args): array
{
    // YOUR SERVER'S HANDLER: $args['body'] is the webhook's raw body; reply is what it would answer
    throw new Exception('notify is not filled in'); // return ['outcome' => 'paid', 'reply' => $text];
}

// An operation is offered as soon as its function's name stands here in place of null.
const OPS = [
    'canonicalize' => null, 'sign' => null, 'verify' => null, // 'canonicalize', 'sign', 'verify'
    'create' => null, 'cancel' => null, 'query' => null, 'notify' => null,
];

function hello(array $args): array
{
    $ops = array_keys(array_filter(OPS));
    return ['protocol' => 1, 'name' => 'my client', 'version' => '0.1.0', 'language' => 'PHP', 'ops' => $ops, 'concurrent' => false];
}

while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line, true);
    if (!is_array($request)) {
        continue;
    }
    $op = $request['op'];
    $run = $op === 'hello' ? 'hello' : OPS[$op] ?? null;
    try {
        $body = $run === null
            ? ['error' => ['kind' => 'unsupported', 'message' => "no $op"]]
            : ['ok' => $run($request['args'] ?? [])];
    } catch (Throwable $error) {
        $body = ['error' => ['kind' => 'failed', 'message' => $error->getMessage()]];
    }
    fwrite(STDOUT, json_encode(['id' => $request['id']] + $body, JSON_INVALID_UTF8_SUBSTITUTE) . "\n");
}
