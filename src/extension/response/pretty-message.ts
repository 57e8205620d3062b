import { prettyXml } from './pretty-xml';

/** Whether a message is JSON, as messages of REST are. */
export function isJson(text: string): boolean {
  return /^\ufeff?\s*[[{]/.test(text);
}

/** A message, indented for reading: XML or JSON. JSON that was cut off stays as it is. */
export function prettyMessage(text: string): string {
  if (!isJson(text)) return prettyXml(text);
  try {
    return JSON.stringify(JSON.parse(text.replace(/^\ufeff/, '')), undefined, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
