<?php

declare(strict_types=1);

namespace Ksher;

use OpenSSLAsymmetricKey;

/** The canonical text, and RSASSA-PKCS1-v1_5 with MD5 over it (SIG-001 to SIG-012). */
final class Signing
{
    /** DigestInfo { AlgorithmIdentifier { md5, NULL }, OCTET STRING (16) }: RFC 8017, 9.2, note 1. */
    private const MD5_PREFIX = "\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10";
    /** AlgorithmIdentifier { rsaEncryption, NULL }. */
    private const RSA_ALGORITHM = "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";

    /**
     * What is signed: name=value of all params but `sign`, by name, ascending by byte, nothing between, values as they
     * are. SORT_STRING compares bytes; without it, ksort compares numerically where both names are numbers.
     *
     * @param array<string> $params
     */
    public static function canonical(array $params): string
    {
        unset($params['sign']);
        ksort($params, SORT_STRING);
        $text = '';
        foreach ($params as $name => $value) {
            $text .= "$name=$value";
        }
        return $text;
    }

    /** The signature of a text in lower-case hex. */
    public static function sign(string $canonical, OpenSSLAsymmetricKey $key): string
    {
        if (!openssl_sign($canonical, $signature, $key, OPENSSL_ALGO_MD5)) {
            throw new \RuntimeException('it cannot be signed: ' . openssl_error_string());
        }
        return bin2hex($signature);
    }

    /** Whether a signature covers the members of `data`, all of them and only those (QRY-001, QRY-004). */
    public static function verifyData(mixed $data, mixed $signature, OpenSSLAsymmetricKey $key): bool
    {
        if (!$data instanceof Members || !is_string($signature)) {
            return false;
        }
        $params = [];
        foreach ($data->pairs as [$name, $value]) {
            $params[$name] = is_string($value) ? $value : Json::compact($value);
        }
        return self::verify(self::canonical($params), $signature, $key);
    }

    /** Whether a signature, hex of either case, is exactly this key's over a text (SIG-008, SIG-009, QRY-009). */
    public static function verify(string $canonical, string $signature, OpenSSLAsymmetricKey $key): bool
    {
        $size = intdiv(openssl_pkey_get_details($key)['bits'] + 7, 8);
        if (!preg_match('/^[0-9a-fA-F]{' . 2 * $size . '}$/D', $signature)) {
            return false;
        }
        if (!openssl_public_decrypt(hex2bin($signature), $block, $key, OPENSSL_NO_PADDING)) {
            return false; // not below the modulus
        }
        $info = self::MD5_PREFIX . md5($canonical, true);
        return hash_equals("\x00\x01" . str_repeat("\xff", $size - strlen($info) - 3) . "\x00" . $info, $block);
    }

    /** A private key from PEM, PKCS#1 (as the merchant portal issues it) or PKCS#8 (SIG-010). */
    public static function privateKey(string $pem): OpenSSLAsymmetricKey
    {
        return openssl_pkey_get_private($pem) ?: throw new \InvalidArgumentException('expected a private key in PEM');
    }

    /** A public key from PEM, SPKI or PKCS#1 (SIG-010): OpenSSL's PEM reader in PHP knows SPKI alone. */
    public static function publicKey(string $pem): OpenSSLAsymmetricKey
    {
        if (preg_match('/-----BEGIN RSA PUBLIC KEY-----([^-]+)-----END/', $pem, $found)) {
            $pkcs1 = base64_decode($found[1]);
            $spki = self::der(0x30, self::RSA_ALGORITHM . self::der(0x03, "\x00" . $pkcs1));
            $pem = "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($spki), 64, "\n") . '-----END PUBLIC KEY-----';
        }
        return openssl_pkey_get_public($pem) ?: throw new \InvalidArgumentException('expected a public key in PEM');
    }

    private static function der(int $tag, string $content): string
    {
        $length = strlen($content);
        $size = $length < 0x80 ? chr($length) : ($length < 0x100 ? "\x81" . chr($length) : "\x82" . pack('n', $length));
        return chr($tag) . $size . $content;
    }
}
