"""Recomputes the seals of close packages from the packages alone, with nothing but Python's standard library.

usage: recompute-packages.py PACKAGE.zip...    (all closes of a company, in any order)
Prints one JSON object: what was recomputed of each package, and whether entries and seals of all of them are one chain each.
It shares no code with the program: it is its judge.
"""

import csv
import hashlib
import io
import json
import sys
import zipfile

GENESIS = "0" * 64


def sha256(data):
    return hashlib.sha256(data).digest()


def escaped(text):
    """A string of RFC 8785: only what must be escaped is."""
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
    return '"' + "".join(short.get(ord(c)) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in text) + '"'


def canonical(value):
    """RFC 8785 for what seals hold: no number is a fraction or beyond 2^53."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(escaped(key) + ":" + canonical(value[key]) for key in keys) + "}"


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


def lines_of(data):
    lines = data.split(b"\n")
    assert lines.pop() == b"", "the last line ends with LF"
    return lines


def minor(text):
    """An amount of two decimals, in minor units; a cell of nothing is nothing."""
    return int(text.replace(".", "")) if text else 0


class Package:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            top = names[0].split("/")[0] + "/"
            assert all(name.startswith(top) for name in names)
            self.files = {name[len(top) :]: archive.read(name) for name in names}
        self.seal_bytes = self.files["data/seal/seal.json"]
        self.seal = json.loads(self.seal_bytes)
        self.texts = lines_of(self.files["data/seal/entries.jsonl"])
        self.entries = [json.loads(text) for text in self.texts]
        self.hashes = [sha256(text) for text in self.texts]

    def recomputed(self, known):
        """`known`: all entries of all packages, by number."""
        seal, fields = self.seal, self.seal["closeHashFields"]
        through = [known[no] for no in sorted(known) if no <= seal["sealedThroughSeq"] and known[no]["date"] <= seal["period"]["end"]]
        balances = {}
        for line in (line for entry in through for line in entry["lines"]):
            sums = balances.setdefault((line["account"], line["currency"]), [0, 0])
            sums[0] += line["debit"] - line["credit"]
            sums[1] += line["baseDebit"] - line["baseCredit"]
        own = [line for entry in self.entries for line in entry["lines"]]
        debits, credits = sum(line["baseDebit"] for line in own), sum(line["baseCredit"] for line in own)
        eight = ["ledgerseal-close-v1", seal["company"]["id"], seal["period"]["id"], len(self.entries), debits, credits, len(balances), seal["closeNumber"]]
        close_hash = hashlib.sha256("".join(f"{line}\n" for line in eight).encode()).hexdigest()
        manifest = dict(reversed(line.split("  ", 1)) for line in lines_of_text(self.files["manifest-sha256.txt"]))
        package_seal = json.loads(self.files["package-seal.json"])
        return {
            "period": seal["period"]["name"],
            "entries": len(self.entries),
            "canonical": all(canonical(entry).encode() == text for entry, text in zip(self.entries, self.texts))
            and canonical(seal).encode() == self.seal_bytes
            and canonical(package_seal).encode() == self.files["package-seal.json"],
            "inPeriod": all(seal["period"]["start"] <= entry["date"] <= seal["period"]["end"] for entry in self.entries),
            "complete": [entry["no"] for entry in self.entries]
            == [entry["no"] for entry in through if entry["date"] >= seal["period"]["start"]],
            "contentRoot": tree_hash(self.hashes).hex() == seal["contentRoot"],
            "closeHash": close_hash == seal["closeHash"],
            "figures": [str(debits), str(credits), len(self.entries), len(balances)]
            == [fields["totalDebitsMinor"], fields["totalCreditsMinor"], fields["totalJournalCount"], fields["balanceRowCount"]],
            "tables": all(
                hashlib.sha256(self.files[f"data/sealed-tables/{table['name']}.jsonl"]).hexdigest() == table["sha256"]
                and len(lines_of(self.files[f"data/sealed-tables/{table['name']}.jsonl"] or b"")) == table["rows"]
                for table in seal["tables"]
                if table["rows"] > 0
            ),
            "trialBalance": self.trial_balance() == {key: sums for key, sums in balances.items() if sums != [0, 0]},
            "manifest": all(hashlib.sha256(self.files[name]).hexdigest() == digest for name, digest in manifest.items())
            and package_seal["manifestSha256"] == hashlib.sha256(self.files["manifest-sha256.txt"]).hexdigest()
            and package_seal["sealSha256"] == hashlib.sha256(self.seal_bytes).hexdigest(),
        }

    def trial_balance(self):
        """The ledger basis of trial_balance.csv by the ref of the account, without rows of nothing."""
        refs = {row["code"]: row["ref"] for row in map(json.loads, lines_of(self.files["data/sealed-tables/accounts.jsonl"]))}
        rows = csv.DictReader(io.StringIO(self.files["data/csv/trial_balance.csv"].decode("utf-8-sig")))
        sums = {}
        for row in rows:
            own, base = minor(row["debit"]) - minor(row["credit"]), minor(row["base_debit"]) - minor(row["base_credit"])
            if row["basis"] == "ledger" and [own, base] != [0, 0]:
                sums[(refs[row["code"]], row["currency"])] = [own, base]
        return sums


def lines_of_text(data):
    return [line.decode() for line in lines_of(data)]


def main(*paths):
    packages = [Package(path) for path in paths]
    known, hashes = {}, {}
    for package in packages:
        for entry, digest in zip(package.entries, package.hashes):
            known[entry["no"]] = entry
            hashes[entry["no"]] = digest.hex()
    numbers = sorted(known)
    whole = numbers == list(range(1, len(numbers) + 1))
    chained = whole and all(known[no]["prev"] == (GENESIS if no == 1 else hashes[no - 1]) for no in numbers)
    seals = sorted((package.seal["sealNo"], package) for package in packages)
    previous = [None] + [hashlib.sha256(package.seal_bytes).hexdigest() for _, package in seals]
    print(
        json.dumps(
            {
                "entries": len(numbers),
                "chained": chained,
                "heads": all(hashes[package.seal["chainHead"]["seq"]] == package.seal["chainHead"]["entryHash"] for package in packages),
                "sealsChained": [no for no, _ in seals] == list(range(1, len(seals) + 1))
                and all(package.seal["previousSeal"] == before for (_, package), before in zip(seals, previous)),
                "packages": [package.recomputed(known) for package in packages],
            }
        )
    )


main(*sys.argv[1:])
