import type { Reply } from './endpoint';

const HTML = 'text/html; charset=UTF-8';

function page(status: number, title: string, text: string): Reply {
  const body =
    `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${title}` +
    `</title></head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;
  return { status, contentType: HTML, body, fault: undefined };
}

/** The storefront's page for an address outside the API. Maho 26.7 sends it with status 200 for some addresses (facts §2). */
export function notFoundPage(status: 200 | 404): Reply {
  return page(
    status,
    '404 Not Found 1',
    'The page you requested was not found. The API of this demo store is at /api/soap/ (V1) and /api/v2_soap/ (V2, ' +
      'or WS-I on the second port).',
  );
}

/** The web server's page for a body that is too large. */
export function tooLargePage(): Reply {
  return page(413, '413 Content Too Large', 'The request is too large for this demo store.');
}

/** The shop's page while it is under maintenance. */
export function maintenancePage(): Reply {
  return page(503, 'Maintenance', 'The store is under maintenance and will be back soon.');
}

/** An empty HTML response. */
export function emptyPage(status: number): Reply {
  return { status, contentType: HTML, body: '', fault: undefined };
}

/** The response of Maho 26.7 to an HTTP method that it does not serve. */
export function methodNotAllowed(): Reply {
  return { status: 405, contentType: HTML, body: 'Method Not Allowed', fault: undefined };
}

/** The response of Maho 26.7's REST API to an unknown address. */
export function noRestRoute(method: string, address: string): Reply {
  // The query is not part of the route. PHP escapes quotation marks in texts as numbers, and slashes with a backslash.
  const message = JSON.stringify(`No route found for "${method} ${address.split('?')[0] ?? ''}"`);
  const escaped = message
    .slice(1, -1)
    .replaceAll('\\"', String.raw`\u0022`)
    .replaceAll('/', String.raw`\/`);
  const body = `{"error":"not_found","message":"${escaped}","code":404}`;
  return { status: 404, contentType: 'application/json', body, fault: undefined };
}

/** A refusal of the demo store itself, which real stores do not have. */
export function ownRefusal(status: 400 | 403, text: string): Reply {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n`, fault: undefined };
}
