import { isIP } from 'node:net';
import { isLoopback } from '../../store/wire/loopback';
import type { Environment } from '../stores/environments';

/** Parts of host names that are common for copies of a shop. */
const STAGING = /^(?:stag(?:e|ing)?\d*|stg\d*|test(?:ing|s)?\d*|uat\d*|qa\d*|preview|preprod|pre|demo|sandbox|beta|acc(?:eptance)?)$/;

/** Parts of host names that are common for development machines. */
const DEVELOPMENT = /^(?:dev\d*|develop(?:ment)?|local|localhost|ddev|lando|docker|vagrant|valet|wip)$/;

/** Ends of host names that do not exist on the internet. */
const PRIVATE_END = /(?:^|\.)(?:localhost|local|test|internal|lan|home\.arpa|ddev\.site|lndo\.site)$/;

/**
 * The probable environment of a store by its host. It is a suggestion that can be changed. An unknown host counts as production, where most
 * care is taken.
 */
export function guessEnvironment(host: string): Environment {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isLoopback(name) || isPrivateAddress(name) || PRIVATE_END.test(name)) return 'development';
  const labels = name.split(/[.-]/);
  if (labels.some((label) => DEVELOPMENT.test(label))) return 'development';
  return labels.some((label) => STAGING.test(label)) ? 'staging' : 'production';
}

/** Whether a host is an address of a private network (RFC 1918, RFC 4193). */
function isPrivateAddress(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 4) return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(bare);
  return isIP(bare) === 6 && /^f[cd]/.test(bare);
}
