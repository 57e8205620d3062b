import type { DemoMethod, DemoMethods } from '../operations/methods';
import type { Answer } from '../operations/answer';
import type { NaturalValue } from '../../soap/decoding/request';
import type { SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { Generation } from '../../api/generations';
import { globalFault, StoreFault, tooFewArguments } from '../fault';
import type { SoapFaultOnDemand } from '../options';
import type { RespondContext } from '../respond';
import type { RestApi } from '../rest/rest-api';
import type { Sessions } from '../sessions';
import type { Shop } from '../data/shop';
import { mayCall, type ApiUser, type ApiUsers } from '../users';

/** Everything that a dialect needs to serve a request. */
export interface ServeContext {
  readonly shop: Shop;
  readonly methods: DemoMethods;
  readonly sessions: Sessions;
  readonly users: ApiUsers;
  readonly generation: Generation;
  readonly respond: RespondContext;
  /** The REST API beside SOAP; `undefined` where the generation has none. */
  readonly rest: RestApi | undefined;
}

/** The request that is being served, with the data for its log entry. */
export interface ServedRequest {
  /** `Authorization` header, for Maho's login without a session (facts §3). */
  readonly authorization: string | undefined;
  /** Whether the user is refused whatever its rights (a simulated fault). */
  deny: boolean;
  /** The fault to respond with instead of carrying out the request (a simulated fault). */
  answer?: SoapFaultOnDemand | undefined;
  user?: string;
  method?: string;
  args?: readonly (readonly [name: string, value: NaturalValue | undefined])[];
}

/**
 * Logs in.
 * @throws {StoreFault} 6 when user or key is empty (2 over WS-I in OpenMage 20.18), 2 when they are wrong
 */
export function logIn(context: ServeContext, served: ServedRequest, dialect: SoapDialect, name: string | null, key: string | null): string {
  served.user = name ?? '';
  if (name === null || key === null || name === '' || key === '')
    throw globalFault(
      facets[dialect].style === 'document' && context.generation.id === 'openmage@20.18' && name !== null && key !== null ? 2 : 6,
    );
  const user = context.users.find(name, key);
  if (user === undefined || served.deny) throw globalFault(2);
  return context.sessions.open(user);
}

/**
 * The user of a session.
 * @param session `null` when it was left out or nil; then the product may accept HTTP Basic credentials instead
 * @throws {StoreFault} 5 when the session does not exist
 */
export function whoIs(context: ServeContext, served: ServedRequest, dialect: SoapDialect, session: string | null): ApiUser {
  const user =
    session === null
      ? context.generation.basicLogin.includes(dialect)
        ? basicUser(context, served.authorization)
        : undefined
      : context.sessions.use(session);
  if (user === undefined) throw globalFault(5);
  served.user = user.name;
  return user;
}

function basicUser({ users }: ServeContext, authorization: string | undefined): ApiUser | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  return colon < 0 ? undefined : users.find(credentials.slice(0, colon), credentials.slice(colon + 1));
}

/**
 * Runs a method.
 * @throws {StoreFault} 2 without the right, and the faults of the method itself
 */
export function run(
  context: ServeContext,
  served: ServedRequest,
  dialect: SoapDialect,
  user: ApiUser,
  demo: DemoMethod,
  args: readonly (NaturalValue | undefined)[],
): Answer {
  if (served.deny || !mayCall(user, demo.method.right)) throw globalFault(2);
  if (served.answer !== undefined) throw new StoreFault(served.answer.code, served.answer.message);
  if (args.length < demo.required)
    throw tooFewArguments(context.generation, demo.php, args.length, demo.required, demo.method.args.length > demo.required);
  return demo.run({ shop: context.shop, generation: context.generation, dialect }, args);
}
