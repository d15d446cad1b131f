import { CISCO_LIKE_SECRETS, CONFIGURE_TERMINAL, HOST_PROMPT } from './cisco-like.ts';
import type { ShellModel } from './device-model.ts';

export const eos: ShellModel = {
  name: 'eos',
  mode: 'shell',
  prompt: HOST_PROMPT,
  pagers: [{ line: /^ ?--More-- ?$/, key: ' ' }],
  preparation: [],
  command: 'show running-config | no-more | exclude ! Time:',
  logout: 'exit',
  proof: { header: null, endMarker: 'end', logoutEcho: 'optional' },
  rejections: [/^% ?(?:Invalid input|Ambiguous command|Incomplete command|Authorization denied)/],
  volatile: [/^! (?:Time|Command): /],
  restore: CONFIGURE_TERMINAL,
  secrets: CISCO_LIKE_SECRETS,
};
