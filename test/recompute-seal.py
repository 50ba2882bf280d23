"""Recomputes a seal from entries.jsonl and seal.json with nothing but Python's standard library.

usage: recompute-seal.py entries.jsonl seal.json
Prints one JSON object: whether each line is canonical, entry hashes, whether the chain holds, content root, totals and close_hash.
It shares no code with the program: it is its judge.
"""

import hashlib
import json
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    # For ASCII keys and whole numbers this is the form of RFC 8785.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def tree_hash(leaves):
    """MTH of RFC 6962 section 2.1, as it is defined there."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:]))


def main(entries_path, seal_path):
    with open(entries_path, "rb") as file:
        lines = file.read().split(b"\n")
    assert lines.pop() == b""
    entries = [json.loads(line) for line in lines]
    hashes = [sha256(line) for line in lines]
    chained = all(entry["prev"] == before.hex() for entry, before in zip(entries, [bytes(32), *hashes]))
    entry_lines = [line for entry in entries for line in entry["lines"]]
    debits = sum(line["baseDebit"] for line in entry_lines)
    credits = sum(line["baseCredit"] for line in entry_lines)
    balances = {(line["account"], line["currency"]) for line in entry_lines}
    with open(seal_path, "rb") as file:
        seal_bytes = file.read()
    seal = json.loads(seal_bytes)
    eight = ["ledgerseal-close-v1", seal["company"]["id"], seal["period"]["id"], len(entries), debits, credits, len(balances), seal["closeNumber"]]
    close_text = "".join(f"{line}\n" for line in eight)
    print(
        json.dumps(
            {
                "canonical": all(canonical(entry).encode() == line for entry, line in zip(entries, lines)) and canonical(seal).encode() == seal_bytes,
                "entryHashes": [digest.hex() for digest in hashes],
                "chained": chained,
                "contentRoot": tree_hash(hashes).hex(),
                "closeHash": hashlib.sha256(close_text.encode()).hexdigest(),
                "sealSha256": hashlib.sha256(seal_bytes).hexdigest(),
            }
        )
    )


main(*sys.argv[1:])
