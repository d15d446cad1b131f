export { HttpRoutes, type HttpServer } from './http-routes.ts';
export type { Problem } from './problem.ts';
