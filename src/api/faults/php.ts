import { later } from '../../l10n/texts';
import type { FaultEntry } from './entry';

const anywhere = ['wsdl', 'login', 'call'] as const;

/** Faults of a store that cannot read its own WSDL or the request, or whose PHP stopped. Most specific first (facts §1, §2, §13). */
export const phpFaults: readonly FaultEntry[] = [
  {
    id: 'wsdl-lost',
    executed: 'never',
    phases: ['wsdl'],
    text: /^\s*(?:Invalid XML|Empty request)/i,
    what: later('The store took the question for its WSDL for a call without content.'),
    why: later('The web server loses what stands behind the question mark of the address, here ?wsdl=1, when it rewrites it.'),
    next: later(
      'Have its rewrite rule pass the query on (nginx: try_files $uri $uri/ /index.php?$args; Apache: the flag QSA), ' +
        'or give the URL of the store with /index.php/api/v2_soap/.',
    ),
  },
  {
    id: 'self-fetch-port',
    executed: 'never',
    phases: anywhere,
    text: /Parsing WSDL: Couldn't load from '([^']*)'/i,
    when: ([, own], { url }) => portIsLost(own, url),
    what: later('The store cannot reach its own WSDL, since it leaves its port out: {1}.'),
    why: later(
      'Maho 26.7 writes its own address without the port, and fetches its WSDL from there at every call. The WSDL itself still comes.',
    ),
    next: later(
      'Let the shop answer at port 80 or 443, for example behind a proxy; or let the server reach the address above from inside.',
    ),
  },
  {
    id: 'self-fetch',
    executed: 'never',
    phases: anywhere,
    text: /Parsing WSDL: Couldn't load from '([^']*)'/i,
    what: later('The store cannot reach its own URL from inside[[: {1}]].'),
    why: later(
      'It fetches its own WSDL over HTTP at every call. Name lookup, firewall, a certificate, HTTP authentication, a container network ' +
        'or a web server with a single worker keeps it from doing so.',
    ),
    next: later(
      'On the server, make that address reachable: an entry in the hosts file (extra_hosts in Docker), a trusted certificate, no ' +
        'password for the server itself, more than one worker.',
    ),
  },
  {
    id: 'schema-import',
    executed: 'never',
    phases: anywhere,
    text: /can't import schema from '([^']*)'/i,
    what: later('The store cannot fetch a schema that its WSDL imports[[: {1}]].'),
    why: later('The V2 WSDL of OpenMage imports the SOAP encoding schema from the internet, and the server could not load it.'),
    next: later('Let the server reach that address, or use OpenMage 21 or Maho, which need no import. V1 is not affected.'),
  },
  {
    id: 'wsdl-broken',
    executed: 'never',
    phases: anywhere,
    text: /SOAP-ERROR: Parsing (?:WSDL|Schema)/i,
    what: later('The store cannot read its own WSDL.'),
    why: later('Mostly an extension adds something broken to it, or a stale copy is cached.'),
    next: later('Open ?wsdl in a browser. On the server, remove /tmp/wsdl* and flush the Web Services Configuration cache.'),
  },
  {
    id: 'operation-unknown',
    executed: 'never',
    phases: anywhere,
    text: /Procedure '([^']*)' not present/i,
    what: later('The store does not know the operation {1}.'),
    why: later(
      'The call went out in another dialect than the store speaks (WS-I is a switch of the shop), with another namespace, or the store ' +
        'uses a stale WSDL.',
    ),
    next: later(
      'Detect the dialect again. If that is right, remove /tmp/wsdl* on the server and flush the Web Services Configuration cache.',
    ),
  },
  {
    id: 'wsi-broken',
    phases: ['call'],
    methods: /^(?:resources|globalFaults|resourceFaults)$/,
    text: /stdClass could not be converted|object has no 'result' property|resourceFaults\(\), 1 passed|setSessionId\(\): Argument #1|addcslashes\(\): Argument #1/i,
    what: later('Stores in WS-I mode cannot do {method}.'),
    why: later('It is broken in every store of this family.'),
    next: later('Call it over V1 or V2.'),
  },
  {
    id: 'date-unreadable',
    attribute: 'dob',
    executed: 'call-not',
    phases: ['call'],
    text: /\bdate\(\): Argument #2 \(\$timestamp\)/,
    what: later('The store cannot read a date in the data.'),
    why: later(
      'Maho 26.7 stops with a PHP error there. Nothing of this call was stored; in a multiCall the calls before it were, and those ' +
        'behind it were not.',
    ),
    next: later('Write dates as 1980-12-31.'),
  },
  {
    id: 'value-type',
    executed: 'never',
    phases: anywhere,
    text: /Encoding: Violation of encoding rules/i,
    what: later('A value is not of the type that the WSDL asks for.'),
    why: later('V2 and WS-I refuse text where a number belongs, such as an ID or group_id.'),
    next: later('Send numbers for IDs. Nothing was executed.'),
  },
  {
    id: 'property-missing',
    phases: anywhere,
    text: /Encoding: object has no '([^']*)' property/i,
    what: later('A required element is missing: {1}.'),
    next: later('Send it. Nothing was executed.'),
  },
  {
    id: 'xml-entity',
    executed: 'never',
    phases: anywhere,
    text: /Detected use of (?:illegal )?ENTITY/i,
    what: later('The store refuses requests that define entities.'),
    why: later('Such definitions are a known attack.'),
    next: later('Remove the DOCTYPE from the request.'),
  },
  {
    id: 'xml-dtd',
    executed: 'never',
    phases: anywhere,
    text: /DTD are not supported by SOAP|Detected use of illegal DOCTYPE/i,
    what: later('The store refuses requests with a DOCTYPE.'),
    next: later('Remove the DOCTYPE from the request.'),
  },
  {
    id: 'request-empty',
    executed: 'never',
    phases: anywhere,
    text: /^\s*Empty request/i,
    what: later('The request reached the store without its content.'),
    why: later('A redirect or a proxy may have removed it, or the address was opened with GET and without ?wsdl.'),
    next: later('Check that the URL is the one the store ends up at, with https where it redirects to it. Nothing was executed.'),
  },
  {
    id: 'request-unreadable',
    executed: 'never',
    phases: anywhere,
    text: /^\s*Invalid XML/i,
    what: later('The store could not read the request as XML.'),
    why: later(
      'It is empty, malformed, compressed, in UTF-16, or was lost on the way: a redirect or a proxy may have removed the content.',
    ),
    next: later('Look at the request as it was sent. Nothing was executed.'),
  },
  {
    id: 'memory',
    phases: anywhere,
    text: /Allowed memory size of (\d+) bytes exhausted/i,
    what: later('PHP ran out of memory ({1} bytes) while it made the answer.'),
    why: later('The whole list is built in memory before anything is sent; 50,000 customers need about 500 MB.'),
    next: later('Ask for less: page by customer_id from and to. Or raise memory_limit on the server.'),
  },
  {
    id: 'time-limit',
    phases: anywhere,
    text: /Maximum execution time of (\d+) seconds? exceeded/i,
    what: later('PHP stopped after its time limit of {1} s.'),
    why: later('The call takes longer than max_execution_time allows.'),
    next: later('Ask for less: page by customer_id from and to. Or raise max_execution_time on the server.'),
  },
  {
    id: 'arguments-too-few',
    executed: 'call-not',
    phases: ['call'],
    text: /Too few arguments to function/i,
    what: later('The call {method} was sent with too few arguments.'),
    why: later('In V1 an empty list of arguments calls the method with none; it must hold one entry for each argument.'),
    next: later('Send the arguments as a list, such as [ [] ] for customer.list without filters.'),
  },
  {
    id: 'arguments-named',
    executed: 'call-not',
    phases: ['call'],
    text: /Unknown named parameter \$(\w+)/i,
    what: later('The store took the arguments as named ones and knows no "{1}".'),
    why: later('PHP 8 takes a map as named arguments; V1 arguments must be a list.'),
    next: later('Send a list of positional arguments.'),
  },
  {
    id: 'arguments-untyped',
    executed: 'call-not',
    phases: ['call'],
    text: /Object of class stdClass could not be converted|Cannot use object of type stdClass/i,
    what: later('The store received a structure where it expected a plain value.'),
    why: later('V1 arguments must carry their types: without xsi:type PHP makes objects of them.'),
    next: later('Write the types into the envelope, or send the call instead of a raw envelope.'),
  },
  {
    id: 'filter-nil',
    executed: 'call-not',
    phases: ['call'],
    text: /Call to a member function getAttributeCode\(\) on (?:bool|false|null)/i,
    what: later('A filter without a value made the store fail.'),
    why: later('A simple filter whose value is nil has no attribute to compare.'),
    next: later('Give the filter a value, or leave it out.'),
  },
  {
    id: 'encoding-style',
    executed: 'never',
    phases: anywhere,
    text: /encodingStyle cannot be specified on the Envelope/i,
    what: later('The store refuses this SOAP 1.2 request.'),
    why: later('V1 and V2 speak SOAP 1.1 only.'),
    next: later('Send a SOAP 1.1 envelope.'),
  },
  {
    id: 'wrong-version',
    executed: 'never',
    phases: anywhere,
    text: /Wrong Version/i,
    what: later('The store does not know this SOAP version.'),
    next: later('Send a SOAP 1.1 envelope.'),
  },
  {
    id: 'laminas-missing',
    executed: 'never',
    phases: anywhere,
    text: /Class ["']?Laminas\\+Soap|laminas-soap/i,
    what: later('The store lacks the package that its SOAP server needs.'),
    why: later('Maho only suggests it, and the WSDL works without it.'),
    next: later('On the server, run: {install}.'),
  },
  {
    id: 'php-error',
    phases: anywhere,
    text: /^(?:Call to |Undefined |Uncaught |Cannot |Unsupported operand|Array to string|Object of class|Attempt to |Trying to |Class ["'\\]|Typed property|Return value|Maximum function nesting|.*must be of type|.*Argument #\d)/,
    what: later('PHP stopped with an error in the store.'),
    why: later('The words are PHP’s own. Mostly an extension, or arguments of another shape than the method expects.'),
    next: later('Compare the arguments with the method’s description; the shop’s var/log/exception.log says where it happened.'),
  },
  {
    id: 'server-silent',
    phases: anywhere,
    text: /^(?:Unknown error|Internal (?:Server )?Error|Server Error)\.?$/i,
    what: later('The store failed without saying why.'),
    why: later('Its SOAP server hides errors it does not expect.'),
    next: later('Look into the shop’s var/log/exception.log.'),
  },
];

/** Whether the store's own address is the requested one except for a missing port. */
function portIsLost(own: string | undefined, asked: string | undefined): boolean {
  if (own === undefined || asked === undefined || !URL.canParse(own) || !URL.canParse(asked)) return false;
  const [mine, theirs] = [new URL(own), new URL(asked)];
  return mine.port === '' && theirs.port !== '' && mine.hostname === theirs.hostname;
}
