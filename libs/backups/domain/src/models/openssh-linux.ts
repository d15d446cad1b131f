import type { ExecModel } from './device-model.ts';

export const opensshLinux: ExecModel = {
  name: 'openssh-linux',
  mode: 'exec',
  commands: [
    'uname -n',
    'cat /etc/os-release',
    'cat /etc/hosts',
    'cat /etc/passwd',
    'cat /etc/group',
    'cat /etc/ssh/sshd_config',
  ],
  heading: (command) => `### ${command}`,
  proof: { form: null },
  rejections: [],
  volatile: [],
  restore: null,
  secrets: [/^([^:#\s]{1,64}:)(?![x*!]?:)[^:\s]+(?=:)/gm],
};
