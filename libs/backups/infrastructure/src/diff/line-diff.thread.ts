import { parentPort, workerData } from 'node:worker_threads';
import type { LabelledText } from '#backups/application';
import { unifiedDiff } from './unified-diff.ts';

const { from, to } = workerData as { readonly from: LabelledText; readonly to: LabelledText };

parentPort?.postMessage(unifiedDiff(from, to));
