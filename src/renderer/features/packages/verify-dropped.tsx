import { useOpenedFile } from '#renderer/lib/opened-file.ts';
import { VerifyDialog } from './verify-dialog.tsx';

/** The verifier over whichever page is shown. Another file begins it anew. */
export function VerifyDropped() {
	const { verifying, endVerifying } = useOpenedFile();
	if (verifying === null) return null;
	const { file } = verifying;
	return (
		<VerifyDialog key={file === null ? '' : file instanceof File ? `${file.name} ${file.lastModified}` : file.path} dropped={file} onClose={endVerifying} />
	);
}
