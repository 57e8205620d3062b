import type { ServerResponse } from 'node:http';
import { ns } from '../soap/namespaces';
import { escapeText } from '../soap/xml/text';

/**
 * Answers a call with a fault of our own. As in stores, faults of the application such as fault 5 have HTTP 200, and faults of SOAP itself
 * have HTTP 500 (facts §2).
 */
export function answerFault(response: ServerResponse, code: string, message: string, version = '1.1'): void {
  const [type, text] =
    version === '1.2'
      ? [
          'application/soap+xml; charset=utf-8',
          `<env:Envelope xmlns:env="${ns.envelope12}"><env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value></env` +
            `:Code><env:Reason><env:Text xml:lang="en">${escapeText(message)}` +
            '</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>',
        ]
      : [
          'text/xml; charset=utf-8',
          `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ns.envelope11}` +
            `"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>${escapeText(code)}</faultcode><faultstring>${escapeText(message)}` +
            '</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>',
        ];
  response.writeHead(code === '5' ? 200 : 500, { 'Content-Type': type });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`);
}
