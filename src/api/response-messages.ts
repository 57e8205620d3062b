/** From the extension to the response view. */
export type ResponseUpdate = { readonly type: 'show'; readonly title: string; readonly text: string };

/** From the response view to the extension. */
export type ResponseRequest = { readonly type: 'ready' };
