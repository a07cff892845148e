<?php

declare(strict_types=1);

namespace Ksher;

/** No whole answer came: whether the request arrived is not known. */
final class Broken extends \Exception {}

/**
 * One POST of a form over a plain stream, for PHP without the curl extension: the whole exchange within a deadline
 * (the time-out of PHP's own http:// wrapper starts anew with each byte), no redirects, at most 1 MiB of answer.
 */
final class Http
{
    private const MOST_ANSWER_BYTES = 1 << 20;
    private string $buffer = '';
    private int $read = 0;

    /** @param resource $stream */
    private function __construct(private $stream, private readonly float $until) {}

    /**
     * The body of an answer with status 200 (RSP-006). Certificates are verified (SEC-002); `$caFile` is trusted in
     * place of the system's. Throws Broken.
     */
    public static function post(string $url, string $form, int $timeoutMs, ?string $caFile = null): string
    {
        ['scheme' => $scheme, 'host' => $host] = $parts = parse_url($url);
        $port = $parts['port'] ?? ($scheme === 'https' ? 443 : 80);
        $seconds = $timeoutMs / 1000;
        $until = microtime(true) + $seconds;
        $tls = ['verify_peer' => true, 'verify_peer_name' => true, 'peer_name' => trim($host, '[]')];
        $context = stream_context_create(['ssl' => $caFile === null ? $tls : [...$tls, 'cafile' => $caFile]]);
        $address = ($scheme === 'https' ? 'tls' : 'tcp') . "://$host:$port";
        $stream = @stream_socket_client($address, $code, $why, $seconds, STREAM_CLIENT_CONNECT, $context);
        if ($stream === false) {
            throw new Broken('no connection: ' . ($why ?: (error_get_last()['message'] ?? 'TLS failed')));
        }
        try {
            stream_set_blocking($stream, false);
            $exchange = new self($stream, $until);
            $exchange->send(implode("\r\n", [
                'POST ' . $parts['path'] . ' HTTP/1.1',
                "Host: $host:$port",
                'Content-Type: application/x-www-form-urlencoded',
                'Content-Length: ' . strlen($form),
                'Connection: close',
                '',
                $form,
            ]));
            return $exchange->receive();
        } finally {
            fclose($stream);
        }
    }

    private function send(string $bytes): void
    {
        while ($bytes !== '') {
            $this->wait(false);
            $sent = @fwrite($this->stream, $bytes);
            if ($sent === false) {
                throw new Broken('the connection broke while sending');
            }
            $bytes = substr($bytes, $sent);
        }
    }

    private function receive(): string
    {
        do {
            [$line, $fields] = $this->head();
            $isStatus = preg_match('/^HTTP\/1\.[01] ([1-5][0-9]{2})(?: |$)/', $line, $status);
            if (!$isStatus) {
                throw new Broken('the answer is no HTTP');
            }
        } while ($status[1][0] === '1');
        if ($status[1] !== '200') {
            throw new Broken("HTTP status $status[1]");
        }
        if (str_contains(strtolower($fields['transfer-encoding'] ?? ''), 'chunked')) {
            return $this->chunks();
        }
        $length = $fields['content-length'] ?? null;
        if ($length === null) {
            while ($this->more()) {
            }
            return $this->take(strlen($this->buffer));
        }
        if (!ctype_digit($length)) {
            throw new Broken('the Content-Length is no number');
        }
        return $this->exactly((int) $length);
    }

    /** @return array{string, array<string>} the first line, and the fields by lower-case name */
    private function head(): array
    {
        $first = $this->line();
        $fields = [];
        while (($line = $this->line()) !== '') {
            [$name, $value] = [...explode(':', $line, 2), ''];
            $fields[strtolower(trim($name))] = trim($value);
        }
        return [$first, $fields];
    }

    private function chunks(): string
    {
        $body = '';
        while (true) {
            if (!preg_match('/^([0-9a-fA-F]{1,6})[ \t]*(?:;|$)/', $this->line(), $size)) {
                throw new Broken('a chunk has no size');
            }
            $chunk = $this->exactly((int) hexdec($size[1]));
            if ($chunk === '') {
                return $body;
            }
            $body .= $chunk;
            if ($this->line() !== '') {
                throw new Broken('a chunk does not end');
            }
        }
    }

    private function line(): string
    {
        while (($end = strpos($this->buffer, "\n")) === false) {
            $this->more() || throw new Broken('the answer was cut short');
        }
        return rtrim($this->take($end + 1), "\r\n");
    }

    private function exactly(int $count): string
    {
        while (strlen($this->buffer) < $count) {
            $this->more() || throw new Broken('the answer was cut short');
        }
        return $this->take($count);
    }

    private function take(int $count): string
    {
        $taken = substr($this->buffer, 0, $count);
        $this->buffer = substr($this->buffer, $count);
        return $taken;
    }

    /** Reads on; false at the end of the connection. */
    private function more(): bool
    {
        do {
            $bytes = @fread($this->stream, 65536);
            if ($bytes === false || ($bytes === '' && feof($this->stream))) {
                return false;
            }
            if ($bytes === '') {
                $this->wait(true); // TLS may hold bytes that select does not see, so read first, then wait
            }
        } while ($bytes === '');
        $this->buffer .= $bytes;
        $this->read += strlen($bytes);
        if ($this->read > self::MOST_ANSWER_BYTES) {
            throw new Broken('the answer is larger than 1 MiB');
        }
        return true;
    }

    private function wait(bool $toRead): void
    {
        $left = $this->until - microtime(true);
        $read = $toRead ? [$this->stream] : null;
        $write = $toRead ? null : [$this->stream];
        $except = null;
        if ($left <= 0 || !stream_select($read, $write, $except, (int) $left, (int) (fmod($left, 1) * 1e6))) {
            throw new Broken('time-out');
        }
    }
}
