import { element } from '../ui';

/** A link beside a value, to the thing that it names. @param words such as `Open customer 2` */
export function valueLink(words: string, follow: () => void): HTMLButtonElement {
  const link = element('button', 'value-link', words);
  link.type = 'button';
  link.addEventListener('click', (event) => {
    event.stopPropagation();
    follow();
  });
  return link;
}
