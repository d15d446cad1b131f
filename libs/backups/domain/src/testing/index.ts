export { aCollected } from './collected.builder.ts';
