import { parentPort, workerData } from 'node:worker_threads';
import type { LabelledText } from '#backups/application';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

const { from, to } = workerData as { readonly from: LabelledText; readonly to: LabelledText };
const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };

parentPort?.postMessage(createTwoFilesPatch(from.label, to.label, from.text, to.text, undefined, undefined, options));
