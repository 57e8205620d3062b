import { RestError, type Format } from './answer';

const SUPPORTED = 'Supported MIME types are "application/ld+json", "application/json".';

/**
 * The media type for the response. It is JSON-LD if the request does not name one (wire maho-26.7 rest/029-030).
 * @throws {RestError} 406 when no accepted type is supported
 */
export function answerFormat(accept: string | undefined): Format {
  if (accept === undefined || accept.trim() === '') return 'application/ld+json';
  const wishes = accept
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { type } of wishes) {
    if (type === '*/*' || type === 'application/*' || type === 'application/ld+json') return 'application/ld+json';
    if (type === 'application/json') return 'application/json';
  }
  throw new RestError(406, 'error', `Requested format "${accept.slice(0, 200)}" is not supported. ${SUPPORTED}`);
}

/**
 * Reads the body of a request.
 * @throws {RestError} 415 for a type other than JSON, 400 for a body that cannot be read
 */
export function readJson(contentType: string | undefined, body: Buffer): Readonly<Record<string, unknown>> {
  if (contentType === undefined) throw new RestError(415, 'error', 'The "Content-Type" header must exist.');
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && type !== 'application/ld+json')
    throw new RestError(415, 'error', `The content-type "${contentType.slice(0, 200)}" is not supported. ${SUPPORTED}`);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RestError(400, 'bad_request', 'Invalid JSON in request body');
  }
  // The store reads a list as an object without fields (wire maho-26.7 rest/133).
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
