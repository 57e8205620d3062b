import { isIP } from 'node:net';

/** Whether a host is this computer: its names and addresses, in the form in which `URL` writes them. */
export function isLoopback(host: string): boolean {
  const bare = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '0.0.0.0' || bare === '::') return true;
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || /^::ffff:7f[0-9a-f]{2}:/.test(bare);
}
