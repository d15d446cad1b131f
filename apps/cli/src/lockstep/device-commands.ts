import type { Command } from 'commander';
import type { AddOptions } from './actions/add-device.ts';
import { each, paged, selecting, served, type Run } from './served.ts';

export function addDeviceCommands(program: Command, run: Run): void {
  const device = program.command('device').description('the devices that are backed up; <device> is a name or an id');
  addReads(device, run);
  addChanges(device, run);
  addHostKeys(device, run);
}

const actions = () => import('./actions/devices.ts');

function addReads(device: Command, run: Run): void {
  selecting(paged(served(device.command('list'), 'list devices', 'device list --any-tag core --enabled true')))
    .option('--enabled <yes>', 'only enabled ones (true) or only disabled ones (false)')
    .option('--sort <field>', 'name, address, port, model, enabled, createdAt or changedAt')
    .option('--order <order>', 'asc or desc')
    .action((options: Record<string, unknown>) =>
      run(options, async (desk) => (await actions()).listDevices(desk, options)),
    );

  served(device.command('show'), 'show a device', 'device show core-1')
    .argument('<device>')
    .action((name: string, options: object) => run(options, async (desk) => (await actions()).showDevice(desk, name)));
}

function addChanges(device: Command, run: Run): void {
  const add = 'device add core-1 --address 192.0.2.1 --model ios --username backup --password-file ./password';
  served(device.command('add'), 'register a device', add)
    .argument('<name>')
    .requiredOption('--address <address>', 'an IPv4 or IPv6 address, or a DNS name')
    .option('--port <number>', 'of SSH', '22')
    .requiredOption('--model <name>', 'how it is collected from, such as ios, eos or junos')
    .requiredOption('--username <name>', 'to log in with')
    .option('--password-file <file>', '`-` is standard input; else DEVICE_PASSWORD, else it is asked for')
    .option('--private-key-file <file>', 'log in with this key instead of a password')
    .option('--passphrase-file <file>', 'of a key that is encrypted; else DEVICE_PASSPHRASE, else it is asked for')
    .option('--tag <tag>', 'may be repeated', each)
    .option('--disabled', 'do not back it up yet')
    .action((name: string, options: AddOptions) =>
      run(options, async (desk) => (await import('./actions/add-device.ts')).addDevice(desk, name, options)),
    );

  served(
    device.command('import'),
    'register and change many devices from a table in CSV, each row for itself; 1 when one was refused',
    'device import devices.csv --dry-run',
  )
    .argument('<file>', '`-` is standard input')
    .option('--dry-run', 'only say what would be done')
    .option('--on-existing <what>', 'refuse, update or skip rows whose device is there already')
    .action((file: string, options: { dryRun?: boolean; onExisting?: string }) =>
      run(options, async (desk) => (await import('./actions/import-devices.ts')).importDevices(desk, file, options)),
    );

  for (const enabled of [true, false]) {
    const name = enabled ? 'enable' : 'disable';
    const description = enabled
      ? 'put a device back into service'
      : 'take a device out of service: it is not backed up';
    served(device.command(name), description, `device ${name} core-1`)
      .argument('<device>')
      .action((text: string, options: object) =>
        run(options, async (desk) => (await actions()).setEnabled(desk, text, enabled)),
      );
  }

  served(device.command('tag'), 'add tags to a device, or remove them', 'device tag core-1 site-ams core')
    .argument('<device>')
    .argument('<tags...>')
    .option('--remove', 'remove these tags')
    .action((text: string, tags: string[], options: { remove?: boolean }) =>
      run(options, async (desk) => (await actions()).tagDevice(desk, text, tags, options.remove === true)),
    );

  served(device.command('remove'), 'remove a device; its versions stay', 'device remove core-1')
    .argument('<device>')
    .action((text: string, options: object) =>
      run(options, async (desk) => (await actions()).removeDevice(desk, text)),
    );
}

function addHostKeys(device: Command, run: Run): void {
  served(device.command('scan-key'), 'ask a device for its host key, for you to verify', 'device scan-key core-1')
    .argument('<device>')
    .action((text: string, options: object) => run(options, async (desk) => (await actions()).scanHostKey(desk, text)));

  served(
    device.command('pin-key'),
    'pin the host key that you have verified: no other one is sent the credentials',
    'device pin-key core-1 ssh-ed25519 SHA256:…',
  )
    .argument('<device>')
    .argument('<algorithm>')
    .argument('<fingerprint>', 'as `ssh-keygen -l` prints it')
    .action((text: string, algorithm: string, fingerprint: string, options: object) =>
      run(options, async (desk) => (await actions()).pinHostKey(desk, text, { algorithm, fingerprint })),
    );
}
