/** Headers of a file that is sent to be kept: its name in any script, and safe for whoever reads the header. */
export function attachmentHeaders({ fileName, contentType, bytes }: { readonly fileName: string; readonly contentType: string; readonly bytes: number }) {
	const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
	return { 'content-type': contentType, 'content-length': bytes, 'content-disposition': `attachment; filename*=UTF-8''${encoded}` };
}
