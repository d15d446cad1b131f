export { contractFaults, type ContractFault, type ContractRules, type WithoutContract } from './contract-faults.ts';
export { readSources } from './read-sources.ts';
export type { Sources } from './source-tree.ts';
