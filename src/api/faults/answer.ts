import { later } from '../../l10n/texts';
import type { FailureEntry } from './entry';

/** Failures of an answer that is not from the API, or that refuses the request (facts §2, §13). */
export const answerFailures = {
  redirect: {
    phase: 'transport',
    what: later('The store sends this request elsewhere[[: {target}]].'),
    why: later('A redirected request would lose its content, so it is not followed.'),
    next: later('If the target is right, use it as the URL of the store.'),
  },
  'web-login': {
    phase: 'transport',
    what: later('The web server asks for a login of its own[[ ("{realm}")]].'),
    why: later('HTTP Basic authentication stands in front of the store. It is not the API user.'),
    next: later('Set the web server’s user and password for this store, apart from the API user. If they are set, they are wrong.'),
  },
  'web-login-rest': {
    phase: 'transport',
    what: later('The web server asks for a login of its own[[ ("{realm}")]], which cannot travel over REST.'),
    why: later('HTTP Basic authentication stands in front of the store, and REST needs the same header, Authorization, for its token.'),
    next: later('Let the web server pass /api/rest/v2 without its login, or use SOAP for this store.'),
  },
  forbidden: {
    phase: 'transport',
    what: later('The web server forbids this request (HTTP 403)[[: "{title}"]].'),
    why: later('A firewall, an IP list or a rule of the web server refused it before it reached the store.'),
    next: later('Ask the server’s administrator to let your address or this path through.'),
  },
  'soap-switched-off': {
    phase: 'transport',
    what: later('SOAP is switched off on this store (HTTP 404 without content).'),
    why: later('Maho from 26.7 on has its SOAP protocols off until someone turns them on, each by itself.'),
    next: later('In the shop’s admin, switch it on under {protocols}. Or run in the shop’s folder: {install}, then {enable}'),
  },
  'v1-switched-off': {
    phase: 'transport',
    what: later('V1 is switched off on this store; V2 is not.'),
    why: later('Maho from 26.7 on switches each protocol by itself.'),
    next: later('In the shop’s admin, switch SOAP V1 on under {protocols}. Or run in the shop’s folder: {enable}'),
  },
  'v2-switched-off': {
    phase: 'transport',
    what: later('V2 is switched off on this store; V1 is not.'),
    why: later('Maho from 26.7 on switches each protocol by itself.'),
    next: later('In the shop’s admin, switch SOAP V2 on under {protocols}. Or run in the shop’s folder: {enable}'),
  },
  'soap-library-missing': {
    phase: 'transport',
    what: later('The store gives its WSDL, but answers calls with nothing (HTTP 500).'),
    why: later('Mostly the package is missing that its SOAP server needs: Maho from 26.7 on only suggests laminas/laminas-soap.'),
    next: later('Run in the shop’s folder: {install}. If it is installed, look into the logs of PHP and the web server.'),
  },
  'rest-instead': {
    phase: 'transport',
    what: later('The shop’s REST API answers at this address, not SOAP (HTTP {status})[[: "{excerpt}"]].'),
    why: later('The path below /api/ is not one of SOAP, so the shop hands it to its REST API.'),
    next: later('The paths of SOAP are /api/v2_soap/ and /api/soap/, below the shop’s base URL.'),
  },
  'rest-switched-off': {
    phase: 'transport',
    what: later('REST v2 is switched off on this store (HTTP 404).'),
    why: later('Maho from 26.7 on has it off until someone turns it on.'),
    next: later(
      'In the shop’s admin, switch REST v2 on under {protocols}. Or run in the shop’s folder: ' +
        './maho config:set --scope=default --scope-id=0 apiplatform/protocols/rest_v2 1',
    ),
  },
  'rest-not-found': {
    phase: 'transport',
    what: later('There is no REST v2 at {url} (HTTP {status}).'),
    why: later('Maho has it from 26.7 on; OpenMage and Magento 1 do not have it. Or the shop stands at another address.'),
    next: later('Check the URL: the path is /api/rest/v2, below the shop’s base URL. Other products are spoken to over SOAP.'),
  },
  'not-rest': {
    phase: 'transport',
    what: later('The answer is not JSON (HTTP {status})[[: it begins with "{excerpt}"]].'),
    why: later('Something else than the shop’s REST API answered, or PHP put other text into the answer.'),
    next: later('Look at the response to see who sent it: the store, its web server or a proxy.'),
  },
  'rest-failed': {
    phase: 'transport',
    what: later('The store failed while it worked on the request (HTTP {status}).'),
    why: later('Over REST it says nothing more. Mostly an extension is broken, or the database refused a query.'),
    next: later('Look into the shop’s var/log/exception.log.'),
  },
  'method-not-allowed': {
    phase: 'transport',
    what: later('This address takes no calls (HTTP 405).'),
    why: later('Mostly it is a page of the shop and not its API.'),
    next: later('The paths of SOAP are /api/v2_soap/ and /api/soap/, below the shop’s base URL.'),
  },
  maintenance: {
    phase: 'transport',
    what: later('The store is in maintenance (HTTP 503)[[: "{title}"]].'),
    why: later('It shows its maintenance page to everybody, calls included.'),
    next: later(
      'Try again later[[, in {seconds} s by its own words]]. Maintenance ends when the file maintenance.flag is removed from the shop.',
    ),
  },
  'store-error-wsdl': {
    phase: 'transport',
    what: later('The store failed while it made its WSDL (HTTP {status})[[, error record {record}]][[, database error {database}]].'),
    why: later('It shows its error instead. Mostly it cannot reach its database, or an extension is broken.'),
    next: later(
      'Check whether the shop’s pages open: if they do not, start its database or correct app/etc/local.xml. ' +
        'In the shop, the record lies in var/report[[/{record}]].',
    ),
  },
  'gateway-lengths': {
    phase: 'transport',
    what: later('The web server in front of the store refused the store’s answer (HTTP 502).'),
    why: later(
      'This is a known fault of Maho 26.7 behind nginx: over V2 and WS-I it names two different Content-Length headers, ' +
        'which nginx refuses. The call may have been executed.',
    ),
    next: later('Keep this store on V1, which is not affected: "dialect": "v1" in its settings, --dialect v1 on the command line.'),
  },
  'magento-2': {
    phase: 'transport',
    what: later('This is a Magento 2 shop[[: {url}]].'),
    why: later('Its SOAP API is a different one: each service has its own WSDL, and there is no login and no session.'),
    next: later('This toolkit is for Maho, OpenMage and Magento 1. Use a client for Magento 2, or the URL of another shop.'),
  },
  'not-found': {
    phase: 'transport',
    what: later('There is no API at this address (HTTP 404)[[: "{title}"]].'),
    why: later('The shop or its web server does not know the path.'),
    next: later(
      'The paths are /api/v2_soap/ and /api/soap/, below the shop’s base URL, with /index.php/ in front where URL rewriting is off.',
    ),
  },
  'store-error': {
    phase: 'transport',
    what: later('The store failed while it worked on the call (HTTP {status})[[, error record {record}]].'),
    why: later(
      'The store shows its error page instead of SOAP. Mostly the database refused a query, for example one made from a filter it ' +
        'cannot express.',
    ),
    next: later('Check the filters. In the shop, the record lies in var/report[[/{record}]].'),
  },
  unavailable: {
    phase: 'transport',
    what: later('The store is not available (HTTP 503)[[: "{title}"]].'),
    why: later('It is in maintenance, or overloaded.'),
    next: later('Try again later. Maintenance ends when the file maintenance.flag is removed from the shop.'),
  },
  gateway: {
    phase: 'transport',
    what: later('The proxy in front of the store got no answer from it (HTTP {status}).'),
    why: later('PHP stopped or took longer than the proxy waits.'),
    next: later('Ask for less, or look into the logs of web server and PHP.'),
  },
  'too-many-requests': {
    phase: 'transport',
    what: later('The server asks for fewer requests (HTTP 429).'),
    why: later('A rate limit in front of the store was reached.'),
    next: later('Wait[[ {seconds} s]] and try again.'),
  },
  'request-too-large': {
    phase: 'transport',
    what: later('The web server refuses requests of this size (HTTP 413).'),
    next: later('Send less at once, for example fewer calls in one multiCall.'),
  },
  'http-status': {
    phase: 'transport',
    what: later('The answer is HTTP {status}[[ {reason}]] and not SOAP[[: "{title}"]].'),
    next: later('Look at the response to see who sent it: the store, its web server or a proxy.'),
  },
  'php-error': {
    phase: 'transport',
    what: later('PHP stopped with an error[[: {reason}]].'),
    why: later('The error stands in the answer in place of SOAP.'),
    next: later('Look into the log of PHP on the server. When it names a Laminas class, run in the shop’s folder: {install}'),
  },
  'html-page': {
    phase: 'transport',
    what: later('A web page came instead of SOAP[[: "{title}"]].'),
    why: later('The address is not the API, or a login page, firewall or maintenance page stands before it.'),
    next: later('Check the URL: /api/v2_soap/ or /api/soap/ below the shop’s base URL. Open it in a browser to see who answers.'),
  },
  'empty-answer': {
    phase: 'transport',
    what: later('The answer is empty (HTTP {status}).'),
    why: later('PHP ended without output: mostly a fatal error with error display off.'),
    next: later('Look into the logs of PHP and the web server.'),
  },
  'wsdl-instead': {
    phase: 'transport',
    what: later('The store answered with its WSDL instead of a result.'),
    why: later('The request went to the WSDL address. A store answers anything sent there with its WSDL.'),
    next: later('Remove ?wsdl from the URL.'),
  },
  'not-soap': {
    phase: 'transport',
    what: later('The answer is not SOAP[[: it begins with "{excerpt}"]].'),
    next: later('Check the URL, and look at the response to see who sent it.'),
  },
  'not-wsdl': {
    phase: 'transport',
    what: later('No WSDL of this API stands at {url}.'),
    why: later('The answer is something else[[: {excerpt}]].'),
    next: later('Check the URL: /api/v2_soap/ or /api/soap/ below the shop’s base URL.'),
  },
} as const satisfies Record<string, FailureEntry>;
