import { later } from '../../l10n/texts';
import type { FailureEntry } from './entry';

/** Failures on the way to a store and back: name lookup, connection, encryption, proxies, HTTP. */
export const networkFailures = {
  'host-not-found': {
    phase: 'transport',
    what: later('The host {host} was not found.'),
    why: later('No address is known for this name from here.'),
    next: later('Check the spelling of the URL. A staging host may need a VPN or an entry in the hosts file.'),
  },
  'lookup-failed': {
    phase: 'transport',
    what: later('The name {host} could not be looked up.'),
    why: later('The name server did not answer.'),
    next: later('Check the network connection and try again.'),
  },
  'connection-refused': {
    phase: 'transport',
    what: later('Nothing answers at {host}[[ on port {port}]].'),
    why: later('The host is there, but it refused the connection.'),
    next: later('Check host and port, and whether the web server is running.'),
  },
  unreachable: {
    phase: 'transport',
    what: later('The host {host} cannot be reached.'),
    why: later('There is no way to it from this network.'),
    next: later('Check the network connection, VPN and firewall.'),
  },
  'connect-timeout': {
    phase: 'transport',
    what: later('No connection to {host} came about[[ within {seconds} s]].'),
    why: later('The host does not react: a firewall drops the packets, or it is down.'),
    next: later('Check host, port, VPN and firewall, or allow more time to connect.'),
  },
  'first-byte-timeout': {
    phase: 'transport',
    what: later('The store took the request, but sent no answer within {seconds} s.'),
    why: later(
      'Stores send the first byte only when the whole answer is ready; a large list takes long. A web server with a single worker ' +
        'waits for itself, because the store fetches its own WSDL at every call.',
    ),
    next: later('Ask for less (a narrower filter), or allow more time for the first byte.'),
  },
  'total-timeout': {
    phase: 'transport',
    what: later('The answer was not complete within {seconds} s.'),
    why: later('It arrived too slowly.'),
    next: later('Ask for less, or allow more time in total.'),
  },
  'connection-dropped': {
    phase: 'transport',
    what: later('The connection was lost before the answer was complete[[ (after {size})]].'),
    why: later('The web server, PHP or a proxy on the way closed it.'),
    next: later('Try again. If it happens again at the same call, look into the web server’s error log.'),
  },
  certificate: {
    phase: 'transport',
    what: later('The certificate of {host} is not trusted.'),
    why: '{reason}',
    next: later('For a private or self-signed certificate, set the store’s CA file. Otherwise have the certificate renewed.'),
  },
  tls: {
    phase: 'transport',
    what: later('No encrypted connection to {host} came about.'),
    why: '{reason}',
    next: later('Check whether this port speaks https at all; a development server often speaks http only.'),
  },
  'not-http': {
    phase: 'transport',
    what: later('What answers at {host}[[ on port {port}]] does not speak HTTP.'),
    why: '{reason}',
    next: later('Check the port, and whether the URL must begin with https.'),
  },
  'http-port': {
    phase: 'transport',
    what: later('Port {port} of {host} speaks http, not https.'),
    why: later('Its answer to the encrypted greeting was not encrypted.'),
    next: later('Write http:// in the URL, or the port at which the server speaks https.'),
  },
  'https-port': {
    phase: 'transport',
    what: later('Port {port} of {host} speaks https, not http.'),
    why: '{reason}',
    next: later('Write https:// in the URL.'),
  },
  'tls-old': {
    phase: 'transport',
    what: later('The server {host} offers only encryption that is too old or too weak.'),
    why: later('{reason} TLS 1.2 is the oldest version that is accepted here.'),
    next: later('Have TLS 1.2 or newer switched on at the server, with a current certificate.'),
  },
  'tls-handshake': {
    phase: 'transport',
    what: later('The server {host} refused to encrypt the connection.'),
    why: later('{reason} It knows no common way to encrypt, wants a client certificate, or does not serve this host name.'),
    next: later(
      'Check the host name in the URL, and ask the server’s administrator which TLS versions it offers and whether it wants a client ' +
        'certificate.',
    ),
  },
  'client-certificate': {
    phase: 'transport',
    what: later('The server {host} wants a client certificate.'),
    why: later('It lets in only those who have one, and this tool cannot send one.'),
    next: later('Ask the server’s administrator for an address that needs no certificate, for example within a VPN.'),
  },
  'headers-too-large': {
    phase: 'transport',
    what: later('The headers of the answer are too large.'),
    why: '{reason}',
    next: later(
      'Look at the headers with another tool, such as curl --include: mostly a cookie or a debugging header grows with each answer.',
    ),
  },
  'headers-unreadable': {
    phase: 'transport',
    what: later('A header of the answer is not valid HTTP.'),
    why: later('{reason} The answer came through the editor’s own connection, which reads strictly.'),
    next: later(
      'Look at the headers with another tool, such as curl --include, and have the header corrected; or reach the store without the ' +
        'proxy.',
    ),
  },
  'length-unclear': {
    phase: 'transport',
    what: later('The answer names two lengths, or one that is not a number.'),
    why: later(
      'The answer came through the editor’s own connection, which refuses that. Maho 26.7 sends two lengths over V2 and WS-I when ' +
        'nothing in front of it corrects them.',
    ),
    next: later('Reach the store without the proxy, or call it over V1 ("dialect": "v1" in the settings of this store).'),
  },
  'length-wrong': {
    phase: 'transport',
    what: later('The answer is longer than its Content-Length says.'),
    why: later('The store sends something besides it, such as a blank line or a byte order mark of one of its PHP files.'),
    next: later('Find the PHP file that prints something, or reach the store without the proxy: such answers are then read in full.'),
  },
  'chunks-broken': {
    phase: 'transport',
    what: later('The answer breaks off: what follows is not part of it.'),
    why: later('It is sent in chunks, and a chunk has no valid size.'),
    next: later('Look into the error logs of the web server and of the proxy in front of it.'),
  },
  'proxy-unreachable': {
    phase: 'transport',
    what: later('The proxy {proxy} cannot be reached.'),
    why: '{reason}',
    next: later(
      'Check the proxy that is set (HTTP_PROXY, HTTPS_PROXY, or http.proxy in the editor), or name {host} in NO_PROXY to reach it ' +
        'without one.',
    ),
  },
  'proxy-login': {
    phase: 'transport',
    what: later('The proxy[[ {proxy}]] asks for a login (HTTP 407).'),
    why: later('Its user and password were not given, or are wrong. They are not those of the store.'),
    next: later('Set them in the URL of the proxy, as http://user:password@proxy:port, with special characters percent-encoded.'),
  },
  'proxy-refused': {
    phase: 'transport',
    what: later('The proxy {proxy} did not let the connection to {host} through (HTTP {status}).'),
    why: '{reason}',
    next: later('Ask the proxy’s administrator to allow {host}, or name it in NO_PROXY to reach it without the proxy.'),
  },
  compressed: {
    phase: 'transport',
    what: later('The answer is compressed in a way that cannot be read.'),
    why: '{reason}',
    next: later('Something between here and the store damages answers. Try another network, or have compression switched off.'),
  },
  'too-large': {
    phase: 'transport',
    what: later('The answer is larger than {size}.'),
    why: later('Reading stopped there to protect this computer.'),
    next: later('Ask for less, or raise the store’s limit.'),
  },
  cancelled: { phase: 'transport', what: later('Cancelled.') },
} as const satisfies Record<string, FailureEntry>;
