import { isUtf8 } from 'node:buffer';
import type { Dialect } from '../api/dialect';
import { readRequest, type RequestProblem, type SoapRequest } from '../soap/request';
import { ShopError, StoreFault } from './fault';
import { broken, fault11, fault12 } from './respond/envelope';
import type { Desk, Visit } from './serve/desk';
import { serveV1 } from './serve/v1';
import { serveV2, serveWsi } from './serve/v2';

/** An answer, ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly fault: { readonly code: string; readonly message: string } | undefined;
}

const SOAP11 = 'text/xml; charset=utf-8';
const SOAP12 = 'application/soap+xml; charset=utf-8';

/** Serves the body of one request. Never throws: whatever goes wrong is an answer too. */
export function serve(body: Buffer, charset: string | undefined, dialect: Dialect, desk: Desk, visit: Visit): Reply {
  const request = readBody(body, charset);
  if (typeof request === 'string') return refusal(request);
  visit.method = request.operation === '' ? 'startSession' : request.operation.replace(/(?:Request)?Param$/, '');
  const version = dialect === 'wsi' ? request.version : '1.1';
  if (dialect !== 'wsi' && request.version === '1.2') return refusal('encoding-style');
  try {
    const answer = dialect === 'v1' ? serveV1(request, desk, visit) : dialect === 'v2' ? serveV2(request, desk, visit) : serveWsi(request, desk, visit);
    return { status: 200, contentType: version === '1.1' ? SOAP11 : SOAP12, body: answer, fault: undefined };
  } catch (error) {
    if (error instanceof StoreFault) return faultReply(error, dialect, version);
    if (error instanceof ShopError) return errorPage();
    throw error;
  }
}

function readBody(body: Buffer, charset: string | undefined): SoapRequest | RequestProblem | 'entity' {
  if (body.length === 0) return 'invalid-xml';
  const wide = body[0] === 0xff || body[0] === 0xfe || body[0] === 0 || body[1] === 0;
  // A request in a charset of its own says so; everything else must be UTF-8 to the last byte (wire v1/191).
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(body.subarray(0, 200).toString('latin1'));
  if (!wide && !declared && !isUtf8(body)) return 'invalid-xml';
  const request = readRequest(body, charset);
  if ((request === 'dtd' || request === 'invalid-xml') && /<!DOCTYPE[^]*<!ENTITY/.test(body.toString('latin1'))) return 'entity';
  return request;
}

function refusal(problem: RequestProblem | 'entity'): Reply {
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

function faultReply(fault: StoreFault, dialect: Dialect, version: '1.1' | '1.2'): Reply {
  const { code, message, status } = fault;
  const text = version === '1.1' ? fault11(code, message) : fault12(code, message);
  return { status, contentType: version === '1.1' ? SOAP11 : SOAP12, body: status === 200 && dialect !== 'v1' ? broken(text) : text, fault: { code, message } };
}

/** Number under which the shop's error page says it kept a report. */
let reports = 0;

/** The shop's own error page: what an SQL error in a list looks like, no SOAP at all (facts §2). */
export function errorPage(): Reply {
  const number = 100_000_000_000 + ++reports;
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
