import type { ResourceRegistry } from '../../api/resources';
import type { SoapValue } from '../../api/value';
import { globalFault, globalFaults } from '../fault';
import { mayCall, type ApiUser } from '../users';

/** The methods that a user may call, as `resources` lists them (wire v1/152). V1 adds descriptions, which are always nil. */
export function resources(registry: ResourceRegistry, user: ApiUser, withDescription: boolean): SoapValue {
  const description = withDescription ? { description: null } : {};
  return registry.resources.flatMap((resource) => {
    const { name, storeTitle, aliases = [] } = resource;
    const methods = registry.methods
      .filter((method) => registry.resourceOf(method) === resource && mayCall(user, method.right))
      .map((method) => ({
        title: method.storeTitle ?? method.title,
        ...description,
        path: method.id,
        name: method.id.slice(name.length + 1),
        aliases: aliases.map((alias) => `${alias}${method.id.slice(name.length)}`),
      }));
    return methods.length === 0 ? [] : [{ title: storeTitle, ...description, name, aliases, methods }];
  });
}

/** The faults that any method can return. */
export function listGlobalFaults(): SoapValue {
  return globalFaults.map(({ code, message }) => ({ code, message }));
}

/**
 * The faults of one resource.
 * @throws {StoreFault} 3 when the resource does not exist
 */
export function listResourceFaults(registry: ResourceRegistry, name: string): SoapValue {
  const resource = registry.resources.find((each) => each.name === name || each.aliases?.includes(name) === true);
  if (resource === undefined) throw globalFault(3);
  return resource.faults.map(({ code, message }) => ({ code, message }));
}
