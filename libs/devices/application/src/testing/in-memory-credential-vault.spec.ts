import { credentialVaultContract } from './credential-vault.contract.ts';
import { InMemoryCredentialVault } from './in-memory-credential-vault.ts';

credentialVaultContract.holdsFor(InMemoryCredentialVault, () => new InMemoryCredentialVault());
