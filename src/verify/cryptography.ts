import {
	createPureSha256,
	fromHex,
	pureSha256,
	pureVerifyEd25519,
	type SealCryptography,
	strictEd25519,
	toHex,
	utf8Bytes,
	type VerifyEd25519,
} from '#shared/seal/index.ts';
import { Refusal } from './archive/refusal.ts';

/** Who does the arithmetic of signatures: the browser, or this page where the browser has none (or has it only on secure origins). */
export interface PageCryptography {
	readonly cryptography: SealCryptography;
	readonly signaturesBy: 'browser' | 'page';
}

// RFC 8032 section 7.1, TEST 2, and FIPS 180-4's SHA-256 of "abc".
const KNOWN_KEY = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const KNOWN_SIGNATURE = '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
const KNOWN_SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/**
 * The primitives for the verifier. SHA-256 is always the page's own, because a browser's takes no stream. Each is tried on known answers first: an
 * engine that computes wrongly gives no verdict.
 */
export async function choosePrimitives(): Promise<PageCryptography> {
	if (toHex(pureSha256(utf8Bytes('abc'))) !== KNOWN_SHA256 || !(await answersRightly(pureVerifyEd25519))) {
		throw new Refusal('BROWSER_FAULT', 'SHA-256, Ed25519');
	}
	const isInBrowser = await answersRightly(browserVerifyEd25519);
	const cryptography: SealCryptography = {
		sha256: pureSha256,
		createSha256: createPureSha256,
		verifyEd25519: isInBrowser ? strictEd25519(browserVerifyEd25519) : pureVerifyEd25519,
	};
	return { cryptography, signaturesBy: isInBrowser ? 'browser' : 'page' };
}

async function answersRightly(verify: VerifyEd25519): Promise<boolean> {
	const [key, signature] = [fromHex(KNOWN_KEY), fromHex(KNOWN_SIGNATURE)];
	if (key === null || signature === null) return false;
	try {
		return (await verify(key, Uint8Array.of(0x72), signature)) && !(await verify(key, Uint8Array.of(0x73), signature));
	} catch {
		// No subtle cryptography here, or no Ed25519 in it.
		return false;
	}
}

const browserVerifyEd25519: VerifyEd25519 = async (publicKey, message, signature) => {
	const key = await crypto.subtle.importKey('raw', publicKey as BufferSource, 'Ed25519', false, ['verify']);
	return crypto.subtle.verify('Ed25519', key, signature as BufferSource, message as BufferSource);
};
