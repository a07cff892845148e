<?php

declare(strict_types=1);

namespace Ksher;

/** An outcome, why where it is unknown or untrusted, and the payment link of a created order. */
final class Result
{
    public function __construct(
        public readonly string $outcome,
        public readonly string $because = '',
        public readonly ?string $payContent = null,
    ) {}
}

/**
 * A client of Ksher Gateway Pay; PHP 8.1 or later with the openssl extension. Calls return outcomes for whatever the
 * gateway and the network do. The ids in comments are requirements of the protocol.
 */
final class Client
{
    private const CANCEL = [
        0 => 'cancelled', -1 => 'rejected', -2 => 'bad_signature', -3 => 'not_found', -4 => 'already_paid',
        -5 => 'already_cancelled', -6 => 'failed',
    ];
    private const QUERY = [
        'SUCCESS' => 'paid', 'CLOSED' => 'closed', 'NOTPAY' => 'unpaid', 'PENDING' => 'pending', 'USERPAYING' => 'pending',
        'NOTSURE' => 'pending', 'PAYERROR' => 'failed', 'REFUND' => 'refunded', 'FAIL' => 'not_found',
    ];
    private const TEXT_MEMBERS = [
        'appid', 'attach', 'cash_fee_type', 'channel', 'channel_order_no', 'fee_type', 'ksher_order_no', 'mch_order_no',
        'nonce_str', 'openid', 'pay_mch_order_no', 'rate', 'result', 'time_end',
    ];
    /** The code of gateway_pay for an order that is paid already. */
    private const ORDER_IS_PAID = 1;

    /**
     * @param string $baseUrl https://gateway.ksher.com/api; the endpoint is appended and nothing else changed
     * @param \OpenSSLAsymmetricKey $publicKey the gateway's (QRY-008)
     * @param ?string $lang en, cn, th or null
     * @param int $timeoutMs for each exchange as a whole (RSP-008)
     * @param ?string $caFile trusted in place of the system's certificates
     */
    public function __construct(
        private readonly string $baseUrl,
        private readonly string $appid,
        private readonly \OpenSSLAsymmetricKey $privateKey,
        private readonly \OpenSSLAsymmetricKey $publicKey,
        private readonly ?string $lang = null,
        private readonly int $timeoutMs = 10_000,
        private readonly ?string $caFile = null,
    ) {}

    /**
     * Creates an order: `created` only with a payment link that the gateway signed.
     *
     * @param int $totalFee in the currency's smallest unit
     * @param array<string> $more the other documented fields of gateway_pay
     */
    public function create(string $order, int $totalFee, string $feeType, string $channels, array $more = []): Result
    {
        $envelope = $this->call('/gateway_pay', [
            'mch_order_no' => $order, 'total_fee' => (string) $totalFee, 'fee_type' => $feeType, 'channel_list' => $channels,
            ...$more,
        ]);
        if ($envelope instanceof Result) {
            return $envelope;
        }
        $code = self::code($envelope);
        if ($code === self::ORDER_IS_PAID || ($code !== null && $code !== 0 && isset(self::CANCEL[$code]))) {
            return new Result('rejected');
        }
        if ($code !== 0) {
            return new Result('unknown', 'the code is not documented');
        }
        $data = $envelope->get('data');
        if (!Signing::verifyData($data, $envelope->get('sign'), $this->publicKey)) {
            return new Result('unknown', "the signature is not the gateway's over this data");
        }
        $link = $data->get('pay_content');
        return is_string($link) && $link !== ''
            ? new Result('created', '', $link)
            : new Result('unknown', 'the signed data has no pay_content');
    }

    /** The code decides, nothing else (RSP-001 to RSP-004); the answer carries no signature. */
    public function cancel(string $order): Result
    {
        $envelope = $this->call('/cancel_order', ['mch_order_no' => $order]);
        if ($envelope instanceof Result) {
            return $envelope;
        }
        $outcome = self::CANCEL[self::code($envelope) ?? PHP_INT_MAX] ?? null;
        return $outcome === null ? new Result('unknown', 'the code is not documented') : new Result($outcome);
    }

    /** Signature, then shape, then whose order it is, then its result (QRY-001 to QRY-009). */
    public function query(string $order, ?int $timeoutMs = null): Result
    {
        $envelope = $this->call('/gateway_order_query', ['mch_order_no' => $order], $timeoutMs, 'untrusted');
        if ($envelope instanceof Result) {
            return $envelope;
        }
        $code = self::code($envelope);
        if ($code !== 0) {
            return $code === -3 ? new Result('not_found') : new Result('unknown', 'the code is not documented');
        }
        $because = self::untrusted($envelope, $this->publicKey);
        $data = $envelope->get('data');
        if ($because === null && [$data->get('mch_order_no'), $data->get('appid')] !== [$order, $this->appid]) {
            $because = 'the signed data is about another order or merchant';
        }
        if ($because !== null) {
            return new Result('untrusted', $because);
        }
        return new Result(self::QUERY[$data->get('result')] ?? 'unknown');
    }

    /**
     * Why a query answer or webhook is not the gateway's word, or null. Nothing separates the signed pairs, so after the
     * signature every documented member must be there, of its type (QRY-002, QRY-007).
     */
    public static function untrusted(Members $envelope, \OpenSSLAsymmetricKey $key): ?string
    {
        $data = $envelope->get('data');
        if (!Signing::verifyData($data, $envelope->get('sign'), $key)) {
            return "the signature is not the gateway's over this data";
        }
        foreach (self::TEXT_MEMBERS as $name) {
            if (!is_string($data->get($name))) {
                return "$name is not there as a string";
            }
        }
        $isInteger = fn (mixed $value) => $value instanceof Number && $value->integer() !== null;
        $cash = $data->get('cash_fee');
        return $isInteger($data->get('total_fee')) && (is_string($cash) || $isInteger($cash))
            ? null
            : 'total_fee or cash_fee is not there as an integer';
    }

    public static function code(Members $envelope): ?int
    {
        $code = $envelope->get('code');
        return $code instanceof Number ? $code->integer() : null;
    }

    /**
     * Signs and posts a form with a nonce and a time stamp of its own (REQ-008, RTY-002): the envelope, or what came of
     * it; `$doubled` is what an answer with a member that stands twice comes to (SEC-005).
     *
     * @param array<string> $fields
     */
    private function call(string $path, array $fields, ?int $timeoutMs = null, string $doubled = 'unknown'): Members|Result
    {
        $params = [
            ...$fields,
            'appid' => $this->appid,
            'nonce_str' => bin2hex(random_bytes(16)),
            'time_stamp' => gmdate('YmdHis'),
            ...($this->lang === null ? [] : ['lang' => $this->lang]),
        ];
        $params['sign'] = Signing::sign(Signing::canonical($params), $this->privateKey);
        try {
            $body = Http::post(
                $this->baseUrl . $path,
                http_build_query($params, '', '&'),
                $timeoutMs ?? $this->timeoutMs,
                $this->caFile,
            );
            $envelope = Json::parse($body);
        } catch (DuplicateMember $twice) {
            return new Result($doubled, $twice->getMessage());
        } catch (Broken | MalformedJson $failure) {
            return new Result('unknown', $failure->getMessage());
        }
        return $envelope instanceof Members ? $envelope : new Result('unknown', 'the answer is no JSON object');
    }
}
