import type { DeviceModel } from './device-model.ts';

/** The model's proof of completeness, for the table that shows it to people. */
export function describeProof({ proof, ...model }: DeviceModel): string {
  if ('form' in proof) {
    const form = proof.form === null ? [] : [proof.form.says];
    const each = 'commands' in model && model.commands.length > 1 ? ' of every command' : '';
    return [...form, 'exit status 0', 'end of file', `close${each}`].join(' + ');
  }
  const header = proof.header === null ? [] : ['header line'];
  const marker = proof.endMarker === null ? [] : [`the line \`${proof.endMarker}\``];
  const echo = proof.logoutEcho === 'required' ? ['echo of the logout'] : [];
  return [...header, ...marker, 'prompt', ...echo, 'close'].join(' + ');
}
