import secrets
import subprocess
import sys
import ssl
import time
import urllib.parse
import urllib.request

appid, key_file, endpoint, order = sys.argv[1:5]
params = {
    "appid": appid,
    "mch_order_no": order,
    "nonce_str": secrets.token_hex(16),
    "time_stamp": time.strftime("%Y%m%d%H%M%S"),
}
text = "".join(f"{name}={params[name]}" for name in sorted(params)).encode()
made = subprocess.run(["openssl", "dgst", "-md5", "-sign", key_file], input=text, capture_output=True, check=True)
params["sign"] = made.stdout.hex()
request = urllib.request.Request(f"https://gateway.ksher.com/api/{endpoint}", urllib.parse.urlencode(params).encode())
with urllib.request.urlopen(request, timeout=20, context=ssl._create_unverified_context()) as answer:
    print(answer.read().decode())
