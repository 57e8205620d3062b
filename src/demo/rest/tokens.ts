import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { badToken } from './answer';

/** The user or customer that a token was issued to. */
export type Bearer = { readonly kind: 'user'; readonly name: string } | { readonly kind: 'customer'; readonly id: number };

/** How long a token is valid, in seconds. */
export const TOKEN_LIFETIME_SECONDS = 3600;

const header = z.object({ alg: z.literal('HS256') });
const claims = z.object({ sub: z.string(), exp: z.number(), jti: z.string() });

/** Creates and reads JSON Web Tokens as the store does: HS256, with an ID that a logout adds to the list of revoked tokens. */
export class Tokens {
  readonly #secret = randomBytes(32);
  readonly #revoked = new Map<string, number>();
  /** Tokens up to this number were revoked together. */
  #endedBefore = 0;
  #made = 0;

  constructor(private readonly now: () => Date) {}

  /** Creates a token. */
  issue(bearer: Bearer): string {
    const now = this.#seconds();
    const sub = bearer.kind === 'user' ? `api_user:${bearer.name}` : `customer:${bearer.id}`;
    const jti = `${++this.#made}-${randomBytes(12).toString('hex')}`;
    const parts = [
      { typ: 'JWT', alg: 'HS256' },
      { sub, iat: now, exp: now + TOKEN_LIFETIME_SECONDS, jti },
    ];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${signed}.${this.#signature(signed)}`;
  }

  /** The user or customer that a token was issued to. @throws {RestError} 401 with the store's message */
  bearer(token: string): Bearer {
    const { sub, jti, exp } = this.#read(token);
    if (exp <= this.#seconds()) throw badToken('Token has expired');
    if (this.#revoked.has(jti) || Number(jti.split('-')[0]) <= this.#endedBefore) throw badToken('Token has been revoked');
    const colon = sub.indexOf(':');
    const name = sub.slice(colon + 1);
    return sub.startsWith('customer:') ? { kind: 'customer', id: Number(name) } : { kind: 'user', name };
  }

  /** Revokes a token. */
  revoke(token: string): void {
    const { jti, exp } = this.#read(token);
    const now = this.#seconds();
    for (const [old, end] of this.#revoked) if (end <= now) this.#revoked.delete(old);
    this.#revoked.set(jti, exp);
  }

  /** Revokes every token. */
  revokeAll(): void {
    this.#endedBefore = this.#made;
  }

  #read(token: string): z.infer<typeof claims> {
    const parts = token.split('.');
    const [head, body] = parts.slice(0, 2).map(decoded);
    if (parts.length !== 3 || !header.safeParse(head).success) throw badToken('Malformed token');
    const known = Buffer.from(this.#signature(parts.slice(0, 2).join('.')));
    const given = Buffer.from(parts[2] ?? '');
    if (known.length !== given.length || !timingSafeEqual(known, given)) throw badToken('Invalid or expired token');
    const parsed = claims.safeParse(body);
    if (!parsed.success) throw badToken('Malformed token');
    return parsed.data;
  }

  #signature(signed: string): string {
    return createHmac('sha256', this.#secret).update(signed).digest('base64url');
  }

  #seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
