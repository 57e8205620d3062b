import { Store } from '../../../src/extension/stores/store';
import type { StoreConfig } from '../../../src/store/settings/config';

/** A store as in the settings. No test connects to it. */
export function shop(config: Partial<StoreConfig> = {}, id = 'shop'): Store {
  const whole = { name: 'Shop', url: 'https://shop.example.com', user: 'api', ...config };
  return new Store(
    { id, name: whole.name, config: whole, problem: undefined, listed: undefined },
    {
      key: () => Promise.resolve('k'),
      webPassword: () => Promise.resolve(undefined),
      askKey: () => Promise.resolve(false),
      onKeyRefused: () => Promise.resolve(),
      onExchange: () => undefined,
    },
  );
}
