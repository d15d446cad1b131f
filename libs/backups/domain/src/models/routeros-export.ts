import type { TextForm } from './device-model.ts';

const HEADER = /^# \S+ \S+ by RouterOS \S/;

function flaw(text: string): string | null {
  if (!HEADER.test(text)) return 'does not begin with the header of an export';
  return text.trimEnd().endsWith('\\') ? 'ends in the middle of a statement' : null;
}

/** An export begins with the line that dates it, and its last statement does not end with the sign that it continues. */
export const routerosExport: TextForm = { says: 'header line', flaw };
