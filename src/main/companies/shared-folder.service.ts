import { stat } from 'node:fs/promises';
import { AppError } from '#shared/kernel/app-error.ts';
import { parseSetting } from './settings.rules.ts';

/** A folder to share packages in is there and can be written when it is set. Refuses SETTING_REFUSED. */
export async function checkSharedFolder({ key, value }: { readonly key: string; readonly value: string }): Promise<void> {
	if (key !== 'shared_folder') return;
	const path = parseSetting(key, value) as string | null;
	if (path === null) return;
	const isFolder = await stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
	if (!isFolder) throw new AppError('SETTING_REFUSED', `There is no folder ${path}. Make it, or connect the drive it is on, and set it again.`, { key, value });
	// Loaded now: every start loads this module, and hardly any sets a folder.
	const { requireWritableFolder } = await import('#main/platform/files.ts');
	try {
		await requireWritableFolder(path);
	} catch (error) {
		throw new AppError(
			'SETTING_REFUSED',
			`The folder ${path} cannot be written. Allow writing to it, or choose another folder.`,
			{ key, value },
			{ cause: error },
		);
	}
}
