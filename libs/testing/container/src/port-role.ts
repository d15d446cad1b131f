import type { ServiceIdentifier } from 'inversify';
import { nameOf } from './binding-graph.ts';

/** What an object is to the application: the ports it stands for, and the name by which its calls are spoken of. */
export class PortRole {
  readonly name: string;
  readonly #instance: object;
  readonly #ports = new Set<ServiceIdentifier>();
  readonly #parent: PortRole | undefined;

  private constructor(instance: object, name: string, parent?: PortRole) {
    this.#instance = instance;
    this.name = name;
    this.#parent = parent;
  }

  /** Of what the container binds. */
  static bound(instance: object, port: ServiceIdentifier): PortRole {
    const role = new PortRole(instance, nameOf(port));
    role.add(port);
    return role;
  }

  /** Of a member of something that a port handed out: `devices` is called Devices; items, and the value of a result, have no name. */
  static member(instance: object, key: string): PortRole {
    const isName = /^[a-z]/i.test(key) && key !== 'value';
    return new PortRole(instance, isName ? key.charAt(0).toUpperCase() + key.slice(1) : classOf(instance));
  }

  /** Of something that `method` of `origin` answered with; a literal, a function, and what gives items one by one, is named by that. */
  static answer(instance: object, origin: PortRole, method: string): PortRole {
    const name = `${origin.name}.${method}`;
    if (Symbol.asyncIterator in instance && 'next' in instance) return new PortRole(instance, name, origin);
    if (typeof instance === 'function') return new PortRole(instance, `${name}()`);
    return new PortRole(instance, Object.getPrototypeOf(instance) === Object.prototype ? name : classOf(instance));
  }

  add(port: ServiceIdentifier): void {
    this.#ports.add(port);
  }

  /**
   * Whether the object is this port: bound as it, of its class or a class that extends it, or, since an adapter may only
   * implement it, named like it: `TypeOrmDevices` and a member `devices` are Devices.
   */
  isOf(port: ServiceIdentifier): boolean {
    if (this.#ports.has(port) || this.#parent?.isOf(port) === true) return true;
    if (typeof port !== 'function' || this.#ports.size > 0) return false;
    return this.#instance instanceof port || this.name === port.name || classOf(this.#instance).endsWith(port.name);
  }
}

function classOf(instance: object): string {
  const name: unknown = instance.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'an object';
}
