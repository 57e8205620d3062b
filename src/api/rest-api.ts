/** Path of REST v2 below the shop's address. */
export const REST_BASE_PATH = '/api/rest/v2';

/** Path of the OpenAPI document below the shop's address (wire maho-26.7 rest/250). */
export const REST_DOCUMENT_PATH = '/api/docs.json';

/** The most members that a list returns on one page. A request for more gets as many (wire maho-26.7 rest/041). */
export const MAX_REST_PAGE_ROWS = 30;

/** Length of the shortest search that finds any customer, in characters (wire maho-26.7 rest/051). */
export const MIN_REST_SEARCH_CHARS = 5;
