import { t } from '../../l10n/texts';
import { keyDoubt } from '../../store/settings/key-doubt';
import { confirmed } from '../messages';

/** A secret as it is to be used. If it begins or ends with white space, which is usually copied by accident, asks whether to remove it. */
export async function settledSecret(secret: string): Promise<string> {
  const doubt = keyDoubt(secret);
  if (doubt === undefined) return secret;
  const detail = t('{doubt} This often happens when an API key is copied. Cancel keeps the key as entered.', { doubt: doubt.what });
  return (await confirmed(t('Remove the white space at the end of the API key?'), detail, t('Remove White Space')))
    ? doubt.without
    : secret;
}
