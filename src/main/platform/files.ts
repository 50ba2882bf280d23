export { createAtomicFile, ensureFolder, sweepTemporaryFiles, syncFolder, writeFileAtomic } from './files/atomic-file.ts';
export { contentPath, copyWithChecksum, hasContent, removeContent, sha256File, storeContent } from './files/checksums.ts';
export { safeFileName } from './files/file-name.ts';
export { defaultDataFolder, requireWritableFolder } from './files/folders.ts';
