import { describeFullDisk } from './full-disk.ts';

describeFullDisk(Array.from({ length: 192 }, (_, step) => step * 16 * 1024));
