/** What a kind of device does that no recording shows. */
export type Personality = {
  /** The prompt where the recording has none. */
  readonly prompt: string;
  readonly pager: { readonly line: string; readonly erasing: string };
  /** The answer to a command that the device does not know. */
  readonly unknownCommand: (command: string, over: 'shell' | 'exec') => string;
  /** The exit status of such a command, where commands have one. */
  readonly unknownStatus: number;
};

const CARET = `${' '.repeat(12)}^\n`;

const ios: Personality = {
  prompt: 'Router#',
  pager: { line: ' --More-- ', erasing: `${'\b'.repeat(10)}${' '.repeat(10)}${'\b'.repeat(10)}` },
  unknownCommand: () => `${CARET}% Invalid input detected at '^' marker.\n\n`,
  unknownStatus: 1,
};

const personalities: Readonly<Record<string, Personality>> = {
  ios,
  nxos: {
    ...ios,
    prompt: 'switch# ',
    pager: { line: '--More--', erasing: '\r        \r' },
    unknownCommand: () => `${CARET}% Invalid command at '^' marker.\n`,
  },
  eos: {
    ...ios,
    prompt: 'switch#',
    pager: { line: ' --More-- ', erasing: '\r\x1b[K' },
    unknownCommand: () => '% Invalid input\n',
  },
  aoscx: {
    prompt: 'switch# ',
    pager: { line: '-- MORE --, next page: Space, next line: Enter, quit: q', erasing: '\r\x1b[K' },
    unknownCommand: (command) => `Invalid input: ${command}\n`,
    unknownStatus: 1,
  },
  junos: {
    prompt: 'operator@router> ',
    pager: { line: '---(more)---', erasing: '\r            \r' },
    unknownCommand: (command, over) =>
      over === 'exec' ? `error: unknown command: ${firstWord(command)}\n` : `${CARET}unknown command.\n\n`,
    unknownStatus: 1,
  },
  routeros: {
    prompt: '[admin@MikroTik] > ',
    pager: { line: '-- [Q quit|D dump|down]', erasing: '\r\x1b[K' },
    unknownCommand: (command) => `bad command name ${firstWord(command).replace('/', '')} (line 1 column 1)\n`,
    unknownStatus: 1,
  },
  'openssh-linux': {
    prompt: '$ ',
    pager: { line: '--More--', erasing: '\r\x1b[K' },
    unknownCommand: (command) => `sh: 1: ${firstWord(command)}: not found\n`,
    unknownStatus: 127,
  },
};

/** The personality of a model's devices; an unknown model behaves like the most common one. */
export function personalityOf(model: string | null): Personality {
  return personalities[model ?? ''] ?? ios;
}

function firstWord(command: string): string {
  return command.trim().split(/\s/, 1)[0] ?? '';
}
