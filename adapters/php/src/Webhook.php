<?php

declare(strict_types=1);

namespace Ksher;

/** Judges raw webhook bodies and counts each payment once (WHK-001 to WHK-004). */
final class Webhook
{
    public const ACCEPTED = '{"result": "SUCCESS", "msg": "OK"}';
    public const NOT_ACCEPTED = '{"result": "FAIL", "msg": "NOT ACCEPTED"}';

    /** @var array<true> which payments were reported; a shop keeps this in its database */
    private array $seen = [];

    public function __construct(private readonly \OpenSSLAsymmetricKey $publicKey) {}

    /**
     * Judges the raw body, `file_get_contents('php://input')`: never one that was URL-decoded.
     *
     * @return array{outcome: string, reply: string, repeated: bool}
     */
    public function receive(string $body): array
    {
        try {
            $envelope = Json::parse($body);
        } catch (DuplicateMember) {
            return self::refused('untrusted');
        } catch (MalformedJson) {
            return self::refused('unknown');
        }
        if (!$envelope instanceof Members) {
            return self::refused('unknown');
        }
        if (Client::untrusted($envelope, $this->publicKey) !== null) {
            return self::refused('untrusted');
        }
        $data = $envelope->get('data');
        if (Client::code($envelope) !== 0 || $data->get('result') !== 'SUCCESS') {
            return self::refused('unknown');
        }
        $payment = json_encode([$data->get('appid'), $data->get('mch_order_no'), $data->get('ksher_order_no')]);
        $repeated = isset($this->seen[$payment]);
        $this->seen[$payment] = true;
        return ['outcome' => 'paid', 'reply' => self::ACCEPTED, 'repeated' => $repeated];
    }

    /** @return array{outcome: string, reply: string, repeated: bool} */
    private static function refused(string $outcome): array
    {
        return ['outcome' => $outcome, 'reply' => self::NOT_ACCEPTED, 'repeated' => false];
    }
}
