/** Pages of the documentation that have a heading for each topic, or for what errors of one kind are about. */
export const topicPages = ['traps', 'faults', 'requests', 'stores', 'customers'] as const;

/** See {@link topicPages}. */
export type TopicPage = (typeof topicPages)[number];

/** Shows the documentation that is packed with the extension, so that it is there without a network too. */
export const helpCommand = 'mahoSoap.help.open';

/**
 * The address of a link to a topic: VS Code runs commands from links of diagnostics, and from tooltips that allow this one. Page and topic
 * are two arguments, since VS Code would take what stands behind a `#` for another part of the address.
 */
export function helpLink(page: TopicPage, topic: string): string {
  return `command:${helpCommand}?${encodeURIComponent(JSON.stringify([page, topic]))}`;
}
