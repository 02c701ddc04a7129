/** Functions of the system that a test replaces by its own. */

/** Calls the original. */
export type Call = (owner: unknown, args: readonly unknown[]) => unknown;

/** The original of a function, to be called on its owner. */
export function callOf(owner: object, name: string): Call {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") throw new Error(`no function ${name}`);
  return (self, args) => Reflect.apply(original, self, args);
}

/** Puts another function in a function's place until disposed. */
export function replace(owner: object, name: string, by: (call: Call) => Call): Disposable {
  const property = { ...Object.getOwnPropertyDescriptor(owner, name) };
  const call = by(callOf(owner, name));
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]) {
      return call(this, args);
    },
  });
  return { [Symbol.dispose]: () => void Object.defineProperty(owner, name, property) };
}
