import { restTraffic } from './rest-traffic';
import { soapTraffic } from './soap-traffic';
import type { Traffic } from './traffic';

/** Every protocol that is passed on and recorded. */
const traffics: readonly Traffic[] = [soapTraffic, restTraffic];

/** The protocol at an address; `undefined` if nothing is passed on there. */
export function trafficAt(address: string): { readonly traffic: Traffic; readonly place: string; readonly url: URL } | undefined {
  const url = new URL(address, 'http://127.0.0.1');
  for (const traffic of traffics) {
    const place = traffic.placeOf(url);
    if (place !== undefined) return { traffic, place, url };
  }
  return undefined;
}
