import type { Exchange, Recording } from './recording.ts';

/** An answer as a terminal shows it. Echo and body keep their line ends; the prompt has none. */
export type AnswerParts = { readonly echo: string; readonly body: string; readonly prompt: string };

const PROMPT = /^\r*(?:\S.*)?[>#$%\]] ?$/;

/** The prompt that ends what the device sends after login; empty where the recording has none. */
export function promptOf({ initPrompt }: Recording): string {
  return openPrompt(initPrompt ?? '');
}

/** Whether the recording was taken from a terminal: its answers then hold echo and prompt, otherwise neither. */
export function isFromTerminal(recording: Recording): boolean {
  const prompt = promptOf(recording).trim();
  return prompt !== '' && recording.exchanges.some(({ answer }) => openPrompt(answer).trim() === prompt);
}

/** Takes an answer from a terminal apart; `echo + body + prompt` is the answer again. */
export function partsOf({ typed, answer }: Exchange): AnswerParts {
  const start = answer.length - answer.trimStart().length;
  const isEchoed = typed !== '' && answer.startsWith(typed.split(' ', 1)[0] ?? typed, start);
  const echo = isEchoed ? answer.slice(0, answer.indexOf('\n', start) + 1) || answer : '';
  const rest = answer.slice(echo.length);
  const prompt = openPrompt(rest);
  return { echo, body: rest.slice(0, rest.length - prompt.length), prompt };
}

function openPrompt(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return PROMPT.test(line) ? line : '';
}
