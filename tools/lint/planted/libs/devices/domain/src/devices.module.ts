import { ContainerModule } from 'inversify'; // ✗ lockstep/allowed-packages: "inversify" may not be imported here.

export const known: unknown = ContainerModule;
