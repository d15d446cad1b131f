import { callSite, openCall, runningTest, TestOver } from '#testing/runtime';
import type { ServiceIdentifier } from 'inversify';
import { types } from 'node:util';
import { MortalSignals } from './mortal-signals.ts';
import { answeredByContext, currentCall, inCall, mayDie, type Interceptor, type PortCall } from './port-call.ts';
import { inPlaceOf, type AnsweredAtOnce } from './in-place-of.ts';
import { isPortLike } from './port-like.ts';
import {
  changeable,
  isAsyncMethod,
  isClass,
  isEnding,
  isMethod,
  isObject,
  thawed,
  type Callable,
} from './port-members.ts';
import { PortRole } from './port-role.ts';

/** A call as it reaches a proxy. */
type Reached = {
  readonly role: PortRole;
  readonly what: string;
  readonly method: string;
  readonly original: Callable;
  readonly self: unknown;
  readonly args: readonly unknown[];
};

/** How deep stores lie in what a port answers: `{ stores: { devices } }`. */
const LEVELS = 2;

/**
 * Puts a proxy around every port, through which its callers reach the adapter; each call goes through the interceptors,
 * outermost first, and is an open call of the process until it is answered.
 *
 * What an adapter answers, and what it hands to a callback, is wrapped as well when it is like a port, and so are the
 * members of a plain object or array that it answers with. Inside of the adapter nothing changes: `this` is the adapter,
 * its own calls of itself are its own affair, and a wrapped object that comes back as an argument is unwrapped. The same
 * object always has the same proxy, which is an instance of the same class, but not the adapter itself.
 *
 * Methods that are named by symbols belong to the language (disposal, iteration) and are no calls of the port.
 */
export class PortWrapper {
  readonly #interceptors: readonly Interceptor[];
  readonly #signals = new MortalSignals();
  readonly #wrapped = new WeakMap<object, { readonly proxy: object; readonly role: PortRole }>();
  readonly #originals = new WeakMap<object, object>();
  readonly #callbacks = new WeakMap<Callable, Callable>();
  /** Of this wrapper alone: what other tests have called must not decide how this one fails. */
  readonly #answeredAtOnce: AnsweredAtOnce = new WeakMap();

  constructor(interceptors: readonly Interceptor[]) {
    this.#interceptors = interceptors;
  }

  /**
   * The process that called dies. What it asks the ports from now on never happens, and what it has asked before is never
   * answered: its code stands still where it waits for a port, `finally` blocks included. Where it was to be expected, signals
   * abort that its adapters were given, so that mock adapters undo what is open, as a connection would that breaks.
   */
  die(): void {
    this.#signals.die();
  }

  /** The proxy of what the container binds to `port`: an object or a function; anything else is given back as it is. */
  port<T>(instance: T, port: ServiceIdentifier): T {
    if (!isObject(instance)) return instance;
    const original = this.#originals.get(instance) ?? instance;
    this.#wrapped.get(original)?.role.add(port);
    return this.#proxyOf(original, () => PortRole.bound(original, port)) as T;
  }

  #proxyOf(original: object, role: () => PortRole): object {
    if (this.#originals.has(original)) return original;
    const known = this.#wrapped.get(original);
    if (known) return known.proxy;
    const made = role();
    const proxy =
      typeof original === 'function'
        ? this.#functionPort(original as Callable, made)
        : this.#objectPort(original, made);
    this.#wrapped.set(original, { proxy, role: made });
    this.#originals.set(proxy, original);
    return proxy;
  }

  #functionPort(original: Callable, role: PortRole): object {
    return new Proxy(original, {
      apply: (_, self, args: unknown[]) => this.#call({ role, what: role.name, method: 'call', original, self, args }),
    });
  }

  #objectPort(original: object, role: PortRole): object {
    const methods = new WeakMap<Callable, Callable>();
    const proxy: object = new Proxy(changeable(original), {
      get: (_, key) => {
        const value: unknown = Reflect.get(original, key, original);
        if (typeof value !== 'function')
          return this.#wrapIfPort(value, () => PortRole.member(value as object, String(key)));
        if (!isMethod(value as Callable, key)) return value;
        let method = methods.get(value as Callable);
        if (method === undefined) {
          method = this.#method(value as Callable, key, { original, role, proxy: () => proxy });
          methods.set(value as Callable, method);
        }
        return method;
      },
      set: (_, key, value) => Reflect.set(original, key, value, original),
    });
    return proxy;
  }

  #method(
    method: Callable,
    key: string | symbol,
    { original, role, proxy }: { original: object; role: PortRole; proxy: () => object },
  ): Callable {
    // A method that was torn off its object fails here as it does in production.
    const selfFor = (caller: unknown): unknown => (caller === proxy() ? original : caller);
    if (typeof key === 'symbol' || isEnding(original, key)) {
      const outward = (caller: unknown, args: unknown[]): unknown =>
        this.#outward(Reflect.apply(method, selfFor(caller), args), role, String(key));
      // Disposal stacks do not take a proxy for a function.
      return function (this: unknown, ...args) {
        return outward(this, args);
      };
    }
    const what = `${role.name}.${key}`;
    return new Proxy(method, {
      apply: (_, caller, args: unknown[]) =>
        this.#call({ role, what, method: key, original: method, self: selfFor(caller), args }),
    });
  }

  #call({ role, what, method, original, self, args }: Reached): unknown {
    const call: PortCall = {
      what,
      method,
      args,
      isAsync: isAsyncMethod(original),
      code: () => String(original),
      test: runningTest(),
      within: currentCall(),
      isOf: (port) => role.isOf(port),
    };
    if (this.#signals.hasDied) return this.#unheard(call, original);
    const given = args.map((arg) => this.#inward(arg, role));
    const answer = inPlaceOf(original, this.#answeredAtOnce, (reach) => {
      const adapter = (): unknown => reach(() => inCall(call, () => Reflect.apply(original, self, given)));
      return this.#answer(call, () => this.#outward(adapter(), role, method), 0);
    });
    return types.isPromise(answer) ? this.#awaited(call, answer) : answer;
  }

  /** What is known to answer later stands still; anything else cannot but throw. */
  #unheard({ what, isAsync, test }: PortCall, original: Callable): Promise<never> {
    const told = `${what} of a container that has died (ask \`get\` again after a crash)`;
    if (!isAsync && this.#answeredAtOnce.get(original) !== false)
      throw new Error(`${what} was called by a process that has died.`, { cause: new TestOver() }); // and concerns nobody
    openCall({ what: told, site: callSite(), test });
    return never();
  }

  async #awaited(call: PortCall, answer: Promise<unknown>): Promise<unknown> {
    try {
      using _waiting = openCall({ what: call.what, site: callSite(), test: call.test });
      return await answer;
    } finally {
      if (this.#signals.hasDied) await never();
    }
  }

  #answer(call: PortCall, proceed: () => unknown, index: number): unknown {
    const interceptor = this.#interceptors[index];
    return interceptor === undefined ? proceed() : interceptor(call, () => this.#answer(call, proceed, index + 1));
  }

  /** What the adapter gets: its own objects as it knows them, and callbacks that hear of wrapped ones. */
  #inward(value: unknown, role: PortRole): unknown {
    if (!isObject(value)) return value;
    const original = this.#originals.get(value);
    if (original !== undefined || isClass(value)) return original ?? value;
    if (typeof value !== 'function') {
      const own = this.#membersInward(value);
      return mayDie() ? this.#signals.inPlaceOf(own) : own;
    }
    const callback = value as Callable;
    let wrapped = this.#callbacks.get(callback);
    if (wrapped === undefined) {
      wrapped = new Proxy(callback, {
        apply: (_, self, args: unknown[]) => {
          const given = args.map((arg) => this.#outward(this.#signals.own(arg), role, callback.name));
          const answer: unknown = Reflect.apply(callback, self, given);
          const call = types.isPromise(answer) ? currentCall() : undefined;
          return call === undefined ? answer : answeredByContext(call, answer as Promise<unknown>);
        },
      });
      this.#callbacks.set(callback, wrapped);
    }
    return wrapped;
  }

  /** Options hold them too: `{ tx }`. */
  #membersInward(value: object): object {
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    const own = Object.entries(value).flatMap(([key, member]) => {
      const original = isObject(member) ? this.#originals.get(member) : undefined;
      return original === undefined ? [] : [[key, original] as const];
    });
    return own.length === 0 ? value : Object.assign(thawed(value), Object.fromEntries(own));
  }

  /** What the caller gets. */
  #outward(value: unknown, role: PortRole, method: string): unknown {
    if (!isObject(value)) return value;
    if (types.isPromise(value)) return (async () => this.#outward(await value, role, method))();
    if (this.#wrapped.has(value) || isPortLike(value) || isAsyncMethod(value)) {
      return this.#proxyOf(value, () => PortRole.answer(value, role, method));
    }
    if (Array.isArray(value)) return this.#itemsOutward(value);
    return this.#membersOutward(value, LEVELS);
  }

  #membersOutward(value: object, levels: number): object {
    if (levels === 0 || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const ports = Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([key, { value: member }]) => {
      const port = this.#wrapIfPort(member, () => PortRole.member(member as object, key));
      const wrapped = port === member && isObject(member) ? this.#membersOutward(member, levels - 1) : port;
      return wrapped === member ? [] : [[key, wrapped] as const];
    });
    return ports.length === 0 ? value : Object.assign(thawed(value), Object.fromEntries(ports));
  }

  #itemsOutward(items: readonly unknown[]): readonly unknown[] {
    const wrapped = items.map((item) => this.#wrapIfPort(item, () => PortRole.member(item as object, '0')));
    return wrapped.some((item, index) => item !== items[index]) ? wrapped : items;
  }

  #wrapIfPort(value: unknown, role: () => PortRole): unknown {
    return isObject(value) && typeof value !== 'function' && (this.#wrapped.has(value) || isPortLike(value))
      ? this.#proxyOf(value, role)
      : value;
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
