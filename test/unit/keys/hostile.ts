import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { serve, type Loopback } from '../../support/loopback';
import { tinyResult, tinyWsdl } from '../../support/tiny-store';

/** Secrets of a build server, which may only arrive at an allowed host. */
export const canaries = {
  MAHO_SOAP_KEY: 'canary-key-5d1f',
  MAHO_SOAP_KEY_SHOP: 'canary-own-key-77ab',
  MAHO_SOAP_WEB_PASSWORD: 'canary-web-password-c0de',
  CI_TOKEN: 'canary-token-90fe',
} as const;

/** A malicious host: it answers like a store, so that clients continue, and it keeps everything it receives. */
export interface HostileHost extends Loopback {
  readonly requests: number;
  /** The names of the canaries that arrived, in any encoding. */
  arrived(): readonly string[];
}

/** Starts a {@link HostileHost} that is closed at the end of the test. */
export async function hostileHost(t: TestContext, tls?: { readonly key: string; readonly cert: string }): Promise<HostileHost> {
  const got: string[] = [];
  const server = await serve(
    t,
    ({ request, body }, response) => {
      const headers = request.rawHeaders.join('\n');
      const basic = /^Basic (.+)$/m.exec(headers)?.[1];
      got.push(
        `${request.method ?? ''} ${request.url ?? ''}\n${headers}` +
          `\n${basic === undefined ? '' : Buffer.from(basic, 'base64').toString()}\n${body.toString()}`,
      );
      response.setHeader('Content-Type', 'text/xml; charset=utf-8');
      if (request.method === 'GET') response.end(tinyWsdl('v2', 'http://127.0.0.1/'));
      else response.end(body.includes('login') ? tinyResult('login', '5e55'.padEnd(32, '0')) : tinyResult('customerCustomerInfo', {}));
    },
    tls,
  );
  return {
    url: server.url,
    port: server.port,
    get connections() {
      return server.connections;
    },
    get requests() {
      return got.length;
    },
    arrived: () => {
      const all = got
        .flatMap((text) => [text, decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, ''))])
        .join('\n')
        .toLowerCase();
      return Object.entries(canaries).flatMap(([name, value]) => (all.includes(value.toLowerCase()) ? [name] : []));
    },
  };
}

/** Creates a folder with files and, if `repository` is given, a git repository in it. @returns the path of the folder */
export function branch(t: TestContext, files: Readonly<Record<string, string | object>>, repository: string | null = '.'): string {
  const folder = mkdtempSync(join(tmpdir(), 'maho-soap-branch-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  if (repository !== null) {
    mkdirSync(join(folder, repository), { recursive: true });
    // Only the folder that marks a repository. Git need not be installed.
    mkdirSync(join(folder, repository, '.git'));
  }
  return folder;
}
