import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

export type RouteEntry = { readonly method: string; readonly url: string; readonly open: boolean };

/** Every route that the server has, to answer what a path can do and to prove things about all of them. */
export class RouteTable {
  readonly #routes: RouteOptions[] = [];

  get entries(): readonly RouteEntry[] {
    return this.#routes.flatMap(({ method, url, config }) =>
      [method].flat().map((each) => ({ method: each, url, open: config?.open === true })),
    );
  }

  /** Has to be called before the first route is added. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => void this.#routes.push(route));
  }

  /** The methods that the path of this request can be asked for; none when there is no such path. */
  methodsFor(request: Pick<FastifyRequest, 'url'>): readonly string[] {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = this.entries.filter(({ url }) => matches(url, path)).map(({ method }) => method);
    return [...new Set(methods)].toSorted();
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  );
}
