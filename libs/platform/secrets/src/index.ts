export { TextSeal } from './text-seal.ts';
