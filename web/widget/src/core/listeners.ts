export type Listener = (payload: unknown) => void;

/** Who wants to hear what. A page's own mistake is the page's: it must not stop the chat. */
export class Listeners {
  #all: [event: string, listener: Listener][] = [];

  readonly add = (event: string, listener: Listener): void => {
    this.#all.push([event, listener]);
  };

  readonly remove = (event: string, listener: Listener): void => {
    this.#all = this.#all.filter(([name, other]) => name !== event || other !== listener);
  };

  readonly emit = (event: string, payload: unknown): void => {
    for (const [name, listener] of this.#all) if (name === event) queueMicrotask(() => listener(payload));
  };
}
