<?php

// The PHP client behind the adapter protocol: php adapters/php/adapter.php

declare(strict_types=1);

use Ksher\{Client, Json, MalformedJson, Result, Signing, Webhook};

foreach (['Json', 'Signing', 'Http', 'Client', 'Webhook'] as $part) {
    require __DIR__ . "/src/$part.php";
}
ini_set('display_errors', 'stderr');

function client(array $args): Client
{
    static $files = [];
    $ca = $args['ca'] ?? null;
    if ($ca !== null && !isset($files[$ca])) {
        $files[$ca] = tmpfile();
        fwrite($files[$ca], $ca);
    }
    return new Client(
        $args['base_url'],
        $args['appid'],
        Signing::privateKey($args['private_key']),
        Signing::publicKey($args['public_key']),
        $args['lang'] ?? null,
        $args['timeout_ms'],
        $ca === null ? null : stream_get_meta_data($files[$ca])['uri'],
    );
}

function told(Result $result): array
{
    if ($result->because !== '') {
        fwrite(STDERR, "$result->outcome: $result->because\n");
    }
    return ['outcome' => $result->outcome, ...($result->payContent === null ? [] : ['pay_content' => $result->payContent])];
}

function cancel(array $args): array
{
    $until = hrtime(true) / 1e6 + $args['timeout_ms'];
    $result = client($args)->cancel($args['mch_order_no']);
    if ($result->outcome === 'unknown' || $result->outcome === 'failed') { // RTY-003: ask before the caller is told
        $left = (int) max(500, $until - hrtime(true) / 1e6);
        fwrite(STDERR, 'the query says ' . client($args)->query($args['mch_order_no'], $left)->outcome . "\n");
    }
    return told($result);
}

function verify(array $args): bool
{
    try {
        return Signing::verifyData(Json::parse($args['data_text']), $args['sign'], Signing::publicKey($args['public_key']));
    } catch (MalformedJson) {
        return false;
    }
}

function notify(array $args): array
{
    static $webhooks = [];
    $webhooks[$args['public_key']] ??= new Webhook(Signing::publicKey($args['public_key']));
    ['outcome' => $outcome, 'reply' => $reply] = $webhooks[$args['public_key']]->receive($args['body']);
    return ['outcome' => $outcome, 'reply' => $reply];
}

const OPS = ['canonicalize', 'sign', 'verify', 'create', 'cancel', 'query', 'notify'];

function answer(string $op, array $args): ?array
{
    return match ($op) {
        'hello' => [
            'protocol' => 1, 'name' => 'PHP port', 'version' => '1', 'language' => 'PHP', 'ops' => OPS,
            'concurrent' => false, 'tls' => true,
        ],
        'canonicalize' => ['canonical' => Signing::canonical($args['params'])],
        'sign' => ['sign' => Signing::sign(Signing::canonical($args['params']), Signing::privateKey($args['private_key']))],
        'verify' => ['valid' => verify($args)],
        'create' => told(client($args)->create(
            $args['mch_order_no'],
            $args['total_fee'],
            $args['fee_type'],
            $args['channel_list'],
            isset($args['attach']) ? ['attach' => $args['attach']] : [],
        )),
        'cancel' => cancel($args),
        'query' => told(client($args)->query($args['mch_order_no'])),
        'notify' => notify($args),
        default => null,
    };
}

/**
 * A request, or one without the halves of surrogate pairs that json_decode cannot read: JSON.stringify escapes no others.
 * `data_text` is JSON within JSON, its backslashes are doubled, so that it stays whole.
 *
 * @return array{array<string, mixed>, bool} the request, and whether something was taken out
 */
function request(string $line): array
{
    $request = json_decode($line, true);
    if ($request !== null) {
        return [$request, false];
    }
    $whole = preg_replace('/(?<!\\\\)(?:\\\\\\\\)*\K\\\\ud[89a-f][0-9a-f]{2}/i', '', $line);
    return [json_decode($whole, true, 512, JSON_THROW_ON_ERROR), true];
}

while (($line = fgets(STDIN)) !== false) {
    [['id' => $id, 'op' => $op, 'args' => $args], $halved] = request($line);
    try {
        if ($halved && $op !== 'verify') {
            throw new InvalidArgumentException('half a surrogate pair has no UTF-8');
        }
        $ok = answer($op, $args);
        $made = $ok === null ? ['error' => ['kind' => 'unsupported', 'message' => "no op $op"]] : ['ok' => $ok];
    } catch (Throwable $broke) {
        $made = ['error' => ['kind' => 'failed', 'message' => $broke->getMessage()]];
    }
    fwrite(STDOUT, json_encode(['id' => $id, ...$made], JSON_THROW_ON_ERROR) . "\n");
}
