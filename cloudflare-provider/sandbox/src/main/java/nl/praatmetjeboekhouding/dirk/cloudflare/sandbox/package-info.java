/**
 * A local Cloudflare: {@link nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox}.
 */
package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;
