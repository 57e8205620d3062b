/** Words for one way in which no SOAP answer came. `{name}` takes a value; `[[…]]` is left out when its value is missing. */
export interface FailureEntry {
  readonly phase: 'transport' | 'decode';
  readonly what: string;
  readonly why?: string;
  readonly next?: string;
}

/**
 * Every failure between us and a SOAP answer: the way there, and what stands there instead of the API
 * (facts §2; users-and-pitfalls 3.2 A and E).
 */
export const failures = {
  'host-not-found': {
    phase: 'transport',
    what: 'The host {host} was not found.',
    why: 'No address is known for this name from here.',
    next: 'Check the spelling of the URL. A staging host may need a VPN or an entry in the hosts file.',
  },
  'lookup-failed': {
    phase: 'transport',
    what: 'The name {host} could not be looked up.',
    why: 'The name server did not answer.',
    next: 'Check the network connection and try again.',
  },
  'connection-refused': {
    phase: 'transport',
    what: 'Nothing answers at {host}[[ on port {port}]].',
    why: 'The host is there, but it refused the connection.',
    next: 'Check host and port, and whether the web server is running.',
  },
  unreachable: {
    phase: 'transport',
    what: 'The host {host} cannot be reached.',
    why: 'There is no way to it from this network.',
    next: 'Check the network connection, VPN and firewall.',
  },
  'connect-timeout': {
    phase: 'transport',
    what: 'No connection to {host} came about[[ within {seconds} s]].',
    why: 'The host does not react: a firewall drops the packets, or it is down.',
    next: 'Check host, port, VPN and firewall, or allow more time to connect.',
  },
  'first-byte-timeout': {
    phase: 'transport',
    what: 'The store took the request, but sent no answer within {seconds} s.',
    why: 'Stores send the first byte only when the whole answer is ready; a large list takes long. A web server with a single worker waits for itself, because the store fetches its own WSDL at every call.',
    next: 'Ask for less (a narrower filter), or allow more time for the first byte.',
  },
  'total-timeout': {
    phase: 'transport',
    what: 'The answer was not complete within {seconds} s.',
    why: 'It arrived too slowly.',
    next: 'Ask for less, or allow more time in total.',
  },
  'connection-dropped': {
    phase: 'transport',
    what: 'The connection was lost before the answer was complete[[ (after {size})]].',
    why: 'The web server, PHP or a proxy on the way closed it.',
    next: 'Try again. If it happens again at the same call, look into the web server’s error log.',
  },
  certificate: {
    phase: 'transport',
    what: 'The certificate of {host} is not trusted.',
    why: '{reason}',
    next: 'For a private or self-signed certificate, set the store’s CA file. Otherwise have the certificate renewed.',
  },
  tls: {
    phase: 'transport',
    what: 'No encrypted connection to {host} came about.',
    why: '{reason}',
    next: 'Check whether this port speaks https at all; a development server often speaks http only.',
  },
  'not-http': {
    phase: 'transport',
    what: 'What answers at {host}[[ on port {port}]] does not speak HTTP.',
    why: '{reason}',
    next: 'Check the port, and whether the URL must begin with https.',
  },
  redirect: {
    phase: 'transport',
    what: 'The store sends this request elsewhere[[: {target}]].',
    why: 'A redirected request would lose its content, so it is not followed.',
    next: 'If the target is right, use it as the URL of the store.',
  },
  'web-login': {
    phase: 'transport',
    what: 'The web server asks for a login of its own[[ ("{realm}")]].',
    why: 'HTTP Basic authentication stands in front of the store. It is not the API user.',
    next: 'Set the web server’s user and password for this store, apart from the API user. If they are set, they are wrong.',
  },
  forbidden: {
    phase: 'transport',
    what: 'The web server forbids this request (HTTP 403)[[: "{title}"]].',
    why: 'A firewall, an IP list or a rule of the web server refused it before it reached the store.',
    next: 'Ask whoever runs the server to let your address or this path through.',
  },
  'soap-switched-off': {
    phase: 'transport',
    what: 'SOAP is switched off on this store (HTTP 404 without content).',
    why: 'Maho from 26.7 on has its SOAP protocols off until someone turns them on.',
    next: 'In the shop’s admin, allow it under System > Configuration > Services > API > API Protocols, or run: ./maho config:set apiplatform/protocols/v2_soap 1 (or v1_soap), after: composer require laminas/laminas-soap.',
  },
  'not-found': {
    phase: 'transport',
    what: 'There is no API at this address (HTTP 404)[[: "{title}"]].',
    why: 'The shop or its web server does not know the path.',
    next: 'The paths are /api/v2_soap/ and /api/soap/, below the shop’s base URL, with /index.php/ in front where URL rewriting is off.',
  },
  'store-error': {
    phase: 'transport',
    what: 'The store failed while it worked on the call (HTTP {status})[[, error record {record}]].',
    why: 'The store shows its error page instead of SOAP. Mostly the database refused a query, for example one made from a filter it cannot express.',
    next: 'Check the filters. In the shop, the record lies in var/report[[/{record}]].',
  },
  unavailable: {
    phase: 'transport',
    what: 'The store is not available (HTTP 503)[[: "{title}"]].',
    why: 'It is in maintenance, or overloaded.',
    next: 'Try again later. Maintenance ends when the file maintenance.flag is removed from the shop.',
  },
  gateway: {
    phase: 'transport',
    what: 'The proxy in front of the store got no answer from it (HTTP {status}).',
    why: 'PHP stopped or took longer than the proxy waits.',
    next: 'Ask for less, or look into the logs of web server and PHP.',
  },
  'too-many-requests': {
    phase: 'transport',
    what: 'The server asks for fewer requests (HTTP 429).',
    why: 'A rate limit in front of the store was reached.',
    next: 'Wait[[ {seconds} s]] and try again.',
  },
  'request-too-large': {
    phase: 'transport',
    what: 'The web server refuses requests of this size (HTTP 413).',
    next: 'Send less at once, for example fewer calls in one multiCall.',
  },
  'http-status': {
    phase: 'transport',
    what: 'The answer is HTTP {status}[[ {reason}]] and not SOAP[[: "{title}"]].',
    next: 'Look at the response to see who sent it: the store, its web server or a proxy.',
  },
  'php-error': {
    phase: 'transport',
    what: 'PHP stopped with an error[[: {reason}]].',
    why: 'The error stands in the answer in place of SOAP.',
    next: 'Look into the log of PHP on the server. When it names a Laminas class, run: composer require laminas/laminas-soap.',
  },
  'html-page': {
    phase: 'transport',
    what: 'A web page came instead of SOAP[[: "{title}"]].',
    why: 'The address is not the API, or a login page, firewall or maintenance page stands before it.',
    next: 'Check the URL: /api/v2_soap/ or /api/soap/ below the shop’s base URL. Open it in a browser to see who answers.',
  },
  'empty-answer': {
    phase: 'transport',
    what: 'The answer is empty (HTTP {status}).',
    why: 'PHP ended without output: mostly a fatal error with error display off.',
    next: 'Look into the logs of PHP and the web server.',
  },
  'wsdl-instead': {
    phase: 'transport',
    what: 'The store answered with its WSDL instead of a result.',
    why: 'The request went to the WSDL address. A store answers anything sent there with its WSDL.',
    next: 'Remove ?wsdl from the URL.',
  },
  'not-soap': {
    phase: 'transport',
    what: 'The answer is not SOAP[[: it begins with "{excerpt}"]].',
    next: 'Check the URL, and look at the response to see who sent it.',
  },
  'not-wsdl': {
    phase: 'transport',
    what: 'No WSDL of this API stands at {url}.',
    why: 'The answer is something else[[: {excerpt}]].',
    next: 'Check the URL: /api/v2_soap/ or /api/soap/ below the shop’s base URL.',
  },
  compressed: {
    phase: 'transport',
    what: 'The answer is compressed in a way that cannot be read.',
    why: '{reason}',
    next: 'Something between here and the store damages answers. Try another network, or have compression switched off.',
  },
  'too-large': {
    phase: 'transport',
    what: 'The answer is larger than {size}.',
    why: 'Reading stopped there to protect this computer.',
    next: 'Ask for less, or raise the store’s limit.',
  },
  cancelled: { phase: 'transport', what: 'Cancelled.' },
  'cut-off': {
    phase: 'decode',
    what: 'The answer ends in the middle.',
    why: 'The server stopped sending: mostly a PHP error or a time limit.',
    next: 'Look into the logs of PHP and the web server, or ask for less.',
  },
  malformed: {
    phase: 'decode',
    what: 'The answer is not well-formed XML.',
    why: 'An extension of the store or something on the way put other text into it.',
    next: 'Look at the response at the place named.',
  },
  dtd: {
    phase: 'decode',
    what: 'The answer holds a document type definition, which SOAP forbids.',
    why: 'Such definitions can make a small answer huge or read local files; they are never followed.',
    next: 'Find out who sent it: a store of this family never does.',
  },
  'processing-instruction': {
    phase: 'decode',
    what: 'The answer holds a processing instruction, which SOAP forbids.',
    next: 'Find out who sent it: a store of this family never does.',
  },
  'too-deep': { phase: 'decode', what: 'The answer is nested too deep.', why: 'No honest answer is.', next: 'Find out who sent it.' },
  charset: {
    phase: 'decode',
    what: 'The answer is in a character set that cannot be read.',
    why: 'The shop’s setting "Default Response Charset" under Services > API names it.',
    next: 'Set it to UTF-8.',
  },
  unreadable: {
    phase: 'decode',
    what: 'The answer could not be read.',
    why: 'This is a mistake in the toolkit, not of the store.',
    next: 'Please report it with the log and the response.',
  },
  circular: { phase: 'decode', what: 'The answer refers to itself.', next: 'Find out who sent it: a store of this family never does.' },
} as const satisfies Record<string, FailureEntry>;

/** Code of a {@link failures} entry. */
export type FailureCode = keyof typeof failures;

/** Whether a text is the code of a known failure. */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}
