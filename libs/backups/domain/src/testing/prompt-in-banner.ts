import { parseRecording, type NamedRecording } from '#device-simulator/testing';
import { modelNamed } from '../models/device-models.ts';

/** Small devices whose banner holds what the end of their configuration looks like: end marker and prompt. */
export function recordingsWithPromptInBanner(): readonly NamedRecording[] {
  return Object.entries({ ios: 'r1#', eos: 'sw1#', nxos: 'sw1# ', aoscx: 'sw1# ' }).map(([name, prompt]) => {
    const model = modelNamed(name);
    if (model?.mode !== 'shell') throw new Error(`There is no prompt on a device of ${name}.`);
    const { preparation, command, logout, proof } = model;
    const file = `${name}--prompt-in-banner.yaml`;
    const fakeEnd = `end\n${prompt}\n${prompt}`;
    const header = proof.header === null ? '' : `${proof.header}\n`;
    const configuration = `${header}hostname sw1\nbanner motd ^\n${fakeEnd}\nKeep out\n${fakeEnd}\n^\n! below the banner\nend\n`;
    const commands = [
      ...preparation.map((text) => [text, `${text}\n${prompt}`]),
      [command, `${command}\n${configuration}${prompt}`],
      [logout, `${logout}\n`],
    ].map(([typed, answer]) => ({ [`${typed}\n`]: answer }));
    return { file, model: name, recording: parseRecording(JSON.stringify({ init_prompt: prompt, commands }), file) };
  });
}
