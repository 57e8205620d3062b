// Why TLS fails, by real servers: what is too old, and a client certificate that is wanted.
import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { defaultTimeouts } from '../../../../src/store/settings/config';
import { TransportError } from '../../../../src/store/wire/failure';
import { Transport } from '../../../../src/store/wire/transport';
import { selfSigned } from '../../../support/tls';

async function failure(t: TestContext, options: TlsOptions): Promise<TransportError> {
  const server = createServer({ ...selfSigned, ...options }, (_, response) => void response.end('ok'));
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000, ca: selfSigned.cert });
  t.after(() => via.close());
  const { port } = server.address() as AddressInfo;
  const error: unknown = await via
    .request({ method: 'POST', url: `https://127.0.0.1:${port}/`, headers: {}, body: Buffer.from('<x/>') })
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  assert.ok(error instanceof TransportError, String(error));
  assert.doesNotMatch(error.message, /undefined|\{\w+\}|\[\[/);
  return error;
}

test('a server that offers TLS 1.1 at most is tls-old', async (t) => {
  const error = await failure(t, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' });
  assert.equal(error.code, 'tls-old');
  assert.match(error.message, /TLS 1\.2/);
  assert.equal(error.detail.sent, false);
});

test('a server that wants a client certificate is client-certificate, and nothing is in doubt', async (t) => {
  const error = await failure(t, { requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' });
  assert.equal(error.code, 'client-certificate');
  assert.equal(error.detail.sent, false);
});

test('a server without a common cipher is tls-handshake', async (t) => {
  const error = await failure(t, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-CAMELLIA256-SHA384:@SECLEVEL=0' });
  assert.ok(['tls-handshake', 'tls-old'].includes(error.code), error.code);
});
