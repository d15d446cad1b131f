import { parseRecording } from '../recording/parse-recording.ts';

/** A small device with a terminal. */
export const labSwitch = parseRecording(
  [
    'init_prompt: "Welcome\\nlab-1# "',
    'commands:',
    '  "terminal length 0\\n": "terminal length 0\\nlab-1# "',
    '  "show running-config\\n": "show running-config\\nhostname lab-1\\nlocation Zürich\\nend\\n\\nlab-1# "',
    '  "exit\\n": "exit\\n"',
  ].join('\n'),
  'ios--lab-1.yaml',
);

/** A small device that runs one command per channel. */
export const labHost = parseRecording(
  'init_prompt:\ncommands:\n  "uname -n\\n": "lab-2\\n"\n  "cat /etc/hosts\\n": "127.0.0.1 localhost\\n::1 localhost\\n"\n',
  'openssh-linux--lab-2.yaml',
);
