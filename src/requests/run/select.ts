import { partsOf, type SavedRequest } from '../file/model';
import { referencesIn } from '../variables/template';

/** Names of the requests whose results a request needs. */
export function needs(request: SavedRequest): ReadonlySet<string> {
  return new Set(
    partsOf(request)
      .flatMap(referencesIn)
      .flatMap((reference) => (reference.kind === 'result' ? [reference.request] : [])),
  );
}

/**
 * The chosen requests with all whose results they need, in the order in which they run. What runs before and after the others comes along,
 * unless it alone was chosen.
 */
export function withNeeds(requests: readonly SavedRequest[], chosen: (request: SavedRequest) => boolean): readonly SavedRequest[] {
  const wanted = new Set<string>();
  const framed = requests.some((request) => request.list === 'requests' && chosen(request));
  return requests
    .toReversed()
    .filter((request) => {
      if (!(framed && request.list !== 'requests') && !chosen(request) && !wanted.has(request.name)) return false;
      for (const name of needs(request)) wanted.add(name);
      return true;
    })
    .toReversed();
}

/**
 * A test for names: `*` stands for anything; without one the pattern may stand anywhere in the name. Case does not count. Names come from
 * files of others, so each is walked once, whatever the pattern is.
 */
export function namePattern(pattern: string): (request: SavedRequest) => boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const last = others.pop();
  return ({ name }) => {
    const text = name.toLowerCase();
    if (last === undefined) return text.includes(first);
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
