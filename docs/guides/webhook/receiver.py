#!/usr/bin/env python3
"""An example receiver of Nhịp's webhook, with nothing but Python's standard library.

    WEBHOOK_SECRET=whsec_… python3 receiver.py --listen 127.0.0.1:9000

It checks who sent a request and that it is fresh, takes each event once, and prints the line that a gateway would send
as an SMS or a Zalo message. Put your gateway's call into `send`. See ../webhook.md.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Seconds by which the clocks may differ; an older request may be a copy that somebody kept.
TOLERANCE = 5 * 60
# Bytes of a body; ours have some 2,000.
LONGEST = 64 * 1024
# Ids of the latest events: what was taken once is not taken again.
SEEN = OrderedDict()
KEPT = 10_000


def is_genuine(secret, headers, body, now):
    """Standard Webhooks: an HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    event, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(now - int(at)) > TOLERANCE:
        return False
    right = hmac.new(key, f"{event}.{at}.".encode() + body, hashlib.sha256).digest()
    # There may be several signatures, while a secret is being replaced.
    for given in headers.get("webhook-signature", "").split():
        version, _, signature = given.partition(",")
        if version == "v1" and hmac.compare_digest(base64.b64encode(right).decode(), signature):
            return True
    return False


def sms(event, language):
    """One line, as short as it can be: 160 characters are one SMS where no letter has marks, 70 where some have."""
    lines, report = event["data"]["text"], event["data"]["report"]
    return f"{lines.get(language) or next(iter(lines.values()))} {report['url']}"


def send(line):
    """Here a gateway is called; the example prints."""
    print(f"SMS: {line}", flush=True)


class Receiver(BaseHTTPRequestHandler):
    secret = ""
    language = "vi"

    def do_POST(self):
        length = int(self.headers.get("content-length", "0"))
        if length > LONGEST:
            return self.answer(413)
        body = self.rfile.read(length)
        if not is_genuine(self.secret, self.headers, body, time.time()):
            return self.answer(401)
        event = self.headers["webhook-id"]
        if event not in SEEN:
            # An error in here is a 500: Nhịp tries again later.
            send(sms(json.loads(body), self.language))
            SEEN[event] = True
            while len(SEEN) > KEPT:
                SEEN.popitem(last=False)
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--listen", default="127.0.0.1:9000")
    options.add_argument("--language", default="vi")
    chosen = options.parse_args()
    Receiver.secret = os.environ.get("WEBHOOK_SECRET", "")
    Receiver.language = chosen.language
    if not Receiver.secret:
        sys.exit("WEBHOOK_SECRET is missing: `nhip webhook add` printed it")
    host, _, port = chosen.listen.rpartition(":")
    ThreadingHTTPServer((host, int(port)), Receiver).serve_forever()


if __name__ == "__main__":
    main()
