import { isFromTerminal, partsOf } from './answer-parts.ts';
import type { Recording } from './recording.ts';

/** The recording of a device whose configuration was changed. Echo and prompt stay what they were. */
export function withConfiguration(recording: Recording, command: string, change: (text: string) => string): Recording {
  const fromTerminal = isFromTerminal(recording);
  const exchanges = recording.exchanges.map((exchange) => {
    if (exchange.typed !== command) return exchange;
    if (!fromTerminal) return { ...exchange, answer: change(exchange.answer) };
    const { echo, body, prompt } = partsOf(exchange);
    return { ...exchange, answer: echo + change(body) + prompt };
  });
  return { ...recording, exchanges };
}
