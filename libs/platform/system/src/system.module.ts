import { Clock, Ids } from '#kernel';
import { ContainerModule } from 'inversify';
import { SystemClock } from './system-clock.ts';
import { UuidIds } from './uuid-ids.ts';

/** Binds `Clock` and `Ids`: what every context takes from the machine it runs on. */
export function systemModule(): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(Clock)
      .toResolvedValue(() => new SystemClock(), [])
      .inSingletonScope();
    bind(Ids)
      .toResolvedValue(() => new UuidIds(), [])
      .inSingletonScope();
  });
}
