export { HttpRoutes, type HttpServer } from './http-routes.ts';
export { problemSchema, type Problem } from './problem.ts';
export { refuse } from './refuse.ts';
