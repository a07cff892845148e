"""One POST of a form: the whole exchange within a deadline, no redirects, at most 1 MiB of answer."""

import http.client
import socket
import ssl
import threading
import time
from urllib.parse import urlsplit

MOST_ANSWER_BYTES = 1 << 20


class Broken(Exception):
    """No whole answer came: whether the request arrived is not known."""


def post(url, form, timeout_ms, ca=None):
    """The status and body of the answer; of another status than 200, no body (RSP-006). Raises Broken.

    `ca` is PEM to trust in place of the system's certificates (SEC-002: certificates are always verified).
    """
    parts = urlsplit(url)
    seconds = timeout_ms / 1000
    if parts.scheme == "https":
        context = ssl.create_default_context(cadata=ca)
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=context)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)
    late = threading.Event()
    timer = None
    try:
        began = time.monotonic()
        connection.connect()
        # A socket's time-out starts anew with each byte: this one ends the exchange as a whole (RSP-008).
        timer = threading.Timer(began + seconds - time.monotonic(), _hang_up, (connection.sock, late))
        timer.daemon = True
        timer.start()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        connection.request("POST", parts.path, form, headers)
        response = connection.getresponse()
        if response.status != 200:
            return response.status, b""
        body = response.read(MOST_ANSWER_BYTES + 1)
        if len(body) > MOST_ANSWER_BYTES:
            raise Broken("the answer is larger than 1 MiB")
        if response.length or late.is_set():  # the bytes that Content-Length promised and that never came
            raise Broken("the answer was cut short")
        return response.status, body
    except (OSError, http.client.HTTPException) as error:
        timed_out = late.is_set() or isinstance(error, TimeoutError)
        raise Broken("time-out" if timed_out else f"the exchange broke off: {error!r}") from error
    finally:
        if timer:
            timer.cancel()
        connection.close()


def _hang_up(sock, late):
    late.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # over already
