type Method = (...args: never[]) => unknown;

const methods = new WeakMap<object, ReadonlyMap<string, Method>>();

/** Makes the methods that `instance` has from its classes, up to `base` and with it, callable on their own: `({ method }) => …`. */
export function bindMethods(instance: object, base: abstract new () => unknown): void {
  for (const [name, method] of methodsOf(Object.getPrototypeOf(instance) as object, base)) {
    if (Object.hasOwn(instance, name)) continue;
    Object.defineProperty(instance, name, { value: method.bind(instance), configurable: true, writable: true });
  }
}

function methodsOf(prototype: object, base: abstract new () => unknown): ReadonlyMap<string, Method> {
  const known = methods.get(prototype);
  if (known !== undefined) return known;
  const found = new Map<string, Method>();
  const stop = Object.getPrototypeOf(base.prototype) as unknown;
  for (let level: unknown = prototype; level !== stop; level = Object.getPrototypeOf(level)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (typeof value === 'function' && name !== 'constructor' && !found.has(name)) found.set(name, value as Method);
    }
  }
  methods.set(prototype, found);
  return found;
}
