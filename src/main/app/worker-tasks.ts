/** What domains have done in a thread of their own. */
export { serveStaging, type StagingThreadData } from '#main/imports/index.ts';
