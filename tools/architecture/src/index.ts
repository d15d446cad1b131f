export { ambientEnvironment, ambientRandomness, ambientTime, untested, type Exception } from './exceptions.ts';
export { layerNames, layers, type Layer, type LayerRules } from './layers.ts';
export { nodeModules, packages, testFiles } from './packages.ts';
