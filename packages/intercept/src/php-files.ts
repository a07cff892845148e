import type { ChildSettings } from "./child-settings.js";

/** For PHP (`PHP_INI_SCAN_DIR`): where libcurl and OpenSSL find the authority, and the file to load first. */
export function phpIni({ caFile }: ChildSettings, prependFile: string): string {
  return `curl.cainfo = "${caFile}"\nopenssl.cafile = "${caFile}"\nauto_prepend_file = "${prependFile}"\n`;
}

/**
 * For PHP's stream functions, which read no proxy variable: wrappers of http and https that add the proxy to each
 * context. The wrapper stands for the list of headers that PHP's own gives as `wrapper_data`.
 */
export function phpPrepend({ port }: ChildSettings): string {
  return `<?php
abstract class KsherproofWrapper implements ArrayAccess, IteratorAggregate, Countable {
    public $context;
    private $inner;
    private $headers = [];
    abstract protected function scheme(): string;
    public function stream_open($path, $mode, $options, &$opened) {
        $host = parse_url($path, PHP_URL_HOST);
        $set = $this->context ? stream_context_get_options($this->context) : [];
        $params = $this->context ? stream_context_get_params($this->context) : [];
        unset($params['options']);
        if (!is_string($host) || !preg_match('/^(localhost|127\\\\.[0-9.]+|\\\\[::1\\\\])$/i', $host)) {
            $set['http']['proxy'] = 'tcp://127.0.0.1:${port}';
            if ($this->scheme() === 'http') $set['http']['request_fulluri'] = true;
        }
        error_clear_last();
        stream_wrapper_restore($this->scheme());
        try {
            $this->inner = @fopen($path, $mode, false, stream_context_create($set, $params));
        } finally {
            stream_wrapper_unregister($this->scheme());
            stream_wrapper_register($this->scheme(), static::class, STREAM_IS_URL);
        }
        if (isset($http_response_header)) $GLOBALS['http_response_header'] = $http_response_header;
        if ($this->inner === false) {
            if ($options & STREAM_REPORT_ERRORS) trigger_error(error_get_last()['message'] ?? 'the request failed', E_USER_WARNING);
            return false;
        }
        $this->headers = stream_get_meta_data($this->inner)['wrapper_data'] ?? [];
        return true;
    }
    public function stream_read($count) { return fread($this->inner, $count); }
    public function stream_eof() { return feof($this->inner); }
    public function stream_stat() { return fstat($this->inner); }
    public function stream_close() { fclose($this->inner); }
    public function stream_cast($as) { return $this->inner; }
    public function stream_set_option($option, $arg1, $arg2) {
        if ($option === STREAM_OPTION_BLOCKING) return stream_set_blocking($this->inner, (bool) $arg1);
        return $option === STREAM_OPTION_READ_TIMEOUT && stream_set_timeout($this->inner, $arg1, $arg2 ?? 0);
    }
    public function offsetExists($at): bool { return isset($this->headers[$at]); }
    public function offsetGet($at): mixed { return $this->headers[$at] ?? null; }
    public function offsetSet($at, $value): void {}
    public function offsetUnset($at): void {}
    public function count(): int { return count($this->headers); }
    public function getIterator(): Iterator { return new ArrayIterator($this->headers); }
}
final class KsherproofHttps extends KsherproofWrapper { protected function scheme(): string { return 'https'; } }
final class KsherproofHttp extends KsherproofWrapper { protected function scheme(): string { return 'http'; } }
foreach (['https' => KsherproofHttps::class, 'http' => KsherproofHttp::class] as $scheme => $class) {
    if (!in_array($scheme, stream_get_wrappers(), true)) continue;
    stream_wrapper_unregister($scheme);
    stream_wrapper_register($scheme, $class, STREAM_IS_URL);
}
unset($scheme, $class);
`;
}
