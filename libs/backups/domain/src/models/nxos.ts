import { CISCO_LIKE_SECRETS, CONFIGURE_TERMINAL, HOST_PROMPT } from './cisco-like.ts';
import type { ShellModel } from './device-model.ts';

export const nxos: ShellModel = {
  name: 'nxos',
  mode: 'shell',
  prompt: HOST_PROMPT,
  pagers: [{ line: /^ ?--More-- ?$/, key: ' ' }],
  preparation: ['terminal length 0'],
  command: 'show running-config',
  logout: 'exit',
  proof: { header: '!Command: show running-config', endMarker: null, logoutEcho: 'required' },
  rejections: [/^% ?(?:Invalid|Unknown|Ambiguous|Incomplete) command/, /^% ?Permission denied/],
  volatile: [/^!(?:Time|Running configuration last done at|Startup config saved at):/],
  restore: CONFIGURE_TERMINAL,
  secrets: CISCO_LIKE_SECRETS,
};
