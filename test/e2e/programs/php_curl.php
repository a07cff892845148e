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
$call = curl_init("https://gateway.ksher.com/api/$endpoint");
curl_setopt_array($call, [CURLOPT_POSTFIELDS => http_build_query($params), CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 20]);
$body = curl_exec($call);
if ($body === false) {
    fwrite(STDERR, curl_error($call) . "\n");
    exit(1);
}
echo $body, "\n";
