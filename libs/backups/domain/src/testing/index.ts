export { aCollected } from './collected.builder.ts';
export { converse, SpokenDevice, transcriptLength, type Cutting } from './conversation.ts';
export { plantedSecrets } from './planted-secrets.ts';
export { recordingsWithPromptInBanner } from './prompt-in-banner.ts';
export { seededNumbers } from './seeded-numbers.ts';
