/**
 * The way from SOAP to REST v2 of Maho: what becomes of each call, as data and for one call with its arguments. Pure, and known to nothing
 * that speaks with a store.
 */
export { citationsOf, gravestFirst, noteLabels, type Note, type NoteKind, type Sources } from './claims';
export { withExamples } from './examples';
export { fieldsOf, fieldSources, type Field, type FieldEntity } from './fields';
export { equivalentOf, equivalents, verdictLabels, type Equivalent, type Verdict } from './operations';
export { translate, type RestRequest, type SoapCall, type Translation } from './translate';
