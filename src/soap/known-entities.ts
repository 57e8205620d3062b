import { addressEntity, addressEntityCreate, apiEntity, apiMethodEntity, associativeEntity, complexFilter, customerEntity, customerEntityToCreate, faultEntity, filtersType, groupEntity } from '../api/entities';
import type { EntityType } from '../api/types';

/** The entities of the catalogue, to compare a store's own with. */
export const entityTypes: readonly EntityType[] = [addressEntity, addressEntityCreate, apiEntity, apiMethodEntity, associativeEntity, complexFilter, customerEntity, customerEntityToCreate, faultEntity, filtersType, groupEntity];
