import { Secret } from '#kernel';
import { webhookSecretsContract } from '#notifications/application/testing';
import { SealedWebhookSecrets } from './sealed-webhook-secrets.ts';

const masterKey = new Secret(Buffer.alloc(32, 1).toString('base64'));

webhookSecretsContract.holdsFor(SealedWebhookSecrets, () => new SealedWebhookSecrets(masterKey));
