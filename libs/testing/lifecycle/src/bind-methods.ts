/** Makes the methods that `instance` has from its classes, up to `base` and with it, callable on their own: `({ method }) => …`. */
export function bindMethods(instance: object, base: abstract new () => unknown): void {
  const stop = Object.getPrototypeOf(base.prototype) as unknown;
  for (let level = Object.getPrototypeOf(instance); level !== stop; level = Object.getPrototypeOf(level)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      const isOwn = name === 'constructor' || Object.hasOwn(instance, name);
      if (typeof value === 'function' && !isOwn) {
        Object.defineProperty(instance, name, { value: value.bind(instance), configurable: true, writable: true });
      }
    }
  }
}
