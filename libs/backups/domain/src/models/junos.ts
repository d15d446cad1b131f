import { balancedBraces } from './balanced-braces.ts';
import type { ExecModel } from './device-model.ts';

export const junos: ExecModel = {
  name: 'junos',
  mode: 'exec',
  commands: ['show configuration | display omit'],
  heading: null,
  proof: { form: balancedBraces },
  rejections: [/^error: /, /^unknown command\./, /^syntax error/, /permission denied/],
  volatile: [/^## Last (?:commit|changed): /],
  restore: { before: ['configure', 'load override terminal'], after: ['\u0004', 'show | compare'] },
  secrets: [
    /^( *[\w-]+ ).*; ## SECRET-DATA/gm,
    /()"\$\d\$[^"\n]{1,512}"/gm,
    /(:\/\/[^:/@\s"]{1,128}:)[^@\s"]{1,256}(?=@)/gm,
    /^( *community )\S+/gm,
  ],
};
