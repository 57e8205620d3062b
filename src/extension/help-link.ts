/** Pages of the documentation with a heading for each topic, or for each kind of error. */
export const topicPages = ['traps', 'faults', 'requests', 'stores', 'customers'] as const;

/** See {@link topicPages}. */
export type TopicPage = (typeof topicPages)[number];

/** Shows the documentation in the extension's package, which works without a network, too. */
export const helpCommand = 'mahoSoap.help.open';

/**
 * The URI of a link to a topic. VS Code runs commands from links of diagnostics, and from tooltips that allow the command. Page and topic
 * are two arguments, since VS Code would take text after a `#` for another part of the URI.
 */
export function helpLink(page: TopicPage, topic: string): string {
  return `command:${helpCommand}?${encodeURIComponent(JSON.stringify([page, topic]))}`;
}
