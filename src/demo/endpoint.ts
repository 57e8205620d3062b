import { isUtf8 } from 'node:buffer';
import type { SoapDialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { findProtocolOperation } from '../api/protocol';
import type { Generation } from '../api/generations';
import { readRequest, type RequestProblem, type SoapRequest } from '../soap/decoding/request';
import { ShopError, StoreFault } from './fault';
import { broken, fault11, fault12 } from './respond/envelope';
import type { ServeContext, ServedRequest } from './serve/context';
import { serveV1 } from './serve/v1';
import { serveV2, serveWsi } from './serve/v2';

/** An HTTP response, ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly fault: { readonly code: string; readonly message: string } | undefined;
  /** Headers that replace the default ones of the store. */
  readonly headers?: Readonly<Record<string, string>>;
}

const SOAP11 = 'text/xml; charset=utf-8';
const SOAP12 = 'application/soap+xml; charset=utf-8';

/** Maho 26.7 sends SOAP 1.2 responses as `text/xml` too (wire maho-26.7 v2-wsi/153). */
function soap12({ generation }: ServeContext): string {
  return generation.id === 'maho@26.7' ? SOAP11 : SOAP12;
}

/** Protocol operations that call methods. */
const callsMethods: ReadonlySet<string> = new Set(['call', 'multiCall']);

const servers: Readonly<Record<SoapDialect, (request: SoapRequest, context: ServeContext, served: ServedRequest) => string>> = {
  v1: serveV1,
  v2: serveV2,
  wsi: serveWsi,
};

/** Serves the body of one request. Faults and SQL errors of the store become responses. */
export function serve(
  body: Buffer,
  charset: string | undefined,
  dialect: SoapDialect,
  context: ServeContext,
  served: ServedRequest,
): Reply {
  const isText = context.generation.malformedXml === 'text';
  const request = isText && isWide(body) ? 'invalid-xml' : readBody(body, charset);
  if (typeof request === 'string') return isText ? refusal267(request, body) : refusal(request);
  served.method = request.operation === '' ? 'startSession' : request.operation.replace(/(?:Request)?Param$/, '');
  const { soap12: speaks12 } = facets[dialect];
  const version = speaks12 ? request.version : '1.1';
  if (!speaks12 && request.version === '1.2') return refusal('encoding-style');
  try {
    // For operations that call methods, the fault is thrown later (`run`), when the caller and the arguments are known.
    if (served.answer !== undefined && !callsMethods.has(served.method) && findProtocolOperation(served.method) !== undefined)
      throw new StoreFault(served.answer.code, served.answer.message);
    const answer = servers[dialect](request, context, served);
    return { status: 200, contentType: version === '1.1' ? SOAP11 : soap12(context), body: answer, fault: undefined };
  } catch (error) {
    if (error instanceof StoreFault) return faultReply(error, dialect, version === '1.1' ? SOAP11 : soap12(context), version);
    if (error instanceof ShopError) return errorPage(context.generation);
    throw error;
  }
}

type Problem = RequestProblem | 'entity';

function readBody(body: Buffer, charset: string | undefined): SoapRequest | Problem {
  if (body.length === 0) return 'invalid-xml';
  const wide = isWide(body);
  // A request in another charset declares it. Everything else must be valid UTF-8 to the last byte (wire v1/191).
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(body.subarray(0, 200).toString('latin1'));
  if (!wide && !declared && !isUtf8(body)) return 'invalid-xml';
  const request = readRequest(body, charset);
  if ((request === 'dtd' || request === 'invalid-xml') && /<!DOCTYPE[^]*<!ENTITY/.test(body.toString('latin1'))) return 'entity';
  return request;
}

/** Whether a body is UTF-16, which Maho 26.7 does not accept (wire maho-26.7 v1/195). */
function isWide(body: Buffer): boolean {
  return body[0] === 0xff || body[0] === 0xfe || body[0] === 0 || body[1] === 0;
}

/**
 * Maho 26.7 does not catch the exceptions that the SOAP server throws for unreadable XML: PHP's text is sent with HTTP 200 (facts §11.4).
 */
function refusal267(problem: Problem, body: Buffer): Reply {
  switch (problem) {
    case 'invalid-xml':
      return exceptionText(body.length === 0 ? 'Empty request' : 'Invalid XML');
    case 'entity':
    case 'dtd':
      return exceptionText('Invalid XML: Detected use of illegal DOCTYPE');
    default:
      return refusal(problem);
  }
}

function exceptionText(message: string): Reply {
  const body = `SoapFault exception: [Sender] ${message} in /srv/shop/vendor/laminas/laminas-soap/src/Server.php:1255
Stack trace:
#0 /srv/shop/vendor/laminas/laminas-soap/src/Server.php(1060): Laminas\\Soap\\Server->fault()
#1 /srv/shop/maho/app/code/core/Mage/Api/Model/Server/Adapter/Soap.php(160): Laminas\\Soap\\Server->handle()
#2 /srv/shop/maho/app/code/core/Mage/Api/Model/Server.php(114): Mage_Api_Model_Server_Adapter_Soap->run()
#3 {main}`;
  return { status: 200, contentType: SOAP11, body, fault: { code: 'Sender', message } };
}

function refusal(problem: Problem): Reply {
  switch (problem) {
    case 'invalid-xml':
      return fault500('Sender', 'Invalid XML');
    case 'entity':
      return fault500('Sender', 'Detected use of ENTITY in XML, disabled to prevent XXE/XEE attacks');
    case 'dtd':
      return fault500('SOAP-ENV:Server', 'DTD are not supported by SOAP');
    case 'no-body':
      return fault500('SOAP-ENV:Client', 'Body must be present in a SOAP envelope');
    case 'wrong-version':
      return wrapped12('env:VersionMismatch', 'Wrong Version');
    case 'encoding-style':
      return wrapped12('env:Sender', 'encodingStyle cannot be specified on the Envelope');
  }
}

function wrapped12(code: string, message: string): Reply {
  return { status: 500, contentType: SOAP12, body: fault12(code, message), fault: { code, message } };
}

/** A fault of SOAP itself or of PHP: HTTP 500, on one line in every dialect (facts §2). */
export function fault500(code: string, message: string): Reply {
  return { status: 500, contentType: SOAP11, body: fault11(code, message), fault: { code, message } };
}

function faultReply(fault: StoreFault, dialect: SoapDialect, contentType: string, version: '1.1' | '1.2'): Reply {
  const { code, message, status } = fault;
  const text = version === '1.1' ? fault11(code, message) : fault12(code, message);
  return { status, contentType, body: status === 200 && facets[dialect].brokenLines ? broken(text) : text, fault: { code, message } };
}

/** Number of the last report that an error page named. */
let reports = 0;

/** The shop's own error page, which it sends after an SQL error in a list. It is not SOAP (facts §2). */
export function errorPage({ id }: Generation): Reply {
  const number = 100_000_000_000 + ++reports;
  if (id === 'maho@26.7') {
    const text =
      `<html><body><h1>There has been an error processing your request</h1><p>Error log record number: ${number}` + '</p></body></html>';
    return { status: 503, contentType: 'text/html; charset=UTF-8', body: text, fault: undefined };
  }
  const body = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Error</title></head>
<body>
<h1>There has been an error processing your request</h1>
<p>Exception printing is disabled by default for security reasons.</p>
<p>Error log record number: ${number}</p>
</body>
</html>
`;
  return { status: 503, contentType: 'text/html; charset=UTF-8', body, fault: undefined };
}
