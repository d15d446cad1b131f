import { ModelCatalogue } from '#devices/contracts';
import { Clock, Ids } from '#kernel';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';

export type Surroundings = {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Left out where nothing is to be stored in a database. */
  readonly source?: DataSource;
};

/** What the module of devices needs from outside. There are the models `eos` and `ios`. */
export function surroundingsModule({ clock, ids, source }: Surroundings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(Clock).toConstantValue(clock);
    bind(Ids).toConstantValue(ids);
    bind(ModelCatalogue).toConstantValue({ names: () => ['eos', 'ios'] });
    if (source !== undefined) bind(DataSource).toConstantValue(source);
  });
}
