import { isIP } from 'node:net';
import { isLoopback } from '../../store/settings/shop-address';
import type { Environment } from '../stores/environments';

/** Names within a host that people give to copies of a shop. */
const STAGING = /^(?:stag(?:e|ing)?\d*|stg\d*|test(?:ing|s)?\d*|uat\d*|qa\d*|preview|preprod|pre|demo|sandbox|beta|acc(?:eptance)?)$/;

/** Names within a host that people give to machines of their own. */
const DEVELOPMENT = /^(?:dev\d*|develop(?:ment)?|local|localhost|ddev|lando|docker|vagrant|valet|wip)$/;

/** Ends of hosts that do not exist on the internet. */
const PRIVATE_END = /(?:^|\.)(?:localhost|local|test|internal|lan|home\.arpa|ddev\.site|lndo\.site)$/;

/**
 * What a store is for, as its host looks: a first suggestion that is shown and can be changed. What looks like nothing else is taken for
 * production, where most care is taken.
 */
export function guessEnvironment(host: string): Environment {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isLoopback(name) || isPrivateAddress(name) || PRIVATE_END.test(name)) return 'development';
  const labels = name.split(/[.-]/);
  if (labels.some((label) => DEVELOPMENT.test(label))) return 'development';
  return labels.some((label) => STAGING.test(label)) ? 'staging' : 'production';
}

/** Addresses of private networks (RFC 1918, RFC 4193). */
function isPrivateAddress(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 4) return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(bare);
  return isIP(bare) === 6 && /^f[cd]/.test(bare);
}
