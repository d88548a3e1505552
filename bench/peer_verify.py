#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The peer of J8: the same ledger checked by Python's sqlite3, json and hashlib (OpenSSL's SM3).

usage: peer_verify.py DATABASE
"""
import hashlib
import json
import sqlite3
import sys
import time


def main(path):
    begin = time.monotonic()
    processor = time.process_time()
    rows = sqlite3.connect(path).execute(
        "SELECT unit, seq, act, at, actor, body, prev_hash, hash FROM ledger ORDER BY unit, seq")
    count, bad, last_unit, last_seq, last_hash = 0, 0, None, 0, bytes(32)
    for unit, seq, act, at, actor, body, prev_hash, digest in rows:
        if unit != last_unit:
            last_unit, last_seq, last_hash = unit, 0, bytes(32)
        said = json.loads(body)
        if (seq != last_seq + 1 or prev_hash != last_hash
                or hashlib.new("sm3", prev_hash + body.encode()).digest() != digest
                or (said["unit"], said["seq"], said["act"], said["at"], said["actor"]) != (unit, seq, act, at, actor)):
            bad += 1
        last_seq, last_hash, count = seq, digest, count + 1
    print(f"python {count} entries, {bad} bad, 1 threads: {(time.monotonic() - begin) * 1000:.0f} ms, "
          f"{(time.process_time() - processor) * 1000:.0f} ms of processor")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
