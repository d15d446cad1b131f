import { RegisterDevice } from '#devices/application';
import { ModelCatalogue } from '#devices/contracts';
import { deviceProblem, registerBody } from '#devices/infrastructure';
import { Secret } from '#kernel';
import { looksLikePrivateKey } from '#platform/ssh';
import { orRefused, type Desk } from '../desk.ts';
import { parsed } from '../parse.ts';
import { secretFrom, textOf } from '../secrets.ts';
import { showOne } from './devices.ts';

export type AddOptions = {
  readonly address: string;
  readonly port: string;
  readonly model: string;
  readonly username: string;
  readonly passwordFile?: string;
  readonly privateKeyFile?: string;
  readonly passphraseFile?: string;
  readonly tag?: readonly string[];
  readonly disabled?: boolean;
};

export async function addDevice(desk: Desk, name: string, options: AddOptions): Promise<void> {
  const models = (await desk.get(ModelCatalogue)).names();
  const { address, model, tag: tags } = options;
  const details = { name, address, port: Number(options.port), model, enabled: options.disabled !== true, tags };
  const credentials = await credentialsOf(desk, options);
  const command = parsed(registerBody(models), { ...details, credentials }, optionOf);
  const registered = await (await desk.get(RegisterDevice)).execute(command, { signal: desk.signal });
  showOne(desk, orRefused(registered, deviceProblem));
}

async function credentialsOf({ surroundings }: Desk, options: AddOptions): Promise<object> {
  const { username } = options;
  if (options.privateKeyFile === undefined) {
    const source = {
      what: 'Password',
      option: 'password-file',
      file: options.passwordFile,
      variable: 'DEVICE_PASSWORD',
    };
    return { kind: 'password', username, password: await secretFrom(source, surroundings) };
  }
  const privateKey = await textOf(options.privateKeyFile, surroundings);
  const isOpen = looksLikePrivateKey({ privateKey: new Secret(privateKey), passphrase: null });
  const isSealed = !isOpen && looksLikePrivateKey({ privateKey: new Secret(privateKey), passphrase: new Secret('?') });
  const source = { what: 'Passphrase', option: 'passphrase-file', variable: 'DEVICE_PASSPHRASE' };
  const passphrase = isSealed ? await secretFrom({ ...source, file: options.passphraseFile }, surroundings) : null;
  return { kind: 'key', username, privateKey, passphrase };
}

function optionOf(field: string): string {
  if (field === 'name') return 'The name';
  if (field.startsWith('tags')) return '--tag';
  if (field === 'credentials.privateKey') return '--private-key-file';
  return `--${field.replace('credentials.', '')}`;
}
