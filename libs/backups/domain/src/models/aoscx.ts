import { CISCO_LIKE_SECRETS, CONFIGURE_TERMINAL, HOST_PROMPT } from './cisco-like.ts';
import type { ShellModel } from './device-model.ts';

export const aoscx: ShellModel = {
  name: 'aoscx',
  mode: 'shell',
  prompt: HOST_PROMPT,
  pagers: [{ line: /^-- MORE --, next page: Space, next line: Enter, quit: q ?$/, key: ' ' }],
  preparation: ['no page'],
  command: 'show running-config',
  logout: 'exit',
  proof: { header: 'Current configuration:', endMarker: null, logoutEcho: 'required' },
  rejections: [/^Invalid input: /, /^% ?(?:Unknown command|Command incomplete|Ambiguous command)/, /not authorized/i],
  volatile: [],
  restore: CONFIGURE_TERMINAL,
  secrets: [...CISCO_LIKE_SECRETS, /(\b(?:auth|priv)-pass )\S.*/gm, /(\bkey ciphertext )\S+/gm],
};
