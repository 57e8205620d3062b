import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { soapValue } from '../../api/types';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import { formArguments, withoutSecrets, type ArgumentValues } from '../../forms/method-form';
import { keptByName } from '../kept-entries';

const STATE_KEY = 'mahoSoap.api.arguments';

/** Number of methods whose arguments are kept. Those that were run longest ago are forgotten. */
const MAX_METHODS = 100;

/** Largest size of what is kept for one method, in characters. */
const MAX_METHOD_CHARS = 10_000;

const keptValues = z.record(z.string(), soapValue);

/** The values that were last typed into the forms of methods, by argument name and without secrets. Kept for the workspace. */
export class KeptArguments {
  constructor(private readonly memory: vscode.Memento) {}

  of(store: string, method: StoreMethod): ArgumentValues {
    const values = this.#all()[key(store, method)] ?? {};
    return formArguments(method).map(({ name }) => (Object.hasOwn(values, name) ? values[name] : undefined));
  }

  async keep(store: string, method: StoreMethod, values: ArgumentValues): Promise<void> {
    const entries = formArguments(method).flatMap(({ name }, index) => {
      const value = values[index];
      return value === undefined ? [] : [[name, value] as const];
    });
    const safe = withoutSecrets(Object.fromEntries(entries));
    const own = key(store, method);
    const others = Object.entries(this.#all()).filter(([name]) => name !== own);
    const fits = JSON.stringify(safe).length <= MAX_METHOD_CHARS;
    await this.memory.update(STATE_KEY, Object.fromEntries([...others.slice(1 - MAX_METHODS), ...(fits ? [[own, safe] as const] : [])]));
  }

  #all(): Readonly<Record<string, z.infer<typeof keptValues>>> {
    return keptByName(this.memory.get<unknown>(STATE_KEY), keptValues);
  }
}

function key(store: string, { id }: StoreMethod): string {
  return `${store} ${id}`;
}
