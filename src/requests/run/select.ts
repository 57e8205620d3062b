import { partsOf, type SavedRequest } from '../file/model';
import { referencesIn } from '../variables/template';

/** Names of the requests whose results a request needs. */
export function neededRequests(request: SavedRequest): ReadonlySet<string> {
  return new Set(
    partsOf(request)
      .flatMap(referencesIn)
      .flatMap((reference) => (reference.kind === 'result' ? [reference.request] : [])),
  );
}

/**
 * The chosen requests and those whose results they need, in running order. The lists `before` and `after` are included when a request of
 * the list `requests` is chosen.
 */
export function withNeeds(requests: readonly SavedRequest[], chosen: (request: SavedRequest) => boolean): readonly SavedRequest[] {
  const wanted = new Set<string>();
  const framed = requests.some((request) => request.list === 'requests' && chosen(request));
  return requests
    .toReversed()
    .filter((request) => {
      if (!(framed && request.list !== 'requests') && !chosen(request) && !wanted.has(request.name)) return false;
      for (const name of neededRequests(request)) wanted.add(name);
      return true;
    })
    .toReversed();
}

/**
 * A test for names, or for tags when the pattern begins with `tag:`. `*` matches any text. A pattern without it matches anywhere in a name,
 * but only a whole tag. Case is ignored. The test takes linear time, because names come from files of other people.
 */
export function namePattern(pattern: string): (request: Pick<SavedRequest, 'name' | 'tags'>) => boolean {
  const tag = /^tag:(.*)$/su.exec(pattern)?.[1];
  const fits = textPattern(tag ?? pattern, tag === undefined);
  return ({ name, tags }) => (tag === undefined ? fits(name) : tags.some(fits));
}

/** @param anywhere whether a pattern without `*` matches anywhere in a text, or only the whole text */
function textPattern(pattern: string, anywhere: boolean): (text: string) => boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const last = others.pop();
  return (written) => {
    const text = written.toLowerCase();
    if (last === undefined) return anywhere ? text.includes(first) : text === first;
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
