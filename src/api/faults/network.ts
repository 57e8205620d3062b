import { later } from '../../l10n/texts';
import type { FailureEntry } from './entry';

/** Failures on the way to a store and back: name lookup, connection, encryption, proxies, HTTP. */
export const networkFailures = {
  'host-not-found': {
    phase: 'transport',
    what: later('The host {host} was not found.'),
    why: later('This computer finds no IP address for this name.'),
    next: later('Check the spelling of the URL. A staging host may need a VPN or an entry in the hosts file.'),
  },
  'lookup-failed': {
    phase: 'transport',
    what: later('The host name {host} could not be resolved.'),
    why: later('The DNS server did not respond.'),
    next: later('Check the network connection and try again.'),
  },
  'connection-refused': {
    phase: 'transport',
    what: later('The host {host} refused the connection[[ on port {port}]].'),
    why: later('The host is running, but nothing listens on this port.'),
    next: later('Check the host and the port, and whether the web server is running.'),
  },
  unreachable: {
    phase: 'transport',
    what: later('The host {host} cannot be reached.'),
    why: later('There is no route to it from this network.'),
    next: later('Check the network connection, VPN and firewall.'),
  },
  'connect-timeout': {
    phase: 'transport',
    what: later('Could not connect to {host}[[ within {seconds} s]].'),
    why: later('The host does not respond: a firewall drops the packets, or it is down.'),
    next: later('Check host, port, VPN and firewall, or allow more time to connect.'),
  },
  'first-byte-timeout': {
    phase: 'transport',
    what: later('The store accepted the request, but sent no response within {seconds} s.'),
    why: later(
      'Stores send the first byte only when the whole response is ready, and a large list takes long. A web server ' +
        'with a single worker waits for itself, because the store fetches its own WSDL at each call.',
    ),
    next: later('Request less data (with a narrower filter), or allow more time for the first byte.'),
  },
  'total-timeout': {
    phase: 'transport',
    what: later('The response was not complete within {seconds} s.'),
    why: later('It arrived too slowly.'),
    next: later('Request less data, or allow more time in total.'),
  },
  'connection-dropped': {
    phase: 'transport',
    what: later('The connection was lost before the response was complete[[ (after {size})]].'),
    why: later('The web server, PHP or a proxy in between closed it.'),
    next: later("Try again. If it happens again at the same call, check the web server's error log."),
  },
  certificate: {
    phase: 'transport',
    what: later('The certificate of {host} is not trusted.'),
    why: '{reason}',
    next: later("For a private or self-signed certificate, set the store's CA file. Otherwise have the certificate renewed."),
  },
  tls: {
    phase: 'transport',
    what: later('Could not make an encrypted connection to {host}.'),
    why: '{reason}',
    next: later('Check whether this port supports https. A development server often supports http only.'),
  },
  'not-http': {
    phase: 'transport',
    what: later('The server at {host}[[ on port {port}]] does not speak HTTP.'),
    why: '{reason}',
    next: later('Check the port, and whether the URL must begin with https.'),
  },
  'http-port': {
    phase: 'transport',
    what: later('Port {port} of {host} speaks http, not https.'),
    why: later('Its response to the TLS handshake was not encrypted.'),
    next: later('Write http:// in the URL, or use the port for https.'),
  },
  'https-port': {
    phase: 'transport',
    what: later('Port {port} of {host} speaks https, not http.'),
    why: '{reason}',
    next: later('Write https:// in the URL.'),
  },
  'tls-old': {
    phase: 'transport',
    what: later('The server {host} supports only encryption that is too old or too weak.'),
    why: later('{reason} The toolkit accepts TLS 1.2 and newer.'),
    next: later('Turn on TLS 1.2 or newer at the server, with a current certificate.'),
  },
  'tls-handshake': {
    phase: 'transport',
    what: later('The server {host} refused to encrypt the connection.'),
    why: later(
      '{reason} It has no encryption in common with the toolkit, requires a client certificate, or does not serve this host name.',
    ),
    next: later(
      "Check the host name in the URL, and ask the server's administrator which TLS versions it supports and " +
        'whether it requires a client certificate.',
    ),
  },
  'client-certificate': {
    phase: 'transport',
    what: later('The server {host} requires a client certificate.'),
    why: later('It accepts only clients with a certificate, and the toolkit cannot send one.'),
    next: later("Ask the server's administrator for a URL that needs no certificate, for example within a VPN."),
  },
  'headers-too-large': {
    phase: 'transport',
    what: later('The headers of the response are too large.'),
    why: '{reason}',
    next: later(
      'Check the headers with another tool, such as curl --include. Usually a cookie or a debugging header grows with each response.',
    ),
  },
  'headers-unreadable': {
    phase: 'transport',
    what: later('A header of the response is not valid HTTP.'),
    why: later("{reason} The response came through the editor's connection, which is strict about HTTP."),
    next: later(
      'Check the headers with another tool, such as curl --include, and have the header corrected. Or connect to ' +
        'the store without the proxy.',
    ),
  },
  'length-unclear': {
    phase: 'transport',
    what: later('The response has two lengths, or one that is not a number.'),
    why: later(
      "The response came through the editor's connection, which refuses this. Maho 26.7 sends two lengths over V2 " +
        'and WS-I unless a server in front of it corrects them.',
    ),
    next: later('Connect to the store without the proxy, or use V1 ("dialect": "v1" in the settings of this store).'),
  },
  'length-wrong': {
    phase: 'transport',
    what: later('The response is longer than its Content-Length says.'),
    why: later('The store sends additional content, such as an empty line or a byte order mark from one of its PHP files.'),
    next: later(
      'Find the PHP file that prints something, or connect to the store without the proxy. Such responses are then read in full.',
    ),
  },
  'chunks-broken': {
    phase: 'transport',
    what: later('The response breaks off. What follows is not part of it.'),
    why: later('The response is sent in chunks, and the size of a chunk is not valid.'),
    next: later('Check the error logs of the web server and of the proxy in front of it.'),
  },
  'proxy-unreachable': {
    phase: 'transport',
    what: later('The proxy {proxy} cannot be reached.'),
    why: '{reason}',
    next: later(
      'Check the proxy that is set (HTTP_PROXY, HTTPS_PROXY, or http.proxy in the editor), or add {host} to ' +
        'NO_PROXY to connect without one.',
    ),
  },
  'proxy-login': {
    phase: 'transport',
    what: later('The proxy[[ {proxy}]] asks for a login (HTTP 407).'),
    why: later('The user and password of the proxy are missing or wrong. They are not those of the store.'),
    next: later('Set them in the URL of the proxy, as http://user:password@proxy:port, with special characters percent-encoded.'),
  },
  'proxy-refused': {
    phase: 'transport',
    what: later('The proxy {proxy} did not allow the connection to {host} (HTTP {status}).'),
    why: '{reason}',
    next: later("Ask the proxy's administrator to allow {host}, or add it to NO_PROXY to connect without the proxy."),
  },
  compressed: {
    phase: 'transport',
    what: later('The response is compressed in a way that cannot be read.'),
    why: '{reason}',
    next: later('Something between this computer and the store damages responses. Try another network, or have compression turned off.'),
  },
  'too-large': {
    phase: 'transport',
    what: later('The response is larger than {size}.'),
    why: later('Reading stopped there to protect this computer.'),
    next: later('Request less data, or raise the limit of the store.'),
  },
  cancelled: { phase: 'transport', what: later('Cancelled.') },
} as const satisfies Record<string, FailureEntry>;
