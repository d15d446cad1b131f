export { startCheckContract, type StartCheckUnderTest } from './start-check.contract.ts';
