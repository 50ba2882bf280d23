import { describeFullDisk } from './full-disk.ts';

describeFullDisk([0, 96 * 1024]);
