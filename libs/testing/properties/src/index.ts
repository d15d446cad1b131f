export { fc } from './fc.ts';
