/** Which host a journey runs on; the project of playwright.config.ts says it. */
export type HostName = 'desktop' | 'browser';
