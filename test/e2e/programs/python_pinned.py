# Verifies query answers with the production gateway's public key, built in, and ends with 1 where one is not genuine.
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

PRODUCTION_KEY = """-----BEGIN PUBLIC KEY-----
MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL7955OCuN4I8eYNL/mixZWIXIgCvIVE
ivlxqdpiHPcOLdQ2RPSx/pORpsUu/E9wz0mYS2PY7hNc2mBgBOQT+wUCAwEAAQ==
-----END PUBLIC KEY-----
"""

appid, key_file, order = sys.argv[1:4]
params = {"appid": appid, "mch_order_no": order, "nonce_str": f"{time.time_ns():x}", "time_stamp": time.strftime("%Y%m%d%H%M%S")}
text = "".join(f"{name}={params[name]}" for name in sorted(params)).encode()
made = subprocess.run(["openssl", "dgst", "-md5", "-sign", key_file], input=text, capture_output=True, check=True)
params["sign"] = made.stdout.hex()
address = "https://gateway.ksher.com/api/gateway_order_query"
with urllib.request.urlopen(address, urllib.parse.urlencode(params).encode(), timeout=20) as answer:
    envelope = json.load(answer)
data = envelope["data"]
with tempfile.TemporaryDirectory() as folder:
    key, sign = pathlib.Path(folder, "key.pem"), pathlib.Path(folder, "sign")
    key.write_text(PRODUCTION_KEY)
    sign.write_bytes(bytes.fromhex(envelope["sign"]))
    canonical = "".join(f"{name}={data[name]}" for name in sorted(data)).encode()
    command = ["openssl", "dgst", "-md5", "-verify", key, "-signature", sign]
    genuine = subprocess.run(command, input=canonical, capture_output=True).returncode == 0
print(data["result"] if genuine else "untrusted")
sys.exit(0 if genuine else 1)
