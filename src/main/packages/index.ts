import type { PackagesContract } from '#shared/contract/packages.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { grantDownload, redeemGrant } from './grants.service.ts';
import { listJobs } from './jobs.queries.ts';
import { cancelJob, jobView } from './jobs.service.ts';
import { buildPackage, regeneratePackage } from './packages.service.ts';
import { proveEntry } from './prove.service.ts';
import { savePackage, sharePackage } from './save.service.ts';

export { packageCloseHooks, type PackageJob } from './jobs.service.ts';
export { expirePackages } from './keeping.service.ts';
export { packageJob } from './package-job.service.ts';

export const packagesHandlers: Handlers<PackagesContract> = {
	build: { task: buildPackage },
	list: { query: (db, { company }, _input, { paths }) => ({ jobs: listJobs(db, company.id).map((job) => jobView(job, paths)) }) },
	save: { task: savePackage },
	share: { task: sharePackage },
	grantDownload: { task: grantDownload },
	redeemGrant: { task: redeemGrant },
	regenerate: { task: regeneratePackage },
	prove: { task: proveEntry },
	cancel: {
		// Without a package there is no file, so no folder is needed to show the job.
		command: (tx, { company }, { jobId }) => jobView(cancelJob(tx, company, jobId), { packages: '' }),
		audit: (_input, { jobId, period, closeNumber }) => ({ jobId, period, closeNumber }),
	},
};
