import { itBehavesLikeACredentialVault } from './credential-vault.contract.ts';
import { InMemoryCredentialVault } from './in-memory-credential-vault.ts';

describe('InMemoryCredentialVault', () => {
  itBehavesLikeACredentialVault(() => new InMemoryCredentialVault());
});
