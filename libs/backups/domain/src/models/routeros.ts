import type { ExecModel } from './device-model.ts';
import { routerosExport } from './routeros-export.ts';

// A long statement is folded with `\` at any place, inside a secret too.
const VALUE = String.raw`(?:\\\n *)?(?:"(?:[^"\\]|\\[^])*"|(?:[^\s\\]|\\\n *)+)`;
const NAMES = 'password|secret|passphrase|pre-shared-key|preshared-key|private-key|authentication-key|auth-key';

export const routeros: ExecModel = {
  name: 'routeros',
  mode: 'exec',
  commands: ['/export show-sensitive'],
  heading: null,
  proof: { form: routerosExport },
  rejections: [/^bad command name /, /^expected end of command/, /^syntax error/, /^not enough permissions/],
  volatile: [
    /^# \S+ \S+ by RouterOS /,
    /^# (?:poe-out status|Interface not active|inactive time|Firmware upgraded)/,
    /^# (?:\S+ not ready|received packet from \S+ bad format)/,
  ],
  restore: { before: [], after: [] },
  secrets: [new RegExp(`((?:${NAMES})=)${VALUE}`, 'gm')],
};
