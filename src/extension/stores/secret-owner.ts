/** The store and user that a secret belongs to. The name is only shown: renaming a store does not lose its key. */
export interface KeyOwner {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  /** Set for an entry of a workspace's settings, which may use a kept secret only with consent. See `key-consent.ts`. */
  readonly workspace?: { readonly caFile: string | undefined } | undefined;
}

/** `api` is the key of the API user, `web` the password of a web server's own login in front of the shop. */
export type SecretKind = 'api' | 'web';
