// node bench/package-run.ts DATA-FOLDER PERIOD: writes a package, then each of its members into an archive of its own, and says what each took, as JSON.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listCloseRows } from '#main/close/index.ts';
import { readMaterial } from '#main/packages/material.service.ts';
import { PACKAGE_FORMAT } from '#main/packages/package-format.ts';
import { type Member, payloadMembers } from '#main/packages/members.service.ts';
import { writeBag } from '#main/packages/bag-writer.service.ts';
import { findPeriod } from '#main/periods/index.ts';
import { openReadSnapshot } from '#main/platform/database/read-snapshot.ts';
import { createZip } from '#main/platform/zip/zip-writer.ts';
import { withBooks } from './books.ts';
import { type Spent, spentOn } from './measure.ts';

export interface PackageRun {
	readonly whole: Spent;
	readonly bytes: number;
	readonly members: readonly (Spent & { readonly name: string; readonly bytes: number })[];
}

const [, , dataFolder = '', periodName = ''] = process.argv;

const run = await withBooks(dataFolder, async ({ app, actor: { company } }): Promise<PackageRun> => {
	const closeId = app.runner.read((db) => {
		const period = findPeriod(db, company, periodName);
		return listCloseRows(db, company.id, period.id).at(-1)?.id ?? 0;
	});
	const snapshot = openReadSnapshot(join(dataFolder, 'ledgerseal.db'));
	const folder = mkdtempSync(join(dataFolder, 'package-'));
	const path = join(folder, 'one.zip');
	const content = join(dataFolder, 'content');
	const membersOf = () => payloadMembers(readMaterial(snapshot.db, company, closeId), { contentFolder: content, packageKeyId: null, format: PACKAGE_FORMAT });
	const writeAlone = async (member: Member) => {
		const spent = await spentOn(async () => {
			const zip = await createZip(path);
			await zip.add(member.name, member.content(), { compress: member.compress ?? true });
			await zip.finish();
		});
		const { size } = statSync(path);
		rmSync(path);
		return { name: member.name, bytes: size, ...spent };
	};
	try {
		const alone: PackageRun['members'][number][] = [];
		for (const member of membersOf()) alone.push(await writeAlone(member));
		const whole = await spentOn(async () => {
			const material = readMaterial(snapshot.db, company, closeId);
			const members = payloadMembers(material, { contentFolder: content, packageKeyId: null, format: PACKAGE_FORMAT });
			const page = new Uint8Array(0);
			await writeBag({
				path,
				topFolder: 'package',
				material,
				format: PACKAGE_FORMAT,
				members,
				signer: null,
				page,
				onMember: () => undefined,
				beforePlacing: () => Promise.resolve(),
			});
		});
		return { whole, bytes: statSync(path).size, members: alone };
	} finally {
		snapshot.close();
		rmSync(folder, { recursive: true });
	}
});
process.stdout.write(`${JSON.stringify(run)}\n`);
