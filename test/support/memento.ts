import type { Memento } from 'vscode';

/** The storage that VS Code gives an extension. Values are converted to JSON and back, as in VS Code. */
export class JsonMemento implements Memento {
  readonly #kept = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.#kept.keys()];
  }

  get<T>(key: string): T | undefined;
  get<T>(key: string, fallback: T): T;
  get(key: string, fallback?: unknown): unknown {
    const kept = this.#kept.get(key);
    if (kept === undefined) return fallback;
    const value: unknown = JSON.parse(kept);
    return value;
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#kept.delete(key);
    else this.#kept.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}
