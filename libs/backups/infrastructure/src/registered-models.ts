import { deviceModels } from '#backups/domain';
import type { ModelCatalogue } from '#devices/contracts';

export class RegisteredModels implements ModelCatalogue {
  names(): readonly string[] {
    return deviceModels.map(({ name }) => name);
  }
}
