"""Checks the proof of one entry with nothing but Python's standard library (docs/specs/seal.md, Proof of one entry).

usage: check-proof.py PROOF.json FOLDER
Prints one JSON object: entry_hash, the root that the entry and the path give, and that of the seal. Writes seal.json, seal.sig and public-key.pem
into FOLDER for `openssl pkeyutl`. It shares no code with the program: it is its judge.
"""

import base64
import hashlib
import json
import os
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def root_of(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2, from the leaf upwards."""
    node, last, digest = index, size - 1, sha256(b"\x00" + leaf)
    for sibling in path:
        assert last > 0, "the path is too long"
        if node % 2 == 1 or node == last:
            digest = sha256(b"\x01" + sibling + digest)
            while node % 2 == 0 and node != 0:
                node, last = node // 2, last // 2
        else:
            digest = sha256(b"\x01" + digest + sibling)
        node, last = node // 2, last // 2
    assert last == 0, "the path is too short"
    return digest


def main(proof_path, folder):
    with open(proof_path, encoding="utf-8") as file:
        proof = json.load(file)
    assert (proof["format"], proof["formatVersion"]) == ("ledgerseal-entry-proof", 1)
    entry_hash = sha256(proof["entry"].encode())
    root = root_of(entry_hash, proof["leafIndex"], proof["treeSize"], [bytes.fromhex(digest) for digest in proof["auditPath"]])
    seal = json.loads(proof["seal"])
    for name, content in {
        "seal.json": proof["seal"].encode(),
        "seal.sig": base64.b64decode(proof["signature"]),
        "public-key.pem": proof["publicKey"].encode(),
    }.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    print(
        json.dumps(
            {
                "entryNo": json.loads(proof["entry"])["no"],
                "entryHash": entry_hash.hex(),
                "root": root.hex(),
                "contentRoot": seal["contentRoot"],
                "treeSize": proof["treeSize"] == seal["closeHashFields"]["totalJournalCount"],
                "sameKey": proof["publicKey"] == seal["publicKey"],
            }
        )
    )


main(*sys.argv[1:])
