import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Generation } from '../api/generations';

const SEVEN_DAYS_SECONDS = 7 * 24 * 60 * 60;

/**
 * Sets the headers of a generation's responses: a cookie that clients need not keep, and Maho 26.7's notes that the API is deprecated. The
 * statuses without these headers are as recorded (wire maho-26.7 troubles/01-15, 110, 128).
 */
export function setStoreHeaders(request: IncomingMessage, response: ServerResponse, { cookie, deprecated }: Generation): void {
  const { statusCode } = response;
  const isOurs = statusCode === 400 || statusCode === 403 || statusCode === 413;
  const isMaintenance = statusCode === 503 && response.hasHeader('Retry-After');
  if (isOurs || isMaintenance) return;
  if (cookie === 'PHPSESSID') {
    response.setHeader('Set-Cookie', `PHPSESSID=${randomBytes(13).toString('hex')}; path=/; HttpOnly`);
  } else if (cookie === 'maho_session' && statusCode !== 301 && statusCode !== 405) {
    const value = randomBytes(16).toString('hex');
    response.setHeader('Set-Cookie', `maho_session=${value}; Max-Age=${SEVEN_DAYS_SECONDS}; path=/; HttpOnly; SameSite=Lax`);
  }
  if (!deprecated) return;
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('Content-Type', String(response.getHeader('Content-Type') ?? '').replace('charset=utf-8', 'charset=UTF-8'));
  const isEmptyError = statusCode === 500 && String(response.getHeader('Content-Length')) === '0';
  if (isEmptyError || response.getHeader('Content-Type') === 'application/json') return;
  const host = request.headers.host ?? 'localhost';
  response.setHeader('Deprecation', 'true');
  response.setHeader('Link', `<http://${host}/api/docs>; rel="successor-version"`);
  response.setHeader('Warning', '299 - "This API is deprecated. Please migrate to /api/rest/v2/. See documentation at /api/docs"');
}
