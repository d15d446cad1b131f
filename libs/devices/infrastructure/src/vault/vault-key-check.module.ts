import type { Secret } from '#kernel';
import { StartCheck } from '#platform/system';
import type { Bind } from 'inversify';
import { DataSource } from 'typeorm';
import { VaultKeyCheck } from './vault-key-check.ts';

export type VaultOptions = {
  readonly masterKey: Secret;
  /** Whether to start although all credentials are sealed under another one. */
  readonly masterKeyLost?: boolean;
};

export function bindVaultKeyCheck(bind: Bind, { masterKey, masterKeyLost = false }: VaultOptions): void {
  bind(StartCheck)
    .toResolvedValue((source) => new VaultKeyCheck({ source, masterKey, masterKeyLost }), [DataSource])
    .inSingletonScope();
}
