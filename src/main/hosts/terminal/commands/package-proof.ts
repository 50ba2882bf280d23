import { defineCommand } from '../context.ts';
import { longWork } from '../long-work.ts';
import { EXIT } from '../output.ts';
import { optionalNumber, wholeNumber } from '../values.ts';
import { verificationText } from '../verification-words.ts';
import { respond } from '../words.ts';

export const packageProve = defineCommand({
	path: ['package', 'prove'],
	summary: 'writes a proof that one entry is in the sealed books, without showing the others',
	description: `The file holds the entry, the hashes that lead from it to the content root of its period's close, and the signed seal. Anyone can check it
with \`package verify-proof\`, with verify.html of any package, or with docs/specs/seal.md.`,
	examples: ['package prove 42', 'package prove 42 --out entry-42.json', 'package prove 42 --close-number 1 --json'],
	options: {
		out: { type: 'string', value: 'FILE', summary: 'the file to write, or the folder to put it in (default: this folder)' },
		'close-number': { type: 'string', value: 'N', summary: 'an earlier close of its period (default: the standing one)' },
	},
	positionals: [{ name: 'NO', summary: 'the number of the entry' }],
	run: async (context, { options, positionals }) => {
		const no = wholeNumber('NO', positionals.NO);
		const closeNumber = optionalNumber('--close-number', options['close-number']);
		const { client, companyId } = await context.inCompany();
		const proof = await longWork(context, 'proving', (call) =>
			client.packages.prove({ companyId, no, closeNumber, to: context.path(options.out ?? '.') }, call),
		);
		respond(context.output, proof, () => `Wrote ${proof.file}: entry ${proof.entryNo} in ${proof.period}, close number ${proof.closeNumber}.\n`);
	},
});

export const packageVerifyProof = defineCommand({
	path: ['package', 'verify-proof'],
	summary: 'verifies the proof of one entry from its file alone',
	description: `It needs no books and no package: from the entry's text follows its hash, from that and the hashes beside it the content root that
the seal names, and the seal is signed. Whose key signed it is known where the books of this computer or --key say so.
Ends with exit status 1 where anything was altered.`,
	examples: ['package verify-proof entry-42.json', 'package verify-proof entry-42.json --key public-key.pem --json'],
	options: { key: { type: 'string', value: 'PEM|FINGERPRINT', summary: 'the key that must have signed it: a PEM file or a fingerprint' } },
	positionals: [{ name: 'FILE', summary: 'the proof' }],
	run: async (context, { options, positionals }) => {
		const [{ readExpectedKey }, { verifyProofFile }, { fingerprintsOfBooks }] = await Promise.all([
			import('../expected-key.ts'),
			import('#main/app/verify-proof.ts'),
			import('#main/app/books-keys.ts'),
		]);
		const answer = await verifyProofFile(context.path(positionals.FILE), {
			expectedKey: options.key === undefined ? undefined : await readExpectedKey(context.path, options.key),
			knownFingerprints: fingerprintsOfBooks(context.dataFolder),
		});
		respond(context.output, answer, () => {
			const close = answer.closeNumber === null ? null : `close number ${answer.closeNumber}`;
			const what = [answer.company, answer.period, close].filter((word) => word !== null);
			return `${what.length > 0 ? `${what.join(', ')}\n` : ''}${verificationText(answer)}`;
		});
		return answer.result === 'VERIFIED' ? EXIT.done : EXIT.refused;
	},
});
