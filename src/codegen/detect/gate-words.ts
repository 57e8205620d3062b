// Generated from src/api/resources by node scripts/generate.mjs.

/** Words without which a file cannot hold a call of the known resources. */
export const knownWords = /customer(?:Customer|\.|Group|_group\.|Address|_address\.)|SoapClient|'soap'|"soap"/;
