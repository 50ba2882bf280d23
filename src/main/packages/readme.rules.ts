import { type CloseSeal, closeHashText, sealFingerprint, type YearSeal } from '#shared/seal/index.ts';
import { oneLine } from './books-text.rules.ts';

/** What data/README.txt tells of a package. */
export interface ReadmeFacts {
	readonly seal: CloseSeal | YearSeal;
	readonly sealSha256: string;
	/** Of the key that signed; null where the seal is not signed. */
	readonly keyFingerprint: string | null;
	readonly hasDocuments: boolean;
	readonly hasReopenDifference: boolean;
	readonly hasAttachments: boolean;
	readonly hasReconciliations: boolean;
	readonly hasRotations: boolean;
}

/** data/README.txt: what the package is and how to verify it, in plain words, with the figures of this very close. */
export function readmeText(facts: ReadmeFacts): string {
	return [about(facts), contents(facts), inBrowser(), withProgram(), byHand(facts), meaning(facts)].join('\n');
}

function about({ seal, sealSha256, keyFingerprint }: ReadmeFacts): string {
	const { period } = seal;
	const what = seal.kind === 'YEAR' ? 'The close of the fiscal year' : 'The close of the period';
	return `CLOSE PACKAGE

Company          ${oneLine(seal.company.name)}
Company id       ${seal.company.id}
${what} ${period.name}, ${period.start} to ${period.end}
Close number     ${seal.closeNumber}
Closed           ${seal.closedAt} by ${oneLine(seal.closedBy)} (the clock of the computer that closed: a claim)
Reason           ${oneLine(seal.closeReason ?? '') || '-'}
Seal number      ${seal.sealNo}
Seal fingerprint ${sealFingerprint(sealSha256)}
Seal SHA-256     ${sealSha256}
Signing key      ${keyFingerprint ?? 'none: this seal is not signed'}
Close hash       ${seal.closeHash}
Content root     ${seal.contentRoot}

This package holds the books of one period as they were when it was closed. It was sealed then. Everything in it
can be checked with ordinary tools, today and in many years, without the program that made it.
`;
}

const RECONCILIATIONS = `reconciliations/  a folder for each account: reconciliation-statement.txt and .csv (balance per bank, what is under way
                  or wrong, balance per books), the files of the bank byte for byte, and matches.csv: which line of
                  the bank is which entry, why, and who said so. csv/reconciliations.csv names the folders;
                  csv/statement_lines.csv has every line of the bank.
`;

const DOCUMENTS = `summary.pdf       to read and to print: cover with the seal's fingerprint, trial balance, income statement, months,
                  balance sheet, reconciliations, outstanding amounts, validation report, sign-offs.
workbook.xlsx     the same as sheets, with general ledger, journal and lists; totals are formulas.
`;

const REOPEN_DIFFERENCE = `                  This period was closed before and reopened: reopen_difference.csv says who reopened it and why,
                  which accounts changed from the close before to this one, and by which entries.
`;

function contents({ seal, hasDocuments, hasReopenDifference, hasAttachments, hasReconciliations, hasRotations }: ReadmeFacts): string {
	const openItems = seal.tables.some(({ name }) => name === 'open_items') ? 'open receivables and payables,\n                  ' : '';
	const difference = hasReopenDifference ? REOPEN_DIFFERENCE : '';
	return `WHAT IS IN IT (below data/)

${hasDocuments ? DOCUMENTS : ''}csv/              trial balance, income statement, balance sheet, general ledger, journal, accounts, parties,
                  ${openItems}validations (with who acknowledged them) and audit trail. UTF-8. An apostrophe before = + - @
                  keeps spreadsheets from computing text.
${difference}books/            the same entries for two other accounting programs, hledger and beancount, with opening balances
                  and with the balances at each month's end, which these programs compare.
${hasReconciliations ? RECONCILIATIONS : ''}${hasAttachments ? "attachments/      evidence of the period's entries, named by its SHA-256; index.csv says what belongs to which entry.\n" : ''}seal/             seal.json with its signature seal.sig and public-key.pem, and entries.jsonl: every entry as it was
                  hashed, one a line.${hasRotations ? ' key-rotations.jsonl: how an older key named this one.' : ''}
sealed-tables/    accounts, parties, balances and the rest, as they were frozen by the close.

Beside data/ lie verify.html, the manifests of a BagIt bag (RFC 8493), package-seal.json and its signature.
`;
}

function inBrowser(): string {
	return `HOW TO VERIFY IN A BROWSER

Open verify.html (in the top folder of this package) in a browser and give it the ZIP, or the unpacked folder. Nothing leaves
your computer. It also checks a proof of a single entry. It proves nothing against a forger, who could have written that very
page: where you doubt, use the program, or a copy of the page that you got from where the program is published.
`;
}

function withProgram(): string {
	return `HOW TO VERIFY WITH THE PROGRAM

    ledgerseal package verify PACKAGE.zip
    ledgerseal package verify PACKAGE.zip --key FINGERPRINT     (with the key's fingerprint that you got another way)
    ledgerseal package verify PACKAGE.zip --previous EARLIER.zip

It needs this file only: no data folder, no password, no network.

One entry can be proved to be in the sealed books without showing the others:

    ledgerseal package prove NUMBER --out PROOF.json            (where the books are)
    ledgerseal package verify-proof PROOF.json                  (anywhere)
`;
}

function byHand({ seal, keyFingerprint }: ReadmeFacts): string {
	const figures = closeHashText(seal.closeHashFields).trimEnd().split('\n').join('\\n');
	const signature =
		keyFingerprint === null
			? '3. The seal is not signed: there was no place for a key on the computer that closed.'
			: `3. The seal was signed by the key in seal/public-key.pem. In the folder data/seal:

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in seal.json -sigfile seal.sig

   The package as a whole. In the top folder:

    openssl pkeyutl -verify -pubin -inkey data/seal/public-key.pem -rawin -in package-seal.json -sigfile package-seal.sig
    sha256sum manifest-sha256.txt       (it is the manifestSha256 of package-seal.json)`;
	return `HOW TO VERIFY WITHOUT THE PROGRAM

Unpack the archive first. On Windows use WSL or Git Bash.

1. No file was changed. In the top folder:

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

2. The close hash follows from the figures. The command

    printf '${figures}\\n' | sha256sum

   gives ${seal.closeHash}
   The lines are: format, company id, period id, number of entries, debits, credits (in minor units of
   ${seal.company.currency}), number of balances, close number.

${signature}

4. The seal is the one that was made. In the folder data/seal:

    sha256sum seal.json                 (compare with the seal's SHA-256 above and with what you were sent or printed)

5. The entries are the sealed ones. The SHA-256 of a line of seal/entries.jsonl, without its line end, is the hash
   of that entry and stands as "prev" in the entry with the next number. All of them give the content root
   (a Merkle tree hash as in RFC 6962, over the hashes in order of number).

6. The books add up. In the folder data/books:

    hledger -f journal.hledger check
    bean-check journal.beancount
`;
}

function meaning({ keyFingerprint }: ReadmeFacts): string {
	const key =
		keyFingerprint === null
			? `This seal is not signed. What is here agrees with itself; who made it is not shown. Compare the seal's fingerprint
above with one that you got another way.`
			: `A good signature says that nothing was changed since the key ${keyFingerprint} signed it.
It does not say whose key that is: a forger can sign with a key of his own. Compare the fingerprint of the key, or that
of the seal, with one that you got another way: on paper, by mail at the time of the close, or in an earlier package.`;
	return `WHAT IT PROVES

${key}
`;
}
