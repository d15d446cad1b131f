import { CISCO_LIKE_SECRETS, CONFIGURE_TERMINAL, HOST_PROMPT } from './cisco-like.ts';
import type { ShellModel } from './device-model.ts';

export const ios: ShellModel = {
  name: 'ios',
  mode: 'shell',
  prompt: HOST_PROMPT,
  pagers: [{ line: /^ ?--More-- ?$/, key: ' ' }],
  preparation: ['terminal length 0', 'terminal width 0'],
  command: 'show running-config',
  logout: 'exit',
  // The last command is not echoed by every release, so the end marker has to carry the proof.
  proof: { header: null, endMarker: 'end', logoutEcho: 'optional' },
  rejections: [/^% ?(?:Invalid input|Unknown command|Ambiguous command|Incomplete command)/, /authorization failed/i],
  volatile: [
    /^Building configuration/,
    /^Current configuration : \d+ bytes/,
    /^! (?:Last configuration change|NVRAM config last updated|No configuration change since)/,
    /^ntp clock-period /,
  ],
  restore: CONFIGURE_TERMINAL,
  secrets: CISCO_LIKE_SECRETS,
};
