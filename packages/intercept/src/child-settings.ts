/** What the small files know that the child's own runtime loads because its environment says so. */
export interface ChildSettings {
  /** The gateway's hosts, lower case. */
  readonly hosts: readonly string[];
  /** The proxy's port on 127.0.0.1. */
  readonly port: number;
  /** The authority's certificate, PEM. */
  readonly caFile: string;
  /** Where a runtime writes, one a line, the hosts that it refused itself. */
  readonly refusedFile: string;
}
