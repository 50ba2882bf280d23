import { counted } from './words.ts';

interface VerificationView {
	readonly result: 'VERIFIED' | 'ALTERED';
	readonly signer: { readonly fingerprint: string; readonly known: boolean } | null;
	readonly statement: string;
	readonly findings: readonly { readonly code: string; readonly message: string }[];
	readonly notChecked: readonly string[];
}

/** What a verification found, for people. */
export function verificationText({ result, signer, statement, findings, notChecked }: VerificationView): string {
	const lines = [`${result}: ${statement}`];
	if (signer) lines.push(`Signed by key ${signer.fingerprint} (${signer.known ? 'known' : 'not known here'}).`);
	if (findings.length > 0) lines.push(`${counted(findings.length, 'finding')}:`, ...findings.map(({ code, message }) => `  ${message} (${code})`));
	if (notChecked.length > 0) lines.push('Not checked:', ...notChecked.map((text) => `  ${text}`));
	return `${lines.join('\n')}\n`;
}
