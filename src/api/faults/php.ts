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
    what: later('The store handled the request for its WSDL as a call without content.'),
    why: later('The web server loses the query of the URL, here ?wsdl=1, when it rewrites the URL.'),
    next: later(
      'Make its rewrite rule keep the query (nginx: try_files $uri $uri/ /index.php?$args; Apache: the flag QSA), ' +
        'or use /index.php/api/v2_soap/ in the URL of the store.',
    ),
  },
  {
    id: 'self-fetch-port',
    executed: 'never',
    phases: anywhere,
    text: /Parsing WSDL: Couldn't load from '([^']*)'/i,
    when: ([, own], { url }) => portIsLost(own, url),
    what: later('The store cannot fetch its own WSDL because it leaves out its port: {1}.'),
    why: later(
      'Maho 26.7 writes its own URL without the port, and fetches its WSDL from there at each call. The WSDL itself is still available.',
    ),
    next: later(
      'Make the shop available on port 80 or 443, for example behind a proxy. Or make the URL above reachable from the server itself.',
    ),
  },
  {
    id: 'self-fetch',
    executed: 'never',
    phases: anywhere,
    text: /Parsing WSDL: Couldn't load from '([^']*)'/i,
    what: later('The store cannot connect to its own URL[[: {1}]].'),
    why: later(
      'It fetches its own WSDL over HTTP at each call. DNS, a firewall, a certificate, HTTP authentication, a ' +
        'container network or a web server with a single worker prevents this.',
    ),
    next: later(
      'On the server, make this URL reachable: an entry in the hosts file (extra_hosts in Docker), a trusted ' +
        'certificate, no password for the server itself, more than one worker.',
    ),
  },
  {
    id: 'schema-import',
    executed: 'never',
    phases: anywhere,
    text: /can't import schema from '([^']*)'/i,
    what: later('The store cannot fetch a schema that its WSDL imports[[: {1}]].'),
    why: later('The V2 WSDL of OpenMage imports the SOAP encoding schema from the internet, and the server could not load it.'),
    next: later('Allow the server to connect to this URL, or use OpenMage 21 or Maho, which need no import. V1 is not affected.'),
  },
  {
    id: 'wsdl-broken',
    executed: 'never',
    phases: anywhere,
    text: /SOAP-ERROR: Parsing (?:WSDL|Schema)/i,
    what: later('The store cannot read its own WSDL.'),
    why: later('Usually an extension adds broken content to it, or an old copy is cached.'),
    next: later('Open ?wsdl in a browser. On the server, delete /tmp/wsdl* and flush the Web Services Configuration cache.'),
  },
  {
    id: 'operation-unknown',
    executed: 'never',
    phases: anywhere,
    text: /Procedure '([^']*)' not present/i,
    what: later('The store has no operation {1}.'),
    why: later(
      'The call was sent in another dialect than the store uses (WS-I is a setting of the shop), with another ' +
        'namespace, or the store uses an old copy of its WSDL.',
    ),
    next: later(
      'Detect the dialect again. If it is correct, delete /tmp/wsdl* on the server and flush the Web Services Configuration cache.',
    ),
  },
  {
    id: 'wsi-broken',
    phases: ['call'],
    methods: /^(?:resources|globalFaults|resourceFaults)$/,
    text: /stdClass could not be converted|object has no 'result' property|resourceFaults\(\), 1 passed|setSessionId\(\): Argument #1|addcslashes\(\): Argument #1/i,
    what: later('Stores in WS-I mode cannot execute {method}.'),
    why: later('It does not work in any Maho, OpenMage or Magento 1 store in this mode.'),
    next: later('Use V1 or V2 for this call.'),
  },
  {
    id: 'date-unreadable',
    attribute: 'dob',
    executed: 'call-not',
    phases: ['call'],
    text: /\bdate\(\): Argument #2 \(\$timestamp\)/,
    what: later('The store cannot read a date in the data.'),
    why: later(
      'Maho 26.7 stops with a PHP error. This call saved nothing. In a multiCall, the calls before it were ' +
        'executed, and the calls after it were not.',
    ),
    next: later('Write dates as 1980-12-31.'),
  },
  {
    id: 'value-type',
    executed: 'never',
    phases: anywhere,
    text: /Encoding: Violation of encoding rules/i,
    what: later('A value does not have the type that the WSDL declares.'),
    why: later('V2 and WS-I refuse text in place of a number, such as an ID or group_id.'),
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
    why: later('Such definitions are a known kind of attack.'),
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
    why: later('A redirect or a proxy may have removed it, or the URL was opened with GET and without ?wsdl.'),
    next: later('Check that the URL is the final one of the store, with https if it redirects there. Nothing was executed.'),
  },
  {
    id: 'request-unreadable',
    executed: 'never',
    phases: anywhere,
    text: /^\s*Invalid XML/i,
    what: later('The store could not read the request as XML.'),
    why: later(
      'It is empty, malformed, compressed, in UTF-16, or was lost on the way. A redirect or a proxy may have removed the content.',
    ),
    next: later('Check the request that was sent. Nothing was executed.'),
  },
  {
    id: 'memory',
    phases: anywhere,
    text: /Allowed memory size of (\d+) bytes exhausted/i,
    what: later('PHP ran out of memory ({1} bytes) while it created the response.'),
    why: later('The store builds the whole list in memory before it sends anything. 50,000 customers need about 500 MB.'),
    next: later('Request less data: read pages by customer_id with from and to. Or raise memory_limit on the server.'),
  },
  {
    id: 'time-limit',
    phases: anywhere,
    text: /Maximum execution time of (\d+) seconds? exceeded/i,
    what: later('PHP stopped at its time limit of {1} s.'),
    why: later('The call takes longer than max_execution_time allows.'),
    next: later('Request less data: read pages by customer_id with from and to. Or raise max_execution_time on the server.'),
  },
  {
    id: 'arguments-too-few',
    executed: 'call-not',
    phases: ['call'],
    text: /Too few arguments to function/i,
    what: later('The call {method} was sent with too few arguments.'),
    why: later('In V1, an empty list of arguments calls the method without arguments. The list needs one entry for each argument.'),
    next: later('Send the arguments as a list, such as [ [] ] for customer.list without filters.'),
  },
  {
    id: 'arguments-named',
    executed: 'call-not',
    phases: ['call'],
    text: /Unknown named parameter \$(\w+)/i,
    what: later('The store read the arguments as named arguments and has no "{1}".'),
    why: later('PHP 8 reads a map as named arguments. V1 arguments must be a list.'),
    next: later('Send a list of positional arguments.'),
  },
  {
    id: 'arguments-untyped',
    executed: 'call-not',
    phases: ['call'],
    text: /Object of class stdClass could not be converted|Cannot use object of type stdClass/i,
    what: later('The store received a structure where it expected a single value.'),
    why: later('V1 arguments need their types: without xsi:type, PHP turns them into objects.'),
    next: later('Add the types to the envelope, or send the call instead of a raw envelope.'),
  },
  {
    id: 'filter-nil',
    executed: 'call-not',
    phases: ['call'],
    text: /Call to a member function getAttributeCode\(\) on (?:bool|false|null)/i,
    what: later('The store failed because of a filter without a value.'),
    why: later('A simple filter with the value nil has nothing to compare with.'),
    next: later('Give the filter a value, or leave it out.'),
  },
  {
    id: 'encoding-style',
    executed: 'never',
    phases: anywhere,
    text: /encodingStyle cannot be specified on the Envelope/i,
    what: later('The store refuses this SOAP 1.2 request.'),
    why: later('V1 and V2 support only SOAP 1.1.'),
    next: later('Send a SOAP 1.1 envelope.'),
  },
  {
    id: 'wrong-version',
    executed: 'never',
    phases: anywhere,
    text: /Wrong Version/i,
    what: later('The store does not support this SOAP version.'),
    next: later('Send a SOAP 1.1 envelope.'),
  },
  {
    id: 'laminas-missing',
    executed: 'never',
    phases: anywhere,
    text: /Class ["']?Laminas\\+Soap|laminas-soap/i,
    what: later('A package that the SOAP server of the store needs is missing.'),
    why: later('Maho only suggests it, and the WSDL works without it.'),
    next: later('On the server, run: {install}.'),
  },
  {
    id: 'php-error',
    phases: anywhere,
    text: /^(?:Call to |Undefined |Uncaught |Cannot |Unsupported operand|Array to string|Object of class|Attempt to |Trying to |Class ["'\\]|Typed property|Return value|Maximum function nesting|.*must be of type|.*Argument #\d)/,
    what: later('PHP stopped with an error in the store.'),
    why: later('The message is from PHP. Usually an extension is the cause, or arguments of another shape than the method expects.'),
    next: later("Compare the arguments with the description of the method. The shop's var/log/exception.log says where it happened."),
  },
  {
    id: 'server-silent',
    phases: anywhere,
    text: /^(?:Unknown error|Internal (?:Server )?Error|Server Error)\.?$/i,
    what: later('The store failed without saying why.'),
    why: later('Its SOAP server hides unexpected errors.'),
    next: later("Check the shop's var/log/exception.log."),
  },
];

/** Whether the store's own address is the requested one except for a missing port. */
function portIsLost(own: string | undefined, asked: string | undefined): boolean {
  if (own === undefined || asked === undefined || !URL.canParse(own) || !URL.canParse(asked)) return false;
  const [mine, theirs] = [new URL(own), new URL(asked)];
  return mine.port === '' && theirs.port !== '' && mine.hostname === theirs.hostname;
}
