import type { Reply } from './endpoint';

function page(status: number, title: string, text: string): Reply {
  const body = `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;
  return { status, contentType: 'text/html; charset=UTF-8', body, fault: undefined };
}

/** The storefront's page for an address that is not the API (facts §2). */
export function notFoundPage(): Reply {
  return page(404, '404 Not Found 1', 'The page you requested was not found. The API of this demo store is at /api/soap/ (V1) and /api/v2_soap/ (V2, or WS-I on the second port).');
}

/** The web server's page for a body that is too large. */
export function tooLargePage(): Reply {
  return page(413, '413 Content Too Large', 'The request is larger than this demo store reads.');
}
