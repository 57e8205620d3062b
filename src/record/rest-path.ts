/** Path of the REST API below the shop's address. */
export const REST_PATH = '/api/rest/v2';
