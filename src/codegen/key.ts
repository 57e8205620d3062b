/** Environment variable from which every generated program reads the API key. */
export const keyVariable = 'MAHO_SOAP_KEY';
