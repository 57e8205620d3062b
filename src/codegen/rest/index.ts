/** Programs for REST v2. Apart from the rest of the room, so that nobody loads them who does not ask for them. */
export { restRequestTitle, restTitle, type RestCodeCall } from './call';
export { generateRestCode, restCodeTargets, type RestCodeTarget } from './generate';
