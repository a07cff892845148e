<?php
[, $appid, $keyFile, $endpoint, $order] = $argv;
$params = [
    'appid' => $appid,
    'mch_order_no' => $order,
    'nonce_str' => bin2hex(random_bytes(16)),
    'time_stamp' => date('YmdHis'),
];
ksort($params, SORT_STRING);
$text = '';
foreach ($params as $name => $value) {
    $text .= "$name=$value";
}
openssl_sign($text, $signature, file_get_contents($keyFile), OPENSSL_ALGO_MD5);
$params['sign'] = bin2hex($signature);
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => "Content-Type: application/x-www-form-urlencoded\r\n",
    'content' => http_build_query($params),
    'timeout' => 20,
    'ignore_errors' => true,
]]);
$body = file_get_contents("https://gateway.ksher.com/api/$endpoint", false, $context);
if ($body === false) {
    exit(1);
}
echo $body, "\n";
