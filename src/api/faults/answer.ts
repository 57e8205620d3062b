import { later } from '../../l10n/texts';
import type { FailureEntry } from './entry';

/** Failures of an answer that is not from the API, or that refuses the request (facts §2, §13). */
export const answerFailures = {
  redirect: {
    phase: 'transport',
    what: later('The store redirects this request[[: {target}]].'),
    why: later('A redirected request would lose its content, so the redirect is not followed.'),
    next: later('If the target is correct, use it as the URL of the store.'),
  },
  'web-login': {
    phase: 'transport',
    what: later('The web server asks for its own login[[ ("{realm}")]].'),
    why: later('HTTP Basic authentication protects the store. Its user is not the API user.'),
    next: later(
      'Set the user and password of the web server for this store, in addition to the API user. If they are set, they are wrong.',
    ),
  },
  'web-login-rest': {
    phase: 'transport',
    what: later('The web server asks for its own login[[ ("{realm}")]], which cannot be sent over REST.'),
    why: later('HTTP Basic authentication protects the store, and REST needs the same header, Authorization, for its token.'),
    next: later('Configure the web server to allow /api/rest/v2 without its login, or use SOAP for this store.'),
  },
  forbidden: {
    phase: 'transport',
    what: later('The web server forbids this request (HTTP 403)[[: "{title}"]].'),
    why: later('A firewall, an IP list or a rule of the web server refused it before it reached the store.'),
    next: later("Ask the server's administrator to allow your IP address or this path."),
  },
  'soap-switched-off': {
    phase: 'transport',
    what: later('SOAP is turned off on this store (HTTP 404 without content).'),
    why: later('In Maho 26.7 and later, each SOAP protocol is off until someone turns it on.'),
    next: later("In the shop's admin, turn it on under {protocols}. Or run in the shop's folder: {install}, then {enable}"),
  },
  'v1-switched-off': {
    phase: 'transport',
    what: later('V1 is turned off on this store, V2 is not.'),
    why: later('In Maho 26.7 and later, each protocol is turned on and off separately.'),
    next: later("In the shop's admin, turn SOAP V1 on under {protocols}. Or run in the shop's folder: {enable}"),
  },
  'v2-switched-off': {
    phase: 'transport',
    what: later('V2 is turned off on this store, V1 is not.'),
    why: later('In Maho 26.7 and later, each protocol is turned on and off separately.'),
    next: later("In the shop's admin, turn SOAP V2 on under {protocols}. Or run in the shop's folder: {enable}"),
  },
  'soap-library-missing': {
    phase: 'transport',
    what: later('The store returns its WSDL, but its responses to calls are empty (HTTP 500).'),
    why: later('Usually a package that its SOAP server needs is missing: Maho 26.7 and later only suggest laminas/laminas-soap.'),
    next: later("Run in the shop's folder: {install}. If it is installed, check the logs of PHP and the web server."),
  },
  'rest-instead': {
    phase: 'transport',
    what: later('The shop\'s REST API is at this URL, not SOAP (HTTP {status})[[: "{excerpt}"]].'),
    why: later('The path below /api/ is not a SOAP path, so the shop passes it to its REST API.'),
    next: later("The SOAP paths are /api/v2_soap/ and /api/soap/, below the shop's base URL."),
  },
  'rest-switched-off': {
    phase: 'transport',
    what: later('REST v2 is turned off on this store (HTTP 404).'),
    why: later('In Maho 26.7 and later, it is off until someone turns it on.'),
    next: later(
      "In the shop's admin, turn REST v2 on under {protocols}. Or run in the shop's folder: " +
        './maho config:set --scope=default --scope-id=0 apiplatform/protocols/rest_v2 1',
    ),
  },
  'rest-not-found': {
    phase: 'transport',
    what: later('There is no REST v2 at {url} (HTTP {status}).'),
    why: later('Maho 26.7 and later have it. OpenMage and Magento 1 do not. Or the shop is at another URL.'),
    next: later("Check the URL: the path is /api/rest/v2, below the shop's base URL. For other products, use SOAP."),
  },
  'not-rest': {
    phase: 'transport',
    what: later('The response is not JSON (HTTP {status})[[: it begins with "{excerpt}"]].'),
    why: later("Something other than the shop's REST API responded, or PHP added other text to the response."),
    next: later('Check the response to see who sent it: the store, its web server or a proxy.'),
  },
  'rest-failed': {
    phase: 'transport',
    what: later('The store failed while it processed the request (HTTP {status}).'),
    why: later('The response does not say why. Usually an extension is broken, or the database refused a query.'),
    next: later("Check the shop's var/log/exception.log."),
  },
  'method-not-allowed': {
    phase: 'transport',
    what: later('This URL does not accept calls (HTTP 405).'),
    why: later('Usually it is a page of the shop and not its API.'),
    next: later("The SOAP paths are /api/v2_soap/ and /api/soap/, below the shop's base URL."),
  },
  maintenance: {
    phase: 'transport',
    what: later('The store is in maintenance mode (HTTP 503)[[: "{title}"]].'),
    why: later('It shows its maintenance page for every request, including calls.'),
    next: later(
      'Try again later[[ (the store says in {seconds} s)]]. Maintenance ends when the file maintenance.flag is removed from the shop.',
    ),
  },
  'store-error-wsdl': {
    phase: 'transport',
    what: later('The store failed while it created its WSDL (HTTP {status})[[, error record {record}]][[, database error {database}]].'),
    why: later('It shows its error page instead. Usually it cannot connect to its database, or an extension is broken.'),
    next: later(
      "Check whether the shop's pages open. If they do not, start its database or correct app/etc/local.xml. The " +
        "error record is in the shop's var/report[[/{record}]].",
    ),
  },
  'gateway-lengths': {
    phase: 'transport',
    what: later("The web server in front of the store refused the store's response (HTTP 502)."),
    why: later(
      'This is a known bug of Maho 26.7 behind nginx: over V2 and WS-I it sends two different Content-Length ' +
        'headers, which nginx refuses. The call may have been executed.',
    ),
    next: later('Use V1 for this store, which is not affected: "dialect": "v1" in its settings, --dialect v1 on the command line.'),
  },
  'magento-2': {
    phase: 'transport',
    what: later('This is a Magento 2 shop[[: {url}]].'),
    why: later('Its SOAP API is different: each service has its own WSDL, and there is no login and no session.'),
    next: later('This toolkit is for Maho, OpenMage and Magento 1. Use a client for Magento 2, or the URL of another shop.'),
  },
  'not-found': {
    phase: 'transport',
    what: later('There is no API at this URL (HTTP 404)[[: "{title}"]].'),
    why: later('Neither the shop nor its web server has this path.'),
    next: later(
      "The paths are /api/v2_soap/ and /api/soap/, below the shop's base URL, with /index.php/ in front if URL rewriting is off.",
    ),
  },
  'store-error': {
    phase: 'transport',
    what: later('The store failed while it processed the call (HTTP {status})[[, error record {record}]].'),
    why: later(
      'The store shows its error page instead of SOAP. Usually the database refused a query, for example because of ' + 'a filter.',
    ),
    next: later("Check the filters. The error record is in the shop's var/report[[/{record}]]."),
  },
  unavailable: {
    phase: 'transport',
    what: later('The store is not available (HTTP 503)[[: "{title}"]].'),
    why: later('It is in maintenance mode or overloaded.'),
    next: later('Try again later. Maintenance ends when the file maintenance.flag is removed from the shop.'),
  },
  gateway: {
    phase: 'transport',
    what: later('The proxy in front of the store got no response from it (HTTP {status}).'),
    why: later('PHP stopped, or took longer than the proxy waits.'),
    next: later('Request less data, or check the logs of the web server and PHP.'),
  },
  'too-many-requests': {
    phase: 'transport',
    what: later('The server received too many requests (HTTP 429).'),
    why: later('A rate limit in front of the store was reached.'),
    next: later('Wait[[ {seconds} s]] and try again.'),
  },
  'request-too-large': {
    phase: 'transport',
    what: later('The web server refuses requests of this size (HTTP 413).'),
    next: later('Send less data at once, for example fewer calls in one multiCall.'),
  },
  'http-status': {
    phase: 'transport',
    what: later('The response is HTTP {status}[[ {reason}]] and not SOAP[[: "{title}"]].'),
    next: later('Check the response to see who sent it: the store, its web server or a proxy.'),
  },
  'php-error': {
    phase: 'transport',
    what: later('PHP stopped with an error[[: {reason}]].'),
    why: later('The response contains the error instead of SOAP.'),
    next: later("Check the PHP log on the server. If it names a Laminas class, run in the shop's folder: {install}"),
  },
  'html-page': {
    phase: 'transport',
    what: later('The response is a web page, not SOAP[[: "{title}"]].'),
    why: later('The URL is not the API, or a login page, firewall or maintenance page is in front of it.'),
    next: later("Check the URL: /api/v2_soap/ or /api/soap/ below the shop's base URL. Open it in a browser to see what responds."),
  },
  'empty-answer': {
    phase: 'transport',
    what: later('The response is empty (HTTP {status}).'),
    why: later('PHP ended without output, usually because of a fatal error while the display of errors is off.'),
    next: later('Check the logs of PHP and the web server.'),
  },
  'wsdl-instead': {
    phase: 'transport',
    what: later('The store returned its WSDL instead of a result.'),
    why: later('The request went to the URL of the WSDL. A store returns its WSDL for every request to this URL.'),
    next: later('Remove ?wsdl from the URL.'),
  },
  'not-soap': {
    phase: 'transport',
    what: later('The response is not SOAP[[: it begins with "{excerpt}"]].'),
    next: later('Check the URL, and check the response to see who sent it.'),
  },
  'not-wsdl': {
    phase: 'transport',
    what: later('There is no WSDL of this API at {url}.'),
    why: later('The response is something else[[: {excerpt}]].'),
    next: later("Check the URL: /api/v2_soap/ or /api/soap/ below the shop's base URL."),
  },
} as const satisfies Record<string, FailureEntry>;
