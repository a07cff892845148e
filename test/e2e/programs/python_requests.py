import secrets
import subprocess
import sys
import time

import requests

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
print(requests.post(f"https://gateway.ksher.com/api/{endpoint}", data=params, timeout=20).text)
