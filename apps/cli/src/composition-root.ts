import { ConfigSource } from '#backups/application';
import { SshConfigSource } from '#backups/infrastructure';
import { Clock, Ids } from '#kernel';
import { systemModule } from '#platform/system';
import { Container, ContainerModule } from 'inversify';

/** What the command asks its container for. */
export const cliRoots = [Clock, Ids, ConfigSource];

/** The command talks to the service over HTTP; of its own it has a clock and the collector that replays need. */
export function composeCli(): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    new ContainerModule(({ bind }) => {
      bind(ConfigSource).toResolvedValue((clock) => new SshConfigSource(clock), [Clock]);
    }),
  );
  return container;
}
