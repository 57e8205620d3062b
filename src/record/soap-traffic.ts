import { randomBytes } from 'node:crypto';
import { facets } from '../api/dialect-facets';
import { soapDialects, type SoapDialect } from '../api/dialect';
import { t } from '../l10n/texts';
import { decodeResponse, type Decoded } from '../soap/decoding/decode';
import { DecodeError } from '../soap/xml/errors';
import { inspectEnvelope } from '../store/soap/envelope';
import { header, type HttpHead } from '../store/http/request';
import type { ExchangeEnd } from '../store/wire/exchange';
import { answerFault } from './fault';
import { answerPlainText } from './loopback-server';
import { callIn, opensSession } from './meaning';
import type { Answer, Traffic } from './traffic';

/** Calls over SOAP, in all its dialects, and requests for the WSDL. */
export const soapTraffic: Traffic = {
  verbs: ['GET', 'POST'],
  placeOf({ pathname, searchParams }) {
    const path = pathname.replace(/^\/index\.php(?=\/)/, '').replace(/\/+(?:index\/?)?$/, '');
    if (path === '/api/soap' || path === '/api') return '/api/soap';
    if (path === '/api/v2_soap') return '/api/v2_soap';
    if (path !== '/api.php') return undefined;
    const type = searchParams.get('type');
    return type === 'soap' || type === 'v2_soap' ? `/api/${type}` : undefined;
  },
  describes: ({ searchParams }) => searchParams.has('wsdl'),
  callOf({ request, readable }) {
    const isWsdl = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.has('wsdl');
    return request.method === 'GET' && isWsdl ? { ...callIn(Buffer.alloc(0)), method: 'wsdl' } : callIn(readable);
  },
  // PHP executes the content of a body, whatever the method of HTTP.
  methodsRun: ({ request, readable }, registry) =>
    request.method === 'GET' && readable.length === 0
      ? { reads: true, methods: [], unclear: undefined }
      : inspectEnvelope(readable, registry),
  dialectOf: ({ place, readable }) => dialectAt(place, readable),
  readAnswer(answer, { method }, mask) {
    const { head } = answer;
    if (method === 'wsdl' && head?.status === 200)
      return { outcome: { kind: 'result', rows: 0 }, value: undefined, charset: charsetIn(head), junk: [], secrets: [] };
    const decoded = method === 'wsdl' ? undefined : decodedAnswer(answer);
    const value = decoded?.kind === 'result' ? decoded.value : undefined;
    return {
      outcome: outcomeOf(decoded, head, mask),
      value,
      charset: decoded?.charset ?? charsetIn(head),
      junk: decoded?.kind === 'not-soap' ? [] : (decoded?.junk ?? []),
      // The session of a login must be hidden if a later answer quotes it.
      secrets: opensSession(method) && typeof value === 'string' ? [value] : [],
    };
  },
  answer(response, kind, message, { version, method }) {
    if (kind === 'session') answerFault(response, '5', message, version);
    else if (method === 'wsdl') answerPlainText(response, 404, message);
    // oxlint-disable-next-line house/spoken-texts -- A code of SOAP.
    else answerFault(response, 'Client', message, version);
  },
  newSession: () => randomBytes(16).toString('hex'),
};

/** The charset in the head of an answer. */
export function charsetIn(head: HttpHead | undefined): string | undefined {
  return /charset\s*=\s*"?([\w.:-]+)/i.exec(header(head?.headers ?? [], 'content-type') ?? '')?.[1];
}

function decodedAnswer({ bytes, head, registry, keepsRows }: Answer): Decoded | undefined {
  try {
    return decodeResponse(bytes, { charset: charsetIn(head), registry, ...(keepsRows ? {} : { onRow: () => undefined }) });
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function outcomeOf(decoded: Decoded | undefined, head: HttpHead | undefined, mask: (text: string) => string): ExchangeEnd {
  if (decoded?.kind === 'result') return { kind: 'result', rows: decoded.rows };
  if (decoded?.kind === 'fault') {
    const { code, message } = decoded.fault;
    return { kind: 'fault', fault: { code: mask(code), message: mask(message) } };
  }
  return {
    kind: 'error',
    code: 'not-soap',
    what: t('The store returned HTTP {status} without readable SOAP.', { status: head?.status ?? 0 }),
  };
}

/** The dialect of a call, according to its address and the form of its operation. */
function dialectAt(place: string, body: Buffer): SoapDialect | undefined {
  const style = /<(?:[\w.-]+:)?Body[^>]*>\s*<(?:[\w.-]+:)?\w+Param[\s/>]/.test(body.subarray(0, 4096).toString('latin1'))
    ? 'document'
    : 'rpc';
  return soapDialects.find((dialect) => facets[dialect].path === place && facets[dialect].style === style);
}
