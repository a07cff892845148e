"""The same in Python with `cryptography` (OpenSSL) and the key parsed once."""
import json
import sys
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import MD5
from cryptography.hazmat.primitives.serialization import load_pem_public_key

key = load_pem_public_key(open(sys.argv[2], "rb").read())
start = time.perf_counter()
valid = 0
for line in open(sys.argv[1], encoding="utf-8"):
    message = json.loads(line)
    data = message["data"]
    text = "".join(f"{name}={data[name]}" for name in sorted(data))
    try:
        key.verify(bytes.fromhex(message["sign"]), text.encode(), padding.PKCS1v15(), MD5())
        valid += 1
    except InvalidSignature:
        pass
print(json.dumps({"valid": valid, "seconds": time.perf_counter() - start}))
